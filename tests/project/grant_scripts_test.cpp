// The scripts of scripts/grants and what the readers ask for belong together.
#include <gtest/gtest.h>

#include <string>

#include "tests/project/source_tree.h"
#include "tests/support/tsql.h"

namespace crmaudit::testing {
namespace {

/// The text between two marks, without either.
std::string between(const std::string& text, const std::string& start, const std::string& end) {
    const auto from = text.find(start);
    const auto to = from == std::string::npos ? from : text.find(end, from + start.size());
    if (to == std::string::npos) return {};
    return text.substr(from + start.size(), to - from - start.size());
}

TEST(GrantScripts, OpenOnMariadbWhatAnAdministratorIsAskedForAnyway) {
    const std::string view = between(read_source("scripts/grants/mariadb-audit-permissions.sql"),
                                     "VIEW crmaudit_permissions.logins AS\n", ";\n");
    ASSERT_FALSE(view.empty());
    EXPECT_NE(read_source("connectors/dialects/mariadb_logins.cpp").find(view), std::string::npos);
}

TEST(GrantScripts, OpenOnSqlServerWhatAnAdministratorIsAskedForAnyway) {
    const std::string script = read_source("scripts/grants/sqlserver-audit-permissions.sql");
    const std::string reader = read_source("connectors/dialects/mssql_logins.cpp");
    for (const char* procedure : {"logins", "line"}) {
        const std::string body =
            between(script, "CREATE PROCEDURE dbo.crmaudit_" + std::string{procedure} + " AS\n", ";\nGO\n");
        ASSERT_FALSE(body.empty());
        EXPECT_NE(reader.find(body), std::string::npos) << procedure;
    }
}

TEST(GrantScripts, AreWellFormedForSqlServerAndSayThatTheyNeverRan) {
    for (const char* name : {"sqlserver", "sqlserver-audit-permissions"}) {
        const std::string script = read_source("scripts/grants/" + std::string{name} + ".sql");
        EXPECT_EQ(support::unparsable_tsql(script), "") << name;
        EXPECT_NE(script.find("NEVER RUN ON A SERVER"), std::string::npos) << name;
    }
}

TEST(GrantScripts, AskOfASecretOnlyWhetherItIsThereAndHowItBegins) {
    const std::string text = read_source("scripts/grants/postgresql-audit-permissions.sql");
    const std::string word = "rolpassword";
    std::size_t uses = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++uses;
        const bool is_beginning = text.compare(at - 7, 7, "left(a.") == 0;
        EXPECT_TRUE(is_beginning || text.compare(at + word.size(), 8, " IS NULL") == 0) << text.substr(at, 40);
    }
    EXPECT_EQ(uses, 3U);
    const std::string view = read_source("scripts/grants/mariadb-audit-permissions.sql");
    EXPECT_EQ(between(view, "SELECT l.user, l.host, l.way,", "FROM (SELECT").find("l.secret,"), std::string::npos);
    EXPECT_NE(between(view, "SELECT l.user, l.host, l.way,", "FROM (SELECT").find("END AS secret,"), std::string::npos);
}

}  // namespace
}  // namespace crmaudit::testing
