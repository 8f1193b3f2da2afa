// Everything about one person, and nothing about anybody else, on every database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>

#include "tests/support/command.h"
#include "tests/support/subject_crm.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string by_email = std::string{"email: "} + own_address + "\n";

std::string in_lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

mode_t mode_of(const std::filesystem::path& path) {
    struct stat state {};
    EXPECT_EQ(::stat(path.c_str(), &state), 0) << path;
    return state.st_mode & 0777;
}

class Subject : public ::testing::TestWithParam<Product> {
protected:
    SubjectCrm crm{GetParam()};

    void expect_own_and_nothing_else() {
        for (const char* file : {"subject.xml", "subject.html"}) {
            const std::string text = crm.text(file);
            for (const std::string& each : crm.own_words()) EXPECT_THAT(text, HasSubstr(each)) << file;
            for (const char* each : {"Annaown", "Ownfrau", "1980-03-04", "anna.own@example.org"}) {
                EXPECT_THAT(text, HasSubstr(each)) << file;
            }
            const std::string folded = in_lower_case(text);
            for (auto at = folded.find("else"); at != std::string::npos; at = folded.find("else", at + 1)) {
                // The sheet and the texts of the page hold the word too.
                const std::string around = text.substr(at - std::min<std::size_t>(at, 60), 120);
                if (around.find("something else") == std::string::npos) ADD_FAILURE() << file << ": " << around;
            }
        }
        const std::string notes = in_lower_case(crm.text("notes.txt"));
        EXPECT_EQ(notes.find("own1"), std::string::npos);
        EXPECT_EQ(notes.find("annaown"), std::string::npos);
    }
};

TEST_P(Subject, GetsEverythingAndNothingOfAnybodyElse) {
    const auto ended = crm.ask(by_email);
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_EQ(ended.out + ended.err, "");
    expect_own_and_nothing_else();
    const std::string xml = crm.answer() / "subject.xml";
    EXPECT_EQ(support::run("xmllint --noout --nonet --schema " CRMAUDIT_SOURCE_DIR "/reports/subject.xsd " +
                           support::quoted(xml) + " 2>/dev/null")
                  .code,
              0);
}

TEST_P(Subject, IsFoundByEachOfTheThreeWays) {
    EXPECT_EQ(crm.ask("email:  ANNA.Own@EXAMPLE.org\n").code, 0);
    expect_own_and_nothing_else();
    EXPECT_EQ(crm.ask(std::string{"key: person="} + own_key).code, 0);
    expect_own_and_nothing_else();
    EXPECT_EQ(crm.ask("name: ownfrau, annaown\nbirth-date: 1980-03-04\n").code, 0);
    expect_own_and_nothing_else();
    // Of two who were born that day only one is called so, and a name alone is nobody.
    EXPECT_EQ(crm.ask("name: Annaown Ownfrau\nbirth-date: 1980-03-05\n").code, 0);
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("Nothing about you was found"));
}

TEST_P(Subject, LeavesTheFilesToTheirOwnerAlone) {
    crm.ask(by_email);
    EXPECT_EQ(mode_of(crm.answer()), 0700U);
    for (const char* file : {"subject.xml", "subject.html", "notes.txt"})
        EXPECT_EQ(mode_of(crm.answer() / file), 0600U);
}

TEST_P(Subject, ShowsNoDataWhereSeveralMatch) {
    crm.sql("INSERT INTO person_address VALUES (9, 'else-key-0000-0000-00000000003', 1)");
    const auto ended = crm.ask(by_email);
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("2 persons match the request, so no data was written"));
    EXPECT_THAT(ended.err, Not(HasSubstr("own-key")));
    const std::string page = crm.text("subject.html");
    EXPECT_THAT(page, HasSubstr(std::string{"key: person="} + own_key));
    EXPECT_THAT(page, HasSubstr("key: person=else-key-0000-0000-00000000003"));
    for (const std::string& each : crm.own_words()) EXPECT_THAT(page + crm.text("subject.xml"), Not(HasSubstr(each)));

    // What the address alone leads to may be the other's.
    EXPECT_EQ(crm.ask(by_email + "key: person=" + own_key + "\n").code, 3);
    const std::string chosen = crm.text("subject.html");
    EXPECT_THAT(chosen, HasSubstr("other persons have an address of this person too"));
    EXPECT_THAT(chosen, HasSubstr("Anna.Own@Example.org"));
    for (const char* each : {"phone", "page", "item"}) EXPECT_THAT(chosen, HasSubstr(crm.own_word(each)));
    for (const char* each : {"nickname", "subject", "body"}) EXPECT_THAT(chosen, Not(HasSubstr(crm.own_word(each))));
}

TEST_P(Subject, SaysThatNothingIsThere) {
    const auto ended = crm.ask("email: nobody@example.net\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("nothing was found about that person"));
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("Nothing about you was found"));
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("Your rights"));
}

TEST_P(Subject, FindsAnAddressThatNoPersonHas) {
    crm.sql("INSERT INTO newsletter VALUES (7, 'reader@example.net', 'own999')");
    EXPECT_EQ(crm.ask("email: Reader@example.net\n").code, 0);
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("own999"));
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("No record of a person has this address"));
}

TEST_P(Subject, FindsWhatAScriptOfOursArchived) {
    crm.sql("CREATE TABLE crmaudit_archive_1 (id INTEGER PRIMARY KEY, email VARCHAR(80), remark VARCHAR(80))");
    crm.sql("INSERT INTO crmaudit_archive_1 VALUES (1, '" + std::string{own_address} + "', 'own998')");
    EXPECT_EQ(crm.ask(by_email).code, 0);
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("own998"));
}

TEST_P(Subject, SaysHowManyRowsAreLeft) {
    for (int i = 10; i < 30; ++i) {
        crm.sql("INSERT INTO visit VALUES (" + std::to_string(i) + ", '" + own_key + "', NULL, 'page')");
    }
    EXPECT_EQ(crm.ask(by_email, {"--rows", "5"}).code, 0);
    EXPECT_THAT(crm.text("subject.xml"), HasSubstr("left=\"16\""));
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("16 more entries are not shown"));
}

TEST_P(Subject, KeepsWhatIsHostileWhereItBelongs) {
    crm.sql("INSERT INTO person (id, first_name, last_name) VALUES ('k'' OR ''1''=''1', '</dd><script>', 'x;--')");
    const auto ended = crm.ask("key: person=k' OR '1'='1\n");
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(crm.text("subject.html"), Not(HasSubstr("<script>")));
    EXPECT_THAT(crm.text("subject.xml"), Not(HasSubstr("Annaown")));
    EXPECT_THAT(crm.text("subject.xml"), Not(HasSubstr("Elsewhere")));
    EXPECT_EQ(crm.ask("email: %'or''='\\*?_@example.org\n").code, 0);
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("Nothing about you was found"));
}

TEST_P(Subject, LeavesNoTraceOfThePersonAnywhereElse) {
    const auto ended = crm.ask(by_email, {"--verbose"});
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(in_lower_case(ended.out + ended.err), Not(HasSubstr("own")));
    // Nothing but the answer and what the test wrote.
    for (const auto& entry : std::filesystem::directory_iterator(crm.place())) {
        const std::string name = entry.path().filename();
        EXPECT_TRUE(name == "answer1" || name == "connection" || name == "request" || name == "profile.xml") << name;
    }
    for (const auto& entry : std::filesystem::directory_iterator(crm.answer())) {
        EXPECT_THAT(in_lower_case(entry.path().filename()), Not(HasSubstr("own")));
    }
    const auto refused = crm.ask("key: nothing=" + std::string{own_key} + "\n");
    EXPECT_EQ(refused.code, 78);
    EXPECT_THAT(refused.err, HasSubstr("there are: person"));
    EXPECT_THAT(refused.err, Not(HasSubstr("own-key")));
}

TEST_P(Subject, NamesWhatTheAccountMayNotRead) {
    if (GetParam() == Product::sqlite) {
        // There are no rights within the file; a table that cannot be read stands for them.
        crm.sql("CREATE VIEW broken AS SELECT * FROM visit");
        EXPECT_EQ(crm.ask(by_email, {"--exclude", "visit"}).code, 3);
        EXPECT_THAT(crm.text("subject.html"), HasSubstr("This answer is not complete"));
        return;
    }
    for (const char* table : {"person", "email_address", "person_address", "orders"}) {
        crm.sql(std::string{"GRANT SELECT ON "} + table + " TO " + crm.scratch.auditor());
    }
    const auto ended = crm.ask_as(crm.scratch.auditor_connection(), by_email);
    EXPECT_EQ(ended.code, 3) << ended.err;
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("This answer is not complete"));
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("Annaown"));
    EXPECT_THAT(crm.text("subject.xml"), HasSubstr("<gap "));
}

TEST_P(Subject, WritesIntoNoDirectoryThatHoldsSomething) {
    EXPECT_EQ(crm.ask(by_email).code, 0);
    const auto ended = crm.ask(by_email, {"--lang", "de"});
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(crm.text("subject.html"), HasSubstr("Ihre personenbezogenen Daten"));
    const std::string file = crm.place() / "full";
    support::write_text(file, "");
    support::ProcessOptions job;
    job.environment = support::bare_environment();
    const auto refused = support::run_crmaudit({"subject", "--connect-file", crm.place() / "connection",
                                                "--subject-file", crm.place() / "request", "--out", crm.answer()},
                                               job);
    EXPECT_EQ(refused.code, 73);
    EXPECT_THAT(refused.err, HasSubstr("is not an empty directory"));
}

INSTANTIATE_TEST_SUITE_P(Live, Subject, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
