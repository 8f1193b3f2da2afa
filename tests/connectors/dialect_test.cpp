// What the dialects decide without a server: connection strings, session settings, reasons of errors, SHOW GRANTS.
#include "connectors/dialect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "connectors/connection_string.h"
#include "connectors/dialects/all.h"
#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/sqlite_catalog.h"

namespace crmaudit::connectors {
namespace {

using Reason = sql::QueryError::Reason;

std::string completed(const Dialect& dialect, const std::string& text, const std::string& key) {
    const auto attributes = connection_attributes(dialect.complete(text));
    const auto* value = find_attribute(attributes, key);
    return value == nullptr ? "(absent)" : *value;
}

bool sets(const Dialect& dialect, const std::string& text) {
    const auto statements = dialect.session(ConnectOptions{});
    return std::any_of(statements.begin(), statements.end(),
                       [&](const auto& statement) { return statement.text.find(text) != std::string::npos; });
}

TEST(Dialects, AreRecognisedByTheProductAndTheLastServesAll) {
    const auto serving = [](std::string_view product) {
        const auto all = dialects();
        return (*std::find_if(all.begin(), all.end(), [&](const Dialect* d) { return d->serves(product); }))->name();
    };
    EXPECT_EQ(serving("SQLite"), "sqlite");
    EXPECT_EQ(serving("PostgreSQL"), "postgresql");
    EXPECT_EQ(serving("MariaDB"), "mariadb");
    EXPECT_EQ(serving("MySQL"), "mariadb");
    EXPECT_EQ(serving("Microsoft SQL Server"), "mssql");
    EXPECT_EQ(serving("Oracle"), "generic");
    EXPECT_EQ(serving(""), "generic");
}

TEST(Dialects, RequireAReadOnlySessionWhereTheProductHasOne) {
    for (const Dialect* dialect : {&sqlite_dialect(), &postgresql_dialect(), &mariadb_dialect()}) {
        const auto statements = dialect->session(ConnectOptions{});
        EXPECT_TRUE(std::any_of(statements.begin(), statements.end(), [](const auto& statement) {
            return statement.required && statement.safeguard == "the session is not read-only";
        })) << dialect->name();
        EXPECT_FALSE(dialect->read_only_proof().empty());
    }
}

TEST(Dialects, TakeTheLimitsFromTheOptions) {
    ConnectOptions options;
    options.statement_limit = std::chrono::seconds{42};
    options.lock_limit = std::chrono::seconds{7};
    options.hash_memory_mib = 3;
    const auto texts = [&](const Dialect& dialect) {
        std::string all;
        for (const auto& statement : dialect.session(options)) all += statement.text + "\n";
        return all;
    };
    const std::string postgresql = texts(postgresql_dialect());
    EXPECT_NE(postgresql.find("statement_timeout = 42000"), std::string::npos);
    EXPECT_NE(postgresql.find("lock_timeout = 7000"), std::string::npos);
    EXPECT_NE(postgresql.find("work_mem = '3MB'"), std::string::npos);
    const std::string mariadb = texts(mariadb_dialect());
    EXPECT_NE(mariadb.find("max_statement_time = 42 "), std::string::npos);
    EXPECT_NE(mariadb.find("max_execution_time = 42000"), std::string::npos);
    EXPECT_NE(mariadb.find("innodb_lock_wait_timeout = 7"), std::string::npos);
    EXPECT_NE(mariadb.find("tmp_table_size = 3145728"), std::string::npos);
    EXPECT_NE(texts(sqlite_dialect()).find("busy_timeout = 7000"), std::string::npos);
}

TEST(SqliteDialect, OpensTheFileForReadingOnly) {
    const auto database = [](const std::string& text) {
        return completed(sqlite_dialect(), "DRIVER=SQLite3;Database=" + text, "DATABASE");
    };
    EXPECT_EQ(database("/srv/crm.db"), "file:/srv/crm.db?mode=ro");
    EXPECT_EQ(database("crm.db"), "file:crm.db?mode=ro");
    EXPECT_EQ(database("/srv/100%/c?m#.db"), "file:/srv/100%25/c%3Fm%23.db?mode=ro");
    EXPECT_EQ(database("{/srv/a;b}"), "file:/srv/a%3Bb?mode=ro");
    EXPECT_EQ(database("file:/srv/crm.db"), "file:/srv/crm.db?mode=ro");
    EXPECT_EQ(database("file:/srv/crm.db?mode=rwc&cache=private"), "file:/srv/crm.db?mode=ro&cache=private");
}

TEST(SqliteDialect, NeverCreatesAFileWhateverWasAsked) {
    EXPECT_EQ(completed(sqlite_dialect(), "DRIVER=SQLite3;Database=x;NoCreat=0;StepAPI=0", "NOCREAT"), "1");
    EXPECT_EQ(completed(sqlite_dialect(), "DRIVER=SQLite3;Database=x;NoCreat=0;StepAPI=0", "STEPAPI"), "1");
}

TEST(PostgresqlDialect, StreamsAndKeepsTheChosenEncryption) {
    const std::string given = "DRIVER=PostgreSQL Unicode;SERVER=db;PWD={a;b}}c}";
    EXPECT_EQ(completed(postgresql_dialect(), given, "USEDECLAREFETCH"), "1");
    EXPECT_EQ(completed(postgresql_dialect(), given, "FETCH"), "1000");
    EXPECT_EQ(completed(postgresql_dialect(), given, "SSLMODE"), "prefer");
    EXPECT_EQ(completed(postgresql_dialect(), given + ";SSLmode=verify-full", "SSLMODE"), "verify-full");
    EXPECT_EQ(completed(postgresql_dialect(), given, "PWD"), "a;b}c");
    EXPECT_TRUE(sets(postgresql_dialect(), "row_security = off"));
    EXPECT_TRUE(sets(postgresql_dialect(), "TimeZone = 'UTC'"));
}

TEST(MariadbDialect, SpeaksUtf8AndDependsOnNoSettingOfTheServer) {
    EXPECT_EQ(completed(mariadb_dialect(), "DRIVER=MariaDB Unicode;UID=x", "CHARSET"), "utf8mb4");
    EXPECT_TRUE(sets(mariadb_dialect(), "sql_mode = ''"));
    EXPECT_TRUE(sets(mariadb_dialect(), "time_zone = '+00:00'"));
}

TEST(Reasons, OfPostgresqlFollowTheState) {
    const auto reason = [](std::string_view state, std::string_view message = "") {
        return postgresql_dialect().reason(state, 0, message);
    };
    EXPECT_EQ(reason("42501"), Reason::forbidden);
    EXPECT_EQ(reason("55P03"), Reason::locked);
    EXPECT_EQ(reason("40P01"), Reason::locked);
    EXPECT_EQ(reason("57014", "canceling statement due to statement timeout"), Reason::timeout);
    EXPECT_EQ(reason("57014", "canceling statement due to user request"), Reason::cancelled);
    EXPECT_EQ(reason("42P01"), Reason::missing);
    EXPECT_EQ(reason("42703"), Reason::missing);
    EXPECT_EQ(reason("57P01"), Reason::connection_lost);
    EXPECT_EQ(reason("08S01"), Reason::connection_lost);
    EXPECT_EQ(reason("22P02"), Reason::other);
}

TEST(Reasons, OfMariadbFollowTheErrorNumber) {
    const auto reason = [](int number, std::string_view state = "HY000") {
        return mariadb_dialect().reason(state, number, "");
    };
    for (const int number : {1044, 1045, 1142, 1143}) EXPECT_EQ(reason(number), Reason::forbidden) << number;
    EXPECT_EQ(reason(1205), Reason::locked);
    EXPECT_EQ(reason(1969), Reason::timeout);
    EXPECT_EQ(reason(3024), Reason::timeout);
    EXPECT_EQ(reason(1317), Reason::cancelled);
    EXPECT_EQ(reason(1146), Reason::missing);
    EXPECT_EQ(reason(2006), Reason::connection_lost);
    EXPECT_EQ(reason(2013), Reason::connection_lost);
    EXPECT_EQ(reason(0, "08S01"), Reason::connection_lost);
    EXPECT_EQ(reason(1690), Reason::other);
}

TEST(Reasons, OfSqliteFollowTheResultCode) {
    const auto reason = [](int code, std::string_view message = "") {
        return sqlite_dialect().reason("HY000", code, message);
    };
    EXPECT_EQ(reason(5), Reason::locked);
    EXPECT_EQ(reason(6), Reason::locked);
    EXPECT_EQ(reason(261), Reason::locked);  // SQLITE_BUSY_RECOVERY
    EXPECT_EQ(reason(9), Reason::cancelled);
    EXPECT_EQ(reason(1, "no such table: contacts"), Reason::missing);
    EXPECT_EQ(reason(11), Reason::other);
}

TEST(ShowGrants, AreReadWithTheirColumnsAndPatterns) {
    const auto grants = parse_grant(
        "GRANT SELECT, INSERT (`a``b`, `c`), CREATE VIEW ON `crm\\_1`.`t,(x)` TO `lo`@`localhost` "
        "WITH GRANT OPTION");
    ASSERT_EQ(grants.size(), 4U);
    EXPECT_EQ(grants[0].privilege, "SELECT");
    EXPECT_EQ(grants[0].grantee, "'lo'@'localhost'");
    EXPECT_EQ(grants[0].object, (TableName{"crm\\_1", "t,(x)"}));
    EXPECT_TRUE(grants[0].grantable);
    EXPECT_EQ(grants[1].column, "a`b");
    EXPECT_EQ(grants[2].column, "c");
    EXPECT_EQ(grants[3].privilege, "CREATE VIEW");
}

TEST(ShowGrants, TakeStarsForEverything) {
    const auto grants = parse_grant("GRANT ALL PRIVILEGES ON *.* TO `root`@`%` IDENTIFIED BY PASSWORD '*0A'");
    ASSERT_EQ(grants.size(), 1U);
    EXPECT_EQ(grants[0].privilege, "ALL PRIVILEGES");
    EXPECT_EQ(grants[0].object, TableName{});
    EXPECT_FALSE(grants[0].grantable);
    const auto open = parse_grant("GRANT SELECT ON `crm`.* TO PUBLIC");
    ASSERT_EQ(open.size(), 1U);
    EXPECT_TRUE(open[0].is_public);
    EXPECT_EQ(open[0].object, (TableName{"crm", ""}));
    EXPECT_EQ(parse_grant("GRANT SELECT ON `crm`.* TO `sales`").at(0).grantee, "sales");
}

TEST(ShowGrants, LeaveOutWhatIsNoRightOnATable) {
    for (const char* line : {"GRANT `reporting` TO `lo`@`localhost`",
                             "GRANT USAGE ON *.* TO `lo`@`localhost` IDENTIFIED BY PASSWORD '*93'",
                             "SET DEFAULT ROLE `reporting` FOR `lo`@`localhost`", "GRANT PROXY ON ''@'%' TO `root`@`%`",
                             "GRANT EXECUTE ON PROCEDURE `crm`.`p` TO `lo`@`%`", "GRANT SELECT ON `crm`.* TO",
                             "GRANT SELECT (`a ON `crm`.* TO `x`", "GRANT ", ""}) {
        EXPECT_TRUE(parse_grant(line).empty()) << line;
    }
}

TEST(ShowGrants, CoverDatabasesByPattern) {
    EXPECT_TRUE(covers_schema("", "crm"));
    EXPECT_TRUE(covers_schema("crm", "crm"));
    EXPECT_TRUE(covers_schema("crm%", "crm_2"));
    EXPECT_TRUE(covers_schema("crm_2", "crmx2"));
    EXPECT_FALSE(covers_schema("crm\\_2", "crmx2"));
    EXPECT_TRUE(covers_schema("crm\\_2", "crm_2"));
    EXPECT_FALSE(covers_schema("crm", "crm2"));
}

TEST(ShowGrants, TellWritingFromReading) {
    for (const char* privilege : {"INSERT", "UPDATE", "DELETE", "ALL PRIVILEGES", "DROP", "SUPER", "CREATE USER"}) {
        EXPECT_TRUE(is_writing_privilege(privilege)) << privilege;
    }
    for (const char* privilege : {"SELECT", "SHOW VIEW", "PROCESS", "SHOW DATABASES", "USAGE"}) {
        EXPECT_FALSE(is_writing_privilege(privilege)) << privilege;
    }
}

TEST(ColumnKinds, OfSqliteFollowTheDeclaredType) {
    const std::vector<std::pair<std::string, ColumnKind>> kinds{{"", ColumnKind::unknown},
                                                                {"INTEGER", ColumnKind::integer},
                                                                {"varchar(20)", ColumnKind::text},
                                                                {"DateTime", ColumnKind::timestamp},
                                                                {"date", ColumnKind::date},
                                                                {"TIME", ColumnKind::time},
                                                                {"boolean", ColumnKind::boolean},
                                                                {"DECIMAL(10,2)", ColumnKind::decimal},
                                                                {"BLOB", ColumnKind::binary},
                                                                {"GEOMETRY", ColumnKind::other},
                                                                {"bigint unsigned", ColumnKind::integer}};
    for (const auto& [type, kind] : kinds) EXPECT_EQ(sqlite_kind(type), kind) << type;
}

TEST(ColumnKinds, OfMariadbTakeATinyintOfOneForABoolean) {
    EXPECT_EQ(mariadb_kind("tinyint", "tinyint(1)"), ColumnKind::boolean);
    EXPECT_EQ(mariadb_kind("tinyint", "tinyint(4)"), ColumnKind::integer);
    EXPECT_EQ(mariadb_kind("bit", "bit(1)"), ColumnKind::boolean);
    EXPECT_EQ(mariadb_kind("bit", "bit(10)"), ColumnKind::integer);
    EXPECT_EQ(mariadb_kind("point", "point"), ColumnKind::other);
}

}  // namespace
}  // namespace crmaudit::connectors
