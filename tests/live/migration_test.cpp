// `audit --purpose migration` with the real program: the list of columns beside the reports, and the same again from
// the XML.
#include <gmock/gmock.h>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Migration : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam(), 200};

    std::string file(const std::string& name) {
        return support::read_text(std::filesystem::path{crm.report()}.parent_path() / name);
    }

    static std::string line_of(const std::string& csv, const std::string& cells) {
        const auto at = csv.find(cells);
        if (at == std::string::npos) return "no " + cells;
        return csv.substr(at, csv.find("\r\n", at) - at);
    }
};

TEST_P(Migration, IsWrittenBesideTheReports) {
    const auto ended = crm.audit_with({"--purpose", "migration", "--only", "*", "--format", "html", "--fail-on",
                                       "never", "--declare", "age_verification"});
    ASSERT_TRUE(ended.code == 0 || ended.code == 3) << ended.err;
    const std::string csv = file("migration-columns.csv");
    EXPECT_THAT(line_of(csv, ",contacts,birthdate,"), HasSubstr(",birth_date,contact,age_verification,"));
    EXPECT_THAT(line_of(csv, ",contacts,last_name,"), HasSubstr("stale_person=P3Y"));
    EXPECT_THAT(line_of(csv, ",leads,last_name,"), HasSubstr("unconverted_lead=P1Y"));
    EXPECT_THAT(line_of(csv, ",contacts,last_name,"), HasSubstr(",move,no_objection,"));
    EXPECT_THAT(file("report.html"), HasSubstr("Records to leave behind"));

    const std::string again = std::filesystem::path{crm.report()}.parent_path() / "again";
    support::ProcessOptions job;
    job.environment = support::bare_environment();
    const auto rendered = support::run_crmaudit({"render", crm.report(), "--format", "html", "--out", again}, job);
    ASSERT_EQ(rendered.code, 0) << rendered.err;
    EXPECT_EQ(support::read_text(again + "/migration-columns.csv"), csv);
    EXPECT_EQ(support::read_text(again + "/report.html"), file("report.html"));
}

TEST_P(Migration, IsNothingAnAuditWrites) {
    const auto ended = crm.audit_with({"--format", "html", "--fail-on", "never"});
    ASSERT_TRUE(ended.code == 0 || ended.code == 3) << ended.err;
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::path{crm.report()}.parent_path() / "migration-columns.csv"));
    EXPECT_THAT(file("report.html"), Not(HasSubstr("Records to leave behind")));
    EXPECT_EQ(crm.audit_with({"--purpose", "move"}).code, 64);
}

INSTANTIATE_TEST_SUITE_P(Products, Migration, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
