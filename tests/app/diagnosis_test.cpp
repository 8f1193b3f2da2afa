#include "auditor/app/diagnosis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "auditor/app/program.h"
#include "auditor/app/touching_port.h"
#include "auditor/engine/audit.h"
#include "auditor/sql/render.h"
#include "tests/support/catalog_builder.h"
#include "tests/support/plain_grammar.h"
#include "tests/support/surroundings.h"

namespace crmaudit::app {
namespace {

using sql::QueryError;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Date today{std::chrono::year{2026}, std::chrono::June, std::chrono::day{15}};

/// A database that shows some of its tables, and keeps what it was asked.
class FakeDatabase : public sql::QueryPort {
public:
    explicit FakeDatabase(std::string hidden) : hidden_(std::move(hidden)) {}
    std::vector<sql::Row> select(const sql::Query& query) override {
        asked.push_back(query.purpose());
        for (const TableName& table : query.tables()) {
            if (table.name == hidden_) throw QueryError{QueryError::Reason::forbidden, "42501", "forbidden"};
        }
        return {{"1"}};
    }
    std::vector<std::string> asked;

private:
    std::string hidden_;
};

ExaminedSource good_source() {
    ExaminedSource source;
    source.connection = {"03.52", "psqlodbcw.so", "13.02", "PostgreSQL", "15.8", "postgresql", true, true};
    source.database = "crm";
    source.account = "auditor";
    source.tables = 12;
    return source;
}

/// What is said, wherever its lines break.
std::string text_of(const Diagnosis& diagnosis, const char* language = "en") {
    std::istringstream words{diagnosis_text(diagnosis, reports::Locale{language})};
    std::string text;
    for (std::string word; words >> word;) text += (text.empty() ? "" : " ") + word;
    return text;
}

TEST(TouchingPort, TriesTablesAndCountsNothing) {
    FakeDatabase database{"secrets"};
    TouchingPort port{database};
    const testing::PlainGrammar grammar;
    const sql::Renderer renderer{grammar, today};
    EXPECT_EQ(port.select(renderer.touch({"crm", "contacts"}).named("readable")).size(), 1U);
    EXPECT_THROW(port.select(renderer.touch({"crm", "secrets"}).named("readable")), QueryError);
    EXPECT_THROW(port.select(renderer.touch({"crm", "contacts"}).named("rules")), QueryError);
    EXPECT_EQ(database.asked, (std::vector<std::string>{"readable", "readable"}));
}

TEST(Diagnosis, NamesTheRulesThatAHiddenTableBlocksAndNoOthers) {
    const Catalog catalog = testing::catalog()
                                .schema("crm")
                                .table("contacts_bak_2019")
                                .column("id", "integer")
                                .key("id")
                                .column("email", "text")
                                .table("leads_copy")
                                .column("id", "integer")
                                .key("id")
                                .column("email", "text")
                                .without_permissions()
                                .build();
    Classification classification;
    for (const Table& table : catalog.tables) {
        auto& column = classification.columns.emplace_back();
        column.table = table.name;
        column.column = "email";
        column.category = Category::email;
    }
    Policy policy;
    Rule stray;
    stray.id = stray.check = "stray_copy";
    stray.texts.title = {{"en", "Copies"}};
    policy.rules = {stray};
    crmaudit::Run run;
    run.as_of = today;
    const std::optional<Profile> profile;
    const engine::AuditInput input{run, catalog, classification, policy, profile, {"bak", "copy"}, {}, {}, {}, {}};
    const testing::PlainGrammar grammar;
    const auto blocked = [&](const char* hidden) {
        FakeDatabase database{hidden};
        TouchingPort port{database};
        return blocked_rules(engine::audit(input, grammar, port));
    };
    EXPECT_TRUE(blocked("nothing").empty()) << "what is merely not counted is no matter of the account";
    const auto found = blocked("leads_copy");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, "stray_copy");
    ASSERT_EQ(found[0].gaps.size(), 1U);
    EXPECT_THAT(found[0].gaps[0].reason, HasSubstr("forbidden: crm.leads_copy"));
}

TEST(Diagnosis, TellsReasonsOfTheAccountFromOthers) {
    for (const char* reason : {"forbidden: 42501 crm.t", "permissions_hidden: x", "own_rights_only", "hosts_hidden: x",
                               "not_in_catalog: meetings"})
        EXPECT_TRUE(is_about_the_account(reason)) << reason;
    for (const char* reason :
         {"no_profile", "content_not_read", "statement_failed: x", "not_mapped: created", "no_matrix"})
        EXPECT_FALSE(is_about_the_account(reason)) << reason;
}

TEST(Diagnosis, OfAGoodAccountSaysSo) {
    const Diagnosis diagnosis{{"PostgreSQL Unicode"}, good_source()};
    EXPECT_EQ(exit_code_of(diagnosis), ExitCode::clean);
    const std::string text = text_of(diagnosis);
    for (const char* part : {"PostgreSQL Unicode", "psqlodbcw.so 13.02", "driver manager 03.52",
                             "auditor sees 12 tables", "could not write", "sees everything", "read-only"})
        EXPECT_THAT(text, HasSubstr(part));
}

TEST(Diagnosis, SaysWhatIsHiddenWhatThatBlocksAndTheRemedy) {
    ExaminedSource source = good_source();
    source.gaps = {{"crm.meetings", "GRANT SELECT ON crm.meetings TO auditor"}};
    source.blocked = {{"weak_authentication",
                       {{"en", "Weak logins"}, {"de", "Schwache Anmeldung"}},
                       {{"logins", "permissions_hidden: run scripts/grants/x.sql"}}}};
    const Diagnosis diagnosis{{}, source};
    EXPECT_EQ(exit_code_of(diagnosis), ExitCode::incomplete);
    const std::string text = text_of(diagnosis);
    for (const char* part :
         {"crm.meetings: GRANT SELECT", "weak_authentication, Weak logins", "run scripts/grants/x.sql", "incomplete"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(text, Not(HasSubstr("sees everything")));
    EXPECT_THAT(text_of(diagnosis, "de"), HasSubstr("weak_authentication, Schwache Anmeldung"));
}

TEST(Diagnosis, TellsAnAccountThatCanWriteAndLostLetters) {
    ExaminedSource source = good_source();
    source.can_write = {"UPDATE on crm.contacts"};
    EXPECT_EQ(exit_code_of({{}, source}), ExitCode::findings);
    EXPECT_THAT(text_of({{}, source}), HasSubstr("- UPDATE on crm.contacts"));
    source = good_source();
    source.connection.keeps_text = false;
    EXPECT_EQ(exit_code_of({{}, source}), ExitCode::findings);
    EXPECT_THAT(text_of({{}, source}), HasSubstr("other than UTF-8"));
}

TEST(Doctor, WithoutADatabaseListsDriversAndRefusesOperands) {
    support::TestSurroundings surroundings;
    EXPECT_EQ(run_program({"doctor"}, surroundings.value), 0);
    EXPECT_THAT(surroundings.out.str(), HasSubstr("--connect-file"));
    support::TestSurroundings other;
    EXPECT_EQ(run_program({"doctor", "crm.db"}, other.value), 64);
    support::TestSurroundings german;
    EXPECT_EQ(run_program({"doctor", "--lang", "de"}, german.value), 0);
    EXPECT_THAT(german.out.str(), HasSubstr("Treiber"));
}

}  // namespace
}  // namespace crmaudit::app
