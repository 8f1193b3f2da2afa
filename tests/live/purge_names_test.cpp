// Tables, columns and keys with the worst names there are: scripts delete the right rows of the right table.
#include <map>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

const std::string evil_table = "per\"s`on'; DELETE FROM note; -- $crmaudit$ //crmaudit// \\ :x";
const std::string evil_key = "k\"e`y';--\\";
const std::string evil_child = "vis\"i`t' /* $crmaudit$\n.quit\nx";

std::string in_xml(const std::string& name) {
    static const std::map<char, std::string> special{{'"', "&quot;"}, {'&', "&amp;"}, {'<', "&lt;"}, {'\n', "&#10;"}};
    std::string text;
    for (const char c : name) text += special.contains(c) ? special.at(c) : std::string(1, c);
    return text;
}

class PurgeNames : public ::testing::TestWithParam<Product> {
protected:
    static std::string quote(const std::string& name) {
        const char mark = GetParam() == Product::mariadb ? '`' : '"';
        std::string text(1, mark);
        for (const char c : name) {
            if (c == mark) text += c;
            text += c;
        }
        return text + mark;
    }

    static std::string profile() {
        return "<profile name=\"evil\" title=\"Evil\" versions=\"1\"><signature table=\"note\"/>"
               "<entity name=\"person\" kind=\"person\" table=\"" +
               in_xml(evil_table) + "\" key=\"" + in_xml(evil_key) +
               "\"><attribute name=\"created\" role=\"created\" column=\"made\"/><path name=\"visits\" "
               "purge=\"rows\"><join "
               "table=\"" +
               in_xml(evil_child) + "\"><on column=\"" + in_xml(evil_key) + "\" previous=\"" + in_xml(evil_key) +
               "\"/></join></path><attribute name=\"visited\" role=\"activity\" via=\"visits\" aggregate=\"latest\" "
               "column=\"made\"/></entity></profile>";
    }

    static std::vector<std::string> statements() {
        const std::string person = quote(evil_table);
        const std::string visit = quote(evil_child);
        const std::string key = quote(evil_key);
        const std::string moment = GetParam() == Product::mariadb ? "DATETIME" : "TIMESTAMP";
        return {"CREATE TABLE " + person + " (" + key + " VARCHAR(40) PRIMARY KEY, made " + moment + ")",
                "CREATE TABLE " + visit + " (id INTEGER PRIMARY KEY, " + key + " VARCHAR(40), made " + moment + ")",
                "CREATE TABLE note (id INTEGER PRIMARY KEY)",
                "INSERT INTO note VALUES (1)",
                "INSERT INTO " + person +
                    " VALUES ('a''; --', '2010-01-01 00:00:00'), ('b', '2010-01-01 00:00:00'), ('c', "
                    "CURRENT_TIMESTAMP), ('d', CURRENT_TIMESTAMP)",
                "INSERT INTO " + visit + " VALUES (1, 'a''; --', '2011-01-01 00:00:00'), (2, 'c', CURRENT_TIMESTAMP)"};
    }
};

TEST_P(PurgeNames, BreakOutOfNothing) {
    PurgeCrm crm{GetParam(), profile(), statements()};
    const auto written = crm.purge({"--accept-no-relationship"});
    ASSERT_EQ(written.code, 0) << written.err;
    for (const char* file : {"1-dry-run.sql", "2-purge.sql", "3-verify.sql"}) {
        const auto ended = crm.run(file);
        EXPECT_EQ(ended.code, 0) << file << ": " << ended.output;
    }
    EXPECT_EQ(crm.rows("SELECT " + quote(evil_key) + " FROM " + quote(evil_table) + " ORDER BY 1"), "c\nd\n");
    EXPECT_EQ(crm.rows("SELECT id FROM " + quote(evil_child)), "2\n");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM note"), "1");
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeNames, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
