#include "connectors/connect_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/live.h"

namespace crmaudit::connectors {
namespace {

using testing::HasSubstr;
using testing::Not;
using Reason = ConnectError::Reason;

const Attributes postgresql{{"DRIVER", "PostgreSQL Unicode"},
                            {"SERVER", "db.example"},
                            {"PORT", "5432"},
                            {"DATABASE", "crm"},
                            {"UID", "auditor"},
                            {"PWD", "hidden-secret"}};
const Attributes mariadb{{"DRIVER", "MariaDB Unicode"},
                         {"SERVER", "db.example"},
                         {"DATABASE", "crm"},
                         {"UID", "auditor"},
                         {"PWD", "hidden-secret"}};

struct Case {
    const char* what;
    Attributes attributes;
    Diagnostic diagnostic;
    Reason reason;
    const char* words;
};

class ConnectErrorOf : public testing::TestWithParam<Case> {};

TEST_P(ConnectErrorOf, SaysWhatHappenedAndHidesTheConnectionString) {
    const Case& c = GetParam();
    const ConnectError error = connect_error(c.diagnostic, c.attributes);
    EXPECT_EQ(error.reason(), c.reason) << c.what << ": " << error.what();
    EXPECT_THAT(error.what(), HasSubstr(c.words)) << c.what;
    EXPECT_THAT(error.what(), Not(HasSubstr("hidden-secret")));
    EXPECT_THAT(error.what(), Not(HasSubstr("PWD")));
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
}

INSTANTIATE_TEST_SUITE_P(
    Drivers, ConnectErrorOf,
    testing::Values(
        Case{"wrong password",
             postgresql,
             {"08001", 101,
              "connection to server at \"h\" failed: FATAL:  password authentication failed for user \"auditor\""},
             Reason::not_permitted,
             "refused account 'auditor'"},
        Case{"wrong password in German",
             postgresql,
             {"08001", 101,
              "FATAL:  Passwort-Authentifizierung f\xC3\xBCr Benutzer \xC2\xBB"
              "auditor\xC2\xAB fehlgeschlagen"},
             Reason::not_permitted,
             "refused account 'auditor'"},
        Case{"no pg_hba entry",
             postgresql,
             {"08001", 101,
              "FATAL:  no pg_hba.conf entry for host \"10.0.0.1\", user \"auditor\", database \"crm\", SSL off"},
             Reason::not_permitted,
             "refused account"},
        Case{"no password",
             postgresql,
             {"08001", 101, "fe_sendauth: no password supplied"},
             Reason::not_permitted,
             "refused account"},
        Case{"no database",
             postgresql,
             {"08001", 101, "FATAL:  database \"crm\" does not exist"},
             Reason::unreachable,
             "no database 'crm'"},
        Case{"database not allowed",
             postgresql,
             {"08001", 101, "FATAL:  permission denied for database \"crm\""},
             Reason::not_permitted,
             "does not let account 'auditor' use database 'crm'"},
        Case{"refused",
             postgresql,
             {"08001", 101, "connection to server failed: Connection refused"},
             Reason::unreachable,
             "cannot reach db.example port 5432"},
        Case{"too many",
             postgresql,
             {"08001", 101, "FATAL:  sorry, too many clients already"},
             Reason::unreachable,
             "run again later"},
        Case{"no TLS",
             postgresql,
             {"08001", 101, "server does not support SSL, but SSL was required"},
             Reason::configuration,
             "encrypted"},
        Case{"wrong password",
             mariadb,
             {"28000", 1045, "Access denied for user 'auditor'@'h' (using password: YES)"},
             Reason::not_permitted,
             "refused account 'auditor'"},
        Case{"refused",
             mariadb,
             {"HY000", 2002, "Can't connect to server on 'h' (115)"},
             Reason::unreachable,
             "cannot reach db.example"},
        Case{"no database",
             mariadb,
             {"42000", 1049, "Unknown database 'crm'"},
             Reason::unreachable,
             "no database 'crm'"},
        Case{"database denied",
             mariadb,
             {"42000", 1044, "Access denied for user to database 'crm'"},
             Reason::not_permitted,
             "does not let account 'auditor' use database 'crm'"},
        Case{"too many", mariadb, {"08004", 1040, "Too many connections"}, Reason::unreachable, "run again later"},
        Case{"driver missing",
             postgresql,
             {"01000", 0, "[unixODBC][Driver Manager]Can't open lib 'x' : file not found"},
             Reason::configuration,
             "install the package odbc-postgresql"},
        Case{"driver missing",
             mariadb,
             {"01000", 0, "[unixODBC][Driver Manager]Can't open lib 'x' : file not found"},
             Reason::configuration,
             "install the package odbc-mariadb"},
        Case{"unknown driver",
             {{"DRIVER", "Nope"}},
             {"01000", 0, "Can't open lib 'Nope' : file not found"},
             Reason::configuration,
             "'Nope' is not installed"},
        Case{"data source missing",
             {{"DSN", "crm"}},
             {"IM002", 0, "Data source name not found"},
             Reason::configuration,
             "no ODBC data source 'crm'"},
        Case{"SQL Server refused",
             {{"DRIVER", "FreeTDS"}, {"SERVER", "db.example"}},
             {"08S01", 20009, "Unable to connect: Adaptive Server is unavailable"},
             Reason::unreachable,
             "db.example"},
        Case{"SQL Server wrong password",
             {{"DRIVER", "FreeTDS"}, {"UID", "auditor"}},
             {"42000", 18456, "Login failed"},
             Reason::not_permitted,
             "refused account 'auditor'"},
        Case{"no file",
             {{"DRIVER", "SQLite3"}, {"DATABASE", "file:/nonexistent/cr%6D.db?mode=ro"}},
             {"HY000", 14, "[SQLite]connect failed"},
             Reason::unreachable,
             "/nonexistent/crm.db does not exist"}));

TEST(ConnectErrorForSqlite, TellsAFileThatIsNoDatabaseFromOneThatCannotBeOpened) {
    const live::TemporaryDirectory directory;
    const auto path = directory.path() / "notes.txt";
    std::ofstream(path) << "this is a text";
    const ConnectError error =
        connect_error({"HY000", 26, ""}, {{"DRIVER", "SQLite3"}, {"DATABASE", "file:" + path.string() + "?mode=ro"}});
    EXPECT_EQ(error.reason(), Reason::unreachable);
    EXPECT_THAT(error.what(), HasSubstr("is not an SQLite database"));
}

TEST(CheckAttributes, RefusesAnIntentThatWouldEndTheProcessWithinFreeTds) {
    EXPECT_THROW(check_attributes({{"APPLICATIONINTENT", "Bogus"}}), ConnectError);
    EXPECT_NO_THROW(check_attributes({{"APPLICATIONINTENT", "readonly"}}));
    EXPECT_NO_THROW(check_attributes({{"UID", "x"}}));
}

}  // namespace
}  // namespace crmaudit::connectors
