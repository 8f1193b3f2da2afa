#include "reports/subject/subject.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auditor/data/embedded.h"
#include "auditor/xml/document.h"

namespace crmaudit::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string hostile = "</td><script>alert(1)</script>]]>\"'&\x01\xFF";

SubjectAnswer answer() {
    SubjectAnswer answer;
    answer.run.as_of = *parse_date("2026-06-15");
    answer.run.tool_version = "1";
    answer.run.label = "crm";
    answer.run.policy = "gdpr";
    answer.asked_by = "email";
    answer.matches = {{"person", {"", hostile}, {hostile}}};
    answer.records = {{answer.matches.front(),
                       {{{"", hostile},
                         Topic::person,
                         SubjectLink::own,
                         "",
                         {{{hostile, Category::none, ValueShown::whole, hostile},
                           {"mail", Category::email, ValueShown::beginning, "  a@b.de\n\tb"},
                           {"password", Category::credential, ValueShown::masked, ""},
                           {"picture", Category::photo, ValueShown::binary, ""}}},
                         0},
                        {{"", "note"},
                         Topic::message,
                         SubjectLink::mention,
                         hostile,
                         {{{"body", Category::free_text, ValueShown::excerpt, hostile}}},
                         3}}}};
    Rule rule;
    rule.id = "stale_person";
    rule.check = "stale_person";
    rule.parameters["after"] = "P3Y";
    rule.texts.title = {{"en", "Old records"}, {"de", "Alte Datensätze"}};
    answer.periods = {rule};
    answer.purposes = {{"contract", {Category::email}, {{"en", "Contract"}, {"de", "Vertrag"}}}};
    answer.readers = {{hostile, {{"", "note"}}}, {"root", {}}};
    answer.readers_known = true;
    answer.gaps = {{hostile, "forbidden: 42501"}};
    return answer;
}

xml::Document parsed(const SubjectAnswer& answer) {
    return {"subject.xml", write_subject_xml(answer), *data::embedded("reports/subject.xsd")};
}

TEST(Subject, IsValidXmlWhateverTheDatabaseHolds) {
    const xml::Document document = parsed(answer());
    const pugi::xml_node value = document.root().child("person").child("rows").child("row").child("value");
    EXPECT_STREQ(value.text().get(), "</td><script>alert(1)</script>]]>\"'&\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_STREQ(value.next_sibling().text().get(), "  a@b.de\n\tb");
    EXPECT_STREQ(document.root().child("period").attribute("after").value(), "P3Y");
    EXPECT_NO_THROW(parsed([] {
        SubjectAnswer nothing = answer();
        nothing.records.clear();
        nothing.matches.clear();
        return nothing;
    }()));
}

TEST(Subject, IsAPageInWhichNothingOfTheDatabaseIsMarkup) {
    for (const char* language : {"en", "de"}) {
        const std::string page = write_subject_html(answer(), language);
        EXPECT_THAT(page, Not(HasSubstr("<script>")));
        EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
        EXPECT_THAT(page, HasSubstr("<html lang=\"" + std::string{language} + "\""));
        EXPECT_THAT(page, Not(HasSubstr("subject.")));  // a key without a text
    }
    EXPECT_THAT(write_subject_html(answer(), "de"), HasSubstr("Alte Datensätze"));
    EXPECT_THAT(write_subject_html(answer(), "en"), HasSubstr("3 more entries are not shown"));
}

TEST(Subject, ShowsNothingOfSeveralPersonsButTheirKeys) {
    SubjectAnswer several = answer();
    several.records.clear();
    several.matches = {{"person", {"", "person"}, {"1"}}, {"lead", {"", "lead"}, {"7", "8"}}};
    const std::string page = write_subject_html(several, "en");
    EXPECT_THAT(page, HasSubstr("key: lead=7,8"));
    EXPECT_THAT(page, HasSubstr("Several persons match"));
    EXPECT_THAT(page, Not(HasSubstr("Your rights")));
    EXPECT_THAT(write_subject_notes(several, "en"), HasSubstr("Several persons match"));
}

TEST(Subject, NotesForTheControllerHoldNoValue) {
    const std::string notes = write_subject_notes(answer(), "de");
    EXPECT_THAT(notes, Not(HasSubstr("a@b.de")));
    EXPECT_THAT(notes, Not(HasSubstr("subject.notes")));
    EXPECT_THAT(notes, HasSubstr("note: 1 Eintrag"));
}

}  // namespace
}  // namespace crmaudit::reports
