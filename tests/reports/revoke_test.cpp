// The scripts that take rights away: exact statements for each product, names that try to break out, and for SQL
// Server, which no server has run, goldens that are parsed as a whole. tests/live/revoke_test.cpp runs the others.
#include "reports/revoke/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "connectors/database.h"
#include "reports/result_xml.h"
#include "reports/revoke/statements.h"
#include "tests/support/golden.h"
#include "tests/support/sample_result.h"
#include "tests/support/tsql.h"

namespace crmaudit::reports::revoke {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Statements in(const char* dialect, const ListedGrant& grant) {
    Source source;
    source.dialect = dialect;
    return statements_for(grant, source, *connectors::find_grammar(dialect));
}

ListedGrant on_table(std::vector<std::string> privileges, std::vector<std::string> optional = {}) {
    ListedGrant grant;
    grant.schema = "crm";
    grant.name = "contacts";
    grant.privileges = std::move(privileges);
    grant.optional = std::move(optional);
    grant.holder = {"anna", "", ""};
    return grant;
}

TEST(RevokePostgresql, TakesByTheGrantorAndGivesBackWithEachOption) {
    ListedGrant grant = on_table({"INSERT", "SELECT"}, {"SELECT"});
    grant.grantor = "boss";
    const Statements statements = in("postgresql", grant);
    EXPECT_THAT(statements.take,
                ElementsAre(R"(SET LOCAL ROLE "boss")",
                            R"(REVOKE INSERT, SELECT ON TABLE "crm"."contacts" FROM "anna")", "RESET ROLE"));
    EXPECT_THAT(statements.give,
                ElementsAre(R"(SET LOCAL ROLE "boss")", R"(GRANT INSERT ON TABLE "crm"."contacts" TO "anna")",
                            R"(GRANT SELECT ON TABLE "crm"."contacts" TO "anna" WITH GRANT OPTION)", "RESET ROLE"));
}

TEST(RevokePostgresql, NamesColumnsRolesAndTablesToCome) {
    ListedGrant columns = on_table({"SELECT", "UPDATE"});
    columns.columns = {"a\"b", "c"};
    columns.holder = {};
    EXPECT_THAT(
        in("postgresql", columns).take,
        ElementsAre(R"(REVOKE SELECT ("a""b", "c"), UPDATE ("a""b", "c") ON TABLE "crm"."contacts" FROM PUBLIC)"));
    ListedGrant role;
    role.on = GrantedOn::role;
    role.name = "readers";
    role.holder = {"anna", "", ""};
    role.grantor = "boss";
    role.optional = {"ADMIN"};
    EXPECT_THAT(in("postgresql", role).take, ElementsAre(R"(REVOKE "readers" FROM "anna" GRANTED BY "boss")"));
    EXPECT_THAT(in("postgresql", role).give,
                ElementsAre(R"(GRANT "readers" TO "anna" WITH ADMIN OPTION GRANTED BY "boss")"));
    role.privileges = {"INHERIT FALSE", "SET TRUE"};
    EXPECT_THAT(in("postgresql", role).give,
                ElementsAre(R"(GRANT "readers" TO "anna" WITH ADMIN TRUE, INHERIT FALSE, SET TRUE GRANTED BY "boss")"));
    ListedGrant future = on_table({"SELECT"});
    future.on = GrantedOn::future;
    future.creator = "maker";
    EXPECT_THAT(
        in("postgresql", future).take,
        ElementsAre(
            R"(ALTER DEFAULT PRIVILEGES FOR ROLE "maker" IN SCHEMA "crm" REVOKE SELECT ON TABLES FROM "anna")"));
    EXPECT_THAT(
        in("postgresql", future).give,
        ElementsAre(R"(ALTER DEFAULT PRIVILEGES FOR ROLE "maker" IN SCHEMA "crm" GRANT SELECT ON TABLES TO "anna")"));
}

TEST(RevokePostgresql, TakesOnlyTheOption) {
    ListedGrant grant = on_table({"SELECT"});
    grant.option = true;
    EXPECT_THAT(in("postgresql", grant).take,
                ElementsAre(R"(REVOKE GRANT OPTION FOR SELECT ON TABLE "crm"."contacts" FROM "anna")"));
    EXPECT_THAT(in("postgresql", grant).give,
                ElementsAre(R"(GRANT SELECT ON TABLE "crm"."contacts" TO "anna" WITH GRANT OPTION)"));
}

TEST(RevokeMariadb, NamesAccountsPatternsAndTheServer) {
    ListedGrant grant = on_table({"SELECT"});
    grant.on = GrantedOn::pattern;
    grant.schema = "crm\\_%";
    grant.holder = {"'o''neil`'@'%'", "o'neil`", "%"};
    EXPECT_THAT(in("mariadb", grant).take, ElementsAre("REVOKE SELECT ON `crm\\_%`.* FROM `o'neil```@`%`"));
    EXPECT_THAT(in("mariadb", grant).give, ElementsAre("GRANT SELECT ON `crm\\_%`.* TO `o'neil```@`%`"));
    grant.option = true;
    EXPECT_THAT(in("mariadb", grant).take, ElementsAre("REVOKE GRANT OPTION ON `crm\\_%`.* FROM `o'neil```@`%`"));
    EXPECT_THAT(in("mariadb", grant).give,
                ElementsAre("GRANT USAGE ON `crm\\_%`.* TO `o'neil```@`%` WITH GRANT OPTION"));
    ListedGrant file;
    file.on = GrantedOn::server;
    file.privileges = {"FILE"};
    file.holder = {"role", "", ""};
    EXPECT_THAT(in("mariadb", file).take, ElementsAre("REVOKE FILE ON *.* FROM `role`"));
    ListedGrant routine = on_table({"EXECUTE"});
    routine.on = GrantedOn::procedure;
    routine.holder = {};
    EXPECT_THAT(in("mariadb", routine).take, ElementsAre("REVOKE EXECUTE ON PROCEDURE `crm`.`contacts` FROM PUBLIC"));
}

TEST(Revoke, NoOtherWordBecomesSql) {
    for (const char* dialect : {"postgresql", "mariadb", "mssql"}) {
        EXPECT_THROW(in(dialect, on_table({"SELECT ON x TO y; DROP TABLE z; --"})), std::invalid_argument) << dialect;
        EXPECT_THROW(in(dialect, on_table({"SELECT"}, {"anything"})), std::invalid_argument) << dialect;
    }
}

std::string file(const AuditResult& result, const std::string& name) {
    const auto& grammar = *connectors::find_grammar(result.source.dialect);
    for (const purge::PurgeFile& each : revoke_files(result, *parse_date("2026-07-01"), grammar, "en")) {
        if (each.name == name) return each.content;
    }
    return {};
}

AuditResult sample(const char* dialect) {
    AuditResult result = test::sample_result();
    result.source.dialect = dialect;
    // SQL Server gives no rights on tables to come.
    if (result.source.dialect == "mssql") {
        std::erase_if(result.remedies.revocations,
                      [](const Revocation& each) { return each.grant.on == GrantedOn::future; });
    }
    return result;
}

TEST(RevokeFiles, SayWhatEachStatementTakesAndHowToUndoIt) {
    const std::string script = file(sample("postgresql"), "revoke.sql");
    EXPECT_THAT(script, HasSubstr("-- trainee loses: read: Date of birth"));
    EXPECT_THAT(script, HasSubstr("-- 2. broad_grant, write_privilege\n"));
    EXPECT_THAT(script,
                HasSubstr("--     GRANT SELECT ON TABLE \"crm\".\"contacts\" TO \"sales_lead\" WITH GRANT OPTION;\n"));
    EXPECT_THAT(script, HasSubstr("2026-07-01"));
    EXPECT_THAT(script, HasSubstr("-- administrative_account, postgres: decide"));
    EXPECT_LT(script.find("FROM \"trainee\""), script.find("FROM \"sales_lead\"")) << "what depends goes first";
    const std::string undo = file(sample("postgresql"), "revoke-undo.sql");
    EXPECT_GT(undo.find("TO \"trainee\""), undo.find("TO \"sales_lead\"")) << "and comes back last";
    EXPECT_THAT(undo, Not(HasSubstr("2026-07-01")));
    EXPECT_THAT(undo, Not(HasSubstr("REVOKE")));
}

TEST(RevokeFiles, DoNotSayThatNothingIsTakenWhereItIsToldLater) {
    AuditResult result = sample("postgresql");
    for (Revocation& each : result.remedies.revocations) {
        each.lost.clear();
        each.lost_later = true;
    }
    result = read_result_xml("result.xml", write_result_xml(result));
    const std::string script = file(result, "revoke.sql");
    EXPECT_THAT(script, HasSubstr("-- what it takes was worked out together with statements that follow"));
    EXPECT_THAT(script, ::testing::Not(HasSubstr("nobody loses a right")));
}

TEST(RevokeFiles, AreNoneWithoutFindings) {
    AuditResult result = sample("postgresql");
    result.remedies = {};
    EXPECT_THAT(revoke_files(result, *parse_date("2026-07-01"), *connectors::find_grammar("postgresql"), "en"),
                IsEmpty());
    EXPECT_EQ(revoke_readme(result, *connectors::find_grammar("postgresql"), "en"), "");
}

TEST(RevokeFiles, NoNameEndsACommentOrAStatement) {
    for (const char* dialect : {"postgresql", "mariadb", "mssql"}) {
        AuditResult result = sample(dialect);
        const std::string evil = "x\nDROP TABLE contacts;\n\"`]';-- ";
        for (Revocation& each : result.remedies.revocations) {
            each.grant.holder = {evil, evil, "%"};
            each.grant.name = evil;
            for (LostRight& lost : each.lost) lost.principal = evil;
        }
        result.remedies.unmended.push_back({"broad_grant", evil, "owner"});
        std::istringstream lines{file(result, "revoke.sql")};
        bool within_quotes = false;
        for (std::string line; std::getline(lines, line);) {
            if (!within_quotes && line.starts_with("--")) continue;
            const char end = dialect == std::string{"mssql"} ? ']' : dialect == std::string{"mariadb"} ? '`' : '"';
            const char begin = end == ']' ? '[' : end;
            for (const char c : line) {
                if (within_quotes ? c == end : c == begin) within_quotes = !within_quotes;
            }
            EXPECT_FALSE(!within_quotes && line.starts_with("DROP")) << dialect << ": " << line;
        }
    }
}

TEST(RevokeSqlserver, IsWellFormedThoughNoServerHasRunIt) {
    const AuditResult result = sample("mssql");
    for (const char* name : {"revoke.sql", "revoke-undo.sql"}) {
        const std::string script = file(result, name);
        EXPECT_EQ(support::unparsable_tsql(script), "") << name;
        EXPECT_TRUE(test::matches_golden(std::string{"sqlserver-"} + name, script));
    }
    EXPECT_THAT(file(result, "revoke.sql"), HasSubstr("NEVER RUN"));
    AuditResult misread = result;
    misread.remedies.revocations[1].grant.holder.name = "$(USER)";
    EXPECT_THAT(file(misread, "revoke.sql"), Not(HasSubstr("[$(USER)]")));
    EXPECT_THAT(file(misread, "revoke.sql"), HasSubstr("by hand"));
}

}  // namespace
}  // namespace crmaudit::reports::revoke
