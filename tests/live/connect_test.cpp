// Every way to name a database, and one clear line for each way to get it wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "connectors/connection_string.h"
#include "connectors/session.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

using connectors::ConnectError;
using connectors::ConnectOptions;
using connectors::Session;
using testing::HasSubstr;
using testing::Not;
using Reason = ConnectError::Reason;

struct Refusal {
    Reason reason;
    std::string text;
};

Refusal refusal_of(const ConnectOptions& options) {
    try {
        const Session session(options);
    } catch (const ConnectError& error) {
        return {error.reason(), error.what()};
    }
    throw std::runtime_error("the connection came about");
}

Refusal refusal_of(const std::string& connection_string) {
    ConnectOptions options;
    options.connection_string = connection_string;
    return refusal_of(options);
}

std::string attribute(const std::string& connection_string, const std::string& key) {
    const auto attributes = connectors::connection_attributes(connection_string);
    const std::string* value = connectors::find_attribute(attributes, key);
    return value == nullptr ? "" : *value;
}

class Connect : public testing::TestWithParam<Product> {
protected:
    Scratch scratch_{GetParam()};
};

TEST_P(Connect, ByADataSourceIsAsSafeAsByADriver) {
    ConnectOptions options;
    options.connection_string = "DSN=crm_" + to_string(GetParam()) + ";DATABASE=" + scratch_.name();
    options.password = attribute(scratch_.auditor_connection(), "PWD");
    if (GetParam() == Product::mariadb) {
        scratch_.admin().run("GRANT SELECT ON " + scratch_.name() + ".* TO " + scratch_.auditor());
    }
    Session session(options);
    EXPECT_EQ(session.dialect().name(), to_string(GetParam()));
    EXPECT_TRUE(session.missing_safeguards().empty());
    EXPECT_EQ(session.rows("SELECT 'ä€😀'"), (std::vector<sql::Row>{{"ä€😀"}}));
    EXPECT_THROW(session.rows("CREATE TABLE more (id INTEGER)"), sql::QueryError);
}

TEST_P(Connect, WithAWrongPasswordIsNotPermitted) {
    auto options = scratch_.options();
    options.password = "not-the-password";
    const Refusal refusal = refusal_of(options);
    EXPECT_EQ(refusal.reason, Reason::not_permitted) << refusal.text;
    EXPECT_THAT(refusal.text, HasSubstr("refused account 'admin'"));
    EXPECT_THAT(refusal.text, Not(HasSubstr("not-the-password")));
}

TEST_P(Connect, ToAPortWithoutAServerIsUnreachable) {
    const Refusal refusal = refusal_of(with(scratch_.connection(), "PORT", "1"));
    EXPECT_EQ(refusal.reason, Reason::unreachable) << refusal.text;
    EXPECT_THAT(refusal.text, HasSubstr("cannot reach 127.0.0.1 port 1"));
}

TEST_P(Connect, ToADatabaseThatIsNotThereIsUnreachable) {
    const Refusal refusal = refusal_of(with(scratch_.connection(), "DATABASE", "crm_of_nobody"));
    EXPECT_EQ(refusal.reason, Reason::unreachable) << refusal.text;
    EXPECT_THAT(refusal.text, HasSubstr("no database 'crm_of_nobody'"));
}

INSTANTIATE_TEST_SUITE_P(, Connect, testing::Values(Product::postgresql, Product::mariadb),
                         testing::PrintToStringParamName());

TEST(ConnectThroughOdbc, NamesTheDriverThatIsMissing) {
    const Refusal refusal = refusal_of("DRIVER=Nope;DATABASE=x");
    EXPECT_EQ(refusal.reason, Reason::configuration) << refusal.text;
    EXPECT_THAT(refusal.text, HasSubstr("'Nope' is not installed"));
}

TEST(ConnectThroughOdbc, NamesTheDataSourceThatIsMissing) {
    const Refusal refusal = refusal_of("DSN=crm_of_nobody");
    EXPECT_EQ(refusal.reason, Reason::configuration) << refusal.text;
    EXPECT_THAT(refusal.text, HasSubstr("'crm_of_nobody'"));
}

TEST(ConnectThroughOdbc, RefusesAStringThatIsNone) {
    EXPECT_EQ(refusal_of("").reason, Reason::configuration);
    EXPECT_EQ(refusal_of("crm").reason, Reason::configuration);
}

TEST(ConnectThroughOdbc, RefusesAnIntentThatWouldEndTheProcess) {
    const Refusal refusal = refusal_of("DRIVER=FreeTDS;SERVER=127.0.0.1;PORT=1;ApplicationIntent=Bogus");
    EXPECT_EQ(refusal.reason, Reason::configuration) << refusal.text;
}

TEST(ConnectToSqlite, TellsATextFileAndAMissingFileFromADatabase) {
    const TemporaryDirectory directory;
    const std::string text_file = (directory.path() / "notes.txt").string();
    std::ofstream(text_file) << "this is a text, and long enough to be taken for a page of a database";
    const Refusal text = refusal_of("DRIVER=SQLite3;DATABASE=" + text_file);
    EXPECT_EQ(text.reason, Reason::unreachable);
    EXPECT_THAT(text.text, HasSubstr(text_file + " is not an SQLite database"));
    const Refusal missing = refusal_of("DRIVER=SQLite3;DATABASE=" + text_file + ".db");
    EXPECT_EQ(missing.reason, Reason::unreachable);
    EXPECT_THAT(missing.text, HasSubstr(text_file + ".db does not exist"));
}

}  // namespace
}  // namespace crmaudit::live
