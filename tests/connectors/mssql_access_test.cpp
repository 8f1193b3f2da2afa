// SQL Server's permissions from answers that no server gave: what the statements are, what becomes of the rows, and
// what must never look as if everything had been seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "auditor/access/through_views.h"
#include "connectors/dialects/all.h"
#include "connectors/dialects/mssql_access.h"
#include "connectors/dialects/mssql_structure.h"
#include "tests/support/golden.h"
#include "tests/support/tsql.h"

namespace crmaudit::connectors {
namespace {

using access::Path;
using access::Paths;
using access::Right;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Rows = std::vector<sql::Row>;
using Secret = Permissions::Login::Secret;

std::string all_statements() {
    std::string text = "-- PARSED, AND NEVER RUN ON A SERVER: what crmaudit asks SQL Server about permissions.\n";
    for (const auto& each : {mssql_permissions_statements(), mssql_access_statements(), mssql_uses_statements(),
                             mssql_server_statements(), mssql_logins_statements(), mssql_outlets_statements()}) {
        for (std::string_view statement : each) {
            if (statement.starts_with('\n')) statement.remove_prefix(1);
            text += std::string{statement} + ";\nGO\n";
        }
    }
    return text;
}

TEST(MssqlStatements, AsksWhatSomebodyHasRead) {
    EXPECT_TRUE(test::matches_golden("sqlserver-permissions.sql", all_statements()));
}

TEST(MssqlStatements, AsksOnlyWhatIsWellFormed) { EXPECT_EQ(support::unparsable_tsql(all_statements()), ""); }

TEST(MssqlStatements, AsksForNoHash) {
    const std::string text = all_statements();
    const std::string word = "password_hash";
    int uses = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++uses;
        const bool is_compared = text.substr(0, at).ends_with("PWDCOMPARE(N'', l.");
        EXPECT_TRUE(is_compared || text.compare(at + word.size(), 8, " IS NULL") == 0) << text.substr(at, 40);
    }
    EXPECT_EQ(uses, 2);
}

/// A server with two owners, asked by an account that may see everything. A test changes the answers that it is about.
class MssqlPermissions : public ::testing::Test {
protected:
    MssqlPermissions() {
        answer(mssql_identity, {{"crm", "dbo", "auditor_login", "16.0.1000"}});
        const auto own = mssql_permissions_statements();
        const auto lists = mssql_access_statements();
        const auto server = mssql_server_statements();
        answer(own[0], {{"1", "1", "auditor"}});
        answer(lists[0], {{"0", "public", "R", "0", "", "0", "1"},
                          {"1", "dbo", "S", "0", "01", "1", {}},
                          {"2", "guest", "S", "0", "00", "0", {}},
                          {"4", "sys", "S", "0", {}, "0", {}},
                          {"5", "anna", "S", "0", "0A", "1", {}},
                          {"6", "bert", "S", "0", "0B", "1", {}},
                          {"7", "clerks", "R", "0", "0D", "0", "1"},
                          {"8", "carl", "S", "0", "0C", "1", {}},
                          {"9", "dora", "S", "0", "0E", "1", {}},
                          {"16384", "db_owner", "R", "1", "F0", "0", "1"},
                          {"16390", "db_datareader", "R", "1", "F1", "0", "1"}});
        answer(lists[1], {{"7", "5"}, {"16390", "6"}});
        answer(lists[2], {{"1", "dbo", "1"}, {"5", "sales", "8"}});
        answer(lists[3], {{"100", "1", "person", "U ", "1", {}, "0"},
                          {"101", "5", "letter", "U ", "8", {}, "0"},
                          {"102", "1", "seen", "V ", "1", {}, {}},
                          {"103", "1", "both", "V ", "1", {}, {}},
                          {"104", "1", "forget", "P ", "1", {}, {}},
                          {"105", "5", "alias", "SN", "8", {}, {}}});
        answer(lists[4], {{"100", "1", "id"},
                          {"100", "2", "mail"},
                          {"100", "3", "born"},
                          {"101", "1", "text"},
                          {"102", "1", "mail"},
                          {"103", "1", "mail"}});
        for (const char* user : {"1", "5", "6", "8", "9"}) permit("0", "0", "0", user, "CONNECT");
        answer(
            mssql_uses_statements()[0],
            {{"102", "100", "0"}, {"103", "100", "0"}, {"103", "101", "0"}, {"104", "100", "0"}, {"105", "101", "0"}});
        answer(mssql_uses_statements()[1], {{"102", "100", "0", "1", "0", "0"},
                                            {"102", "100", "2", "1", "0", "0"},
                                            {"103", "100", "2", "1", "0", "0"},
                                            {"103", "101", "1", "1", "0", "0"},
                                            {"104", "100", "0", "0", "1", "0"}});
        answer(server[0], {{"1", "sa", "S", "1", "01"},
                           {"2", "public", "R", "0", "02"},
                           {"3", "sysadmin", "R", "0", "03"},
                           {"300", "anna", "S", "0", "0A"},
                           {"301", "chief", "U", "0", "AA"},
                           {"302", "nobody", "S", "0", "BB"}});
        answer(server[1], {{"3", "1"}, {"3", "301"}});
        answer(mssql_logins_statements()[0], {{"0A", "0", "1", "1", "30", "2026-07-15"}});
        answer(mssql_logins_statements()[2], {{"1", "0"}});
    }

    void answer(std::string_view statement, Rows rows) { answers_[std::string{statement}] = std::move(rows); }

    void permit(const char* level, const char* object, const char* column, const char* user, const char* name,
                const char* state = "G") {
        answers_[std::string{mssql_access_statements()[5]}].push_back({level, object, column, user, name, state, "1"});
    }

    void refuse(std::string_view statement) { refused_ = statement; }

    const Permissions& read() {
        catalog_ = mssql_dialect().read_catalog([this](const std::string& statement) {
            if (statement == refused_) throw sql::QueryError(sql::QueryError::Reason::other, "42000", "refused");
            return answers_[statement];
        });
        if (!catalog_.permissions) throw std::runtime_error("no permissions were read");
        return *catalog_.permissions;
    }

    const Permissions::Principal& principal(const std::string& name) const {
        const auto& all = catalog_.permissions->principals;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
        if (found == all.end()) throw std::runtime_error("there is no " + name);
        return *found;
    }

    bool is_known(const std::string& name) const {
        const auto& all = catalog_.permissions->principals;
        return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
    }

    /// On which paths a principal gets at a column.
    Paths paths(const std::string& who, const std::string& table, const std::string& column,
                Right right = Right::read) {
        const Permissions& facts = *catalog_.permissions;
        const access::Index index{facts};
        access::OwnerRights owners{index};
        const auto id = static_cast<access::Id>(&principal(who) - facts.principals.data());
        for (const auto& reached : access::effective_reach(owners, id)) {
            const auto& relation = facts.relations[reached.relation];
            const auto at = std::find(relation.columns.begin(), relation.columns.end(), column);
            if (relation.name == table && at != relation.columns.end())
                return reached.paths(static_cast<access::Id>(at - relation.columns.begin()), right);
        }
        return {};
    }

    std::string gaps(const std::string& object) const {
        std::string text;
        for (const auto& gap : catalog_.gaps) text += gap.object == object ? gap.reason + "\n" : "";
        for (const auto& gap : catalog_.permissions->gaps) text += gap.object == object ? gap.reason + "\n" : "";
        return text;
    }

    Catalog catalog_;

private:
    std::map<std::string, Rows> answers_;
    std::string refused_;
};

TEST_F(MssqlPermissions, NeverCallsAnythingClean) {
    read();
    EXPECT_THAT(gaps("grants"), HasSubstr("never tried on a server"));
    EXPECT_EQ(catalog_.account, "auditor");
}

TEST_F(MssqlPermissions, ReadsGrantsOfRolesAndColumnsOverSchemasThatNeedNoRight) {
    permit("1", "100", "2", "7", "SELECT");
    permit("3", "5", "0", "9", "SELECT", "W");
    read();
    EXPECT_EQ(paths("anna", "person", "mail"), Paths{Path::inherited_role});
    EXPECT_TRUE(paths("anna", "person", "born").empty());
    EXPECT_TRUE(paths("dora", "letter", "text").has(Path::schema_grant));
    const auto& grant = catalog_.permissions->grants.back();
    EXPECT_EQ(grant.may_pass_on, rights::read);
    EXPECT_EQ(catalog_.permissions->principals.at(grant.grantor).name, "dbo");
}

TEST_F(MssqlPermissions, KnowsWhatFixedRolesAndTheOwnerOfTheDatabaseMay) {
    read();
    EXPECT_EQ(paths("bert", "person", "born"), Paths{Path::predefined_role});
    EXPECT_TRUE(paths("bert", "person", "born", Right::update).empty());
    EXPECT_TRUE(paths("dbo", "letter", "text", Right::remove).has(Path::superuser));
    EXPECT_TRUE(paths("carl", "letter", "text").has(Path::owner));
    EXPECT_TRUE(paths("carl", "person", "mail").empty());
}

TEST_F(MssqlPermissions, GrantsOnTheDatabaseReachEverything) {
    permit("0", "0", "0", "9", "UPDATE");
    permit("0", "0", "0", "0", "SELECT");
    read();
    EXPECT_TRUE(paths("dora", "letter", "text", Right::update).has(Path::server_grant));
    EXPECT_TRUE(paths("dora", "letter", "text").has(Path::everybody));
}

TEST_F(MssqlPermissions, FollowsTheChainOfOwnersThroughViews) {
    permit("1", "102", "0", "9", "SELECT");
    read();
    EXPECT_EQ(paths("dora", "person", "mail"), Paths{Path::owner_view});
    EXPECT_TRUE(paths("dora", "person", "born").empty());
}

TEST_F(MssqlPermissions, LendsOnlyTheOwnersPartOfAViewOverSeveralOwners) {
    permit("1", "103", "0", "9", "SELECT");
    read();
    EXPECT_EQ(paths("dora", "person", "mail"), Paths{Path::owner_view});
    EXPECT_TRUE(paths("dora", "letter", "text").empty());
}

TEST_F(MssqlPermissions, ReadsThroughSynonyms) {
    permit("1", "105", "0", "9", "SELECT");
    read();
    EXPECT_EQ(paths("dora", "letter", "text"), Paths{Path::owner_view});
}

TEST_F(MssqlPermissions, CountsWhatProceduresDoForWhoeverMayRunAllOfTheirSchema) {
    permit("3", "1", "0", "9", "EXECUTE");
    read();
    EXPECT_EQ(paths("dora", "person", "mail", Right::remove), Paths{Path::owner_function});
    EXPECT_TRUE(paths("dora", "person", "mail").empty());
}

TEST_F(MssqlPermissions, TakesAllColumnsWhereTheyCannotBeRead) {
    permit("1", "102", "0", "9", "SELECT");
    refuse(mssql_uses_statements()[1]);
    read();
    EXPECT_EQ(paths("dora", "person", "born"), Paths{Path::owner_view});
    EXPECT_THAT(gaps("views"), HasSubstr("all columns"));
}

TEST_F(MssqlPermissions, LetsOneActAsAnother) {
    permit("4", "6", "0", "9", "IMPERSONATE");
    permit("4", "8", "0", "0", "CONTROL");
    permit("4", "8", "0", "9", "ALTER");  // of a user, which lets nobody act as it
    read();
    EXPECT_EQ(paths("dora", "person", "born"), Paths{Path::set_role});
    EXPECT_TRUE(paths("dora", "letter", "text", Right::remove).empty());
    EXPECT_THAT(gaps("grants"), HasSubstr("everybody has CONTROL on carl"));
}

TEST_F(MssqlPermissions, TellsOfControlLikeOfARoleThatNoStatementTakesAwayPieceByPiece) {
    permit("3", "5", "0", "9", "CONTROL");
    read();
    EXPECT_TRUE(paths("dora", "letter", "text", Right::remove).has(Path::predefined_role));
    EXPECT_TRUE(principal("CONTROL ON SCHEMA::sales").is_predefined);
    EXPECT_EQ(catalog_.permissions->memberships.back().grantor, Permissions::none);
}

TEST_F(MssqlPermissions, SaysThatDenialsAreNotSubtracted) {
    read();
    EXPECT_THAT(gaps("grants"), Not(HasSubstr("DENY")));
    permit("1", "100", "0", "6", "SELECT", "D");
    read();
    EXPECT_FALSE(paths("bert", "person", "born").empty());
    EXPECT_THAT(gaps("grants"), HasSubstr("DENY and REVOKE of columns are recorded 1 times"));
}

TEST_F(MssqlPermissions, ReadsWhoHasRightsOnTheWholeServer) {
    answer(mssql_server_statements()[2], {{"300", "ADMINISTER BULK OPERATIONS", "G", {}},
                                          {"300", "ALTER ANY LOGIN", "W", {}},
                                          {"302", "IMPERSONATE", "G", "sa"},
                                          {"2", "VIEW ANY DATABASE", "G", {}}});
    read();
    EXPECT_EQ(principal("anna").powers, std::vector<std::string>{"ALTER ANY LOGIN"});
    EXPECT_EQ(principal("anna").exports, std::vector<std::string>{"ADMINISTER BULK OPERATIONS"});
    EXPECT_TRUE(principal("chief").superuser);
    EXPECT_EQ(principal("nobody").powers, std::vector<std::string>{"IMPERSONATE sa"});
    EXPECT_FALSE(is_known("sa"));  // who is dbo here
    EXPECT_EQ(principal("dbo").is_locked, true);
}

TEST_F(MssqlPermissions, LeavesOutLoginsThatReachNothing) {
    read();
    EXPECT_FALSE(is_known("nobody"));
}

TEST_F(MssqlPermissions, ReadsHowLoginsProveWhoTheyAre) {
    answer(mssql_logins_statements()[0],
           {{"0A", "1", "0", "0", {}, {}}, {"0B", "0", "1", "1", "30", "2026-07-15"}, {"0C", {}, "1", "1", "-1", {}}});
    read();
    EXPECT_EQ(principal("anna").logins.at(0).secret, Secret::none);
    EXPECT_EQ(principal("anna").logins.at(0).method, "sql_login_without_policy");
    EXPECT_EQ(principal("anna").password_days, 0);
    EXPECT_EQ(principal("bert").valid_until, "2026-07-15");
    EXPECT_EQ(principal("carl").logins.at(0).secret, Secret::unknown);
    EXPECT_EQ(principal("carl").password_days, 0);
    EXPECT_THAT(gaps(fact_kinds::logins), HasSubstr("sqlserver-audit-permissions.sql"));
    EXPECT_EQ(catalog_.permissions->transport.own_is_protected, true);
}

TEST_F(MssqlPermissions, SaysWhatOfTheLineAndOfHostsIsNeverKnown) {
    read();
    EXPECT_THAT(gaps(fact_kinds::logins), IsEmpty());
    EXPECT_THAT(gaps(fact_kinds::transport), HasSubstr("demands encryption"));
    EXPECT_THAT(gaps(fact_kinds::host_rules), HasSubstr("firewalls"));
}

TEST_F(MssqlPermissions, FindsTheWaysOut) {
    const auto outlets = mssql_outlets_statements();
    answer(outlets[0], {{"STORE", "10.0.0.5", "0"}, {"ELSEWHERE", "10.0.0.6", "1"}});
    answer(outlets[1], {{"xp_cmdshell"}});
    answer(outlets[2], {{"crm"}});
    answer(outlets[3], {{"far", "STORE"}});
    read();
    std::string told;
    for (const auto& each : catalog_.permissions->outlets) told += each.what + " " + each.name + "; ";
    EXPECT_EQ(told,
              "linked_server STORE; user_mapping ELSEWHERE; server_program xp_cmdshell; publication crm; "
              "remote_table far; ");
}

TEST_F(MssqlPermissions, SaysThatTheServersOwnAreHidden) {
    answer(mssql_permissions_statements()[0], {{"1", "0", "auditor"}});
    read();
    EXPECT_THAT(gaps("grants"), HasSubstr("VIEW ANY DEFINITION"));
    EXPECT_THAT(gaps("outlets"), HasSubstr("VIEW ANY DEFINITION"));
}

TEST_F(MssqlPermissions, ConcludesNothingFromListsThatLeaveOutWhatIsHidden) {
    answer(mssql_permissions_statements()[0], {{"0", "0", "auditor"}});
    EXPECT_THROW(read(), std::runtime_error);
    EXPECT_EQ(catalog_.permissions, nullptr);
    EXPECT_EQ(catalog_.account, "auditor_login");
    EXPECT_TRUE(std::any_of(catalog_.gaps.begin(), catalog_.gaps.end(), [](const CatalogGap& gap) {
        return gap.object == "grants" && gap.reason.find("VIEW DEFINITION") != std::string::npos;
    }));
}

TEST_F(MssqlPermissions, ConcludesNothingWithoutOneOfTheLists) {
    refuse(mssql_access_statements()[5]);
    EXPECT_THROW(read(), std::runtime_error);
    EXPECT_EQ(catalog_.permissions, nullptr);
    EXPECT_TRUE(std::any_of(catalog_.gaps.begin(), catalog_.gaps.end(),
                            [](const CatalogGap& gap) { return gap.reason.find("refused") != std::string::npos; }));
}

TEST_F(MssqlPermissions, KeepsGrantsToThoseWhoWereDropped) {
    permit("1", "100", "0", "77", "SELECT");
    read();
    EXPECT_FALSE(principal("unknown (principal_id=77)").exists);
}

TEST_F(MssqlPermissions, SaysWhatRunsAsSomebodyElse) {
    answer(mssql_access_statements()[3],
           {{"100", "1", "person", "U ", "1", {}, "0"}, {"104", "1", "forget", "P ", "1", "-2", {}}});
    read();
    EXPECT_THAT(gaps("forget"), HasSubstr("runs as somebody else"));
}

TEST_F(MssqlPermissions, ShowsSomeRowsWhereAPolicyFiltersThem) {
    answer(mssql_access_statements()[6], {{"100", "own rows"}});
    const Permissions& facts = read();
    EXPECT_TRUE(facts.relations.at(0).row_security);
    ASSERT_EQ(facts.policies.size(), 1U);
    EXPECT_EQ(facts.policies[0].holders, std::vector<access::Id>{Permissions::everybody});
}

TEST_F(MssqlPermissions, TellsWhatTheAuditCouldChange) {
    answer(mssql_permissions_statements()[1], {{"UPDATE on dbo.person"}});
    read();
    EXPECT_EQ(catalog_.account_can_write, std::vector<std::string>{"UPDATE on dbo.person"});
}

}  // namespace
}  // namespace crmaudit::connectors
