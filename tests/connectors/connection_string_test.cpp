#include "connectors/connection_string.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/database.h"

namespace crmaudit::connectors {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(ConnectionAttributes, AreUpperCaseKeysWithTheirValuesInOrder) {
    EXPECT_THAT(connection_attributes("Driver=SQLite3; Database = /var/crm.db ;"),
                ElementsAre(Pair("DRIVER", "SQLite3"), Pair("DATABASE", "/var/crm.db")));
}

TEST(ConnectionAttributes, LoseTheirBraces) {
    EXPECT_THAT(connection_attributes("DRIVER={PostgreSQL Unicode};PWD={a;b}}c=d};UID=x"),
                ElementsAre(Pair("DRIVER", "PostgreSQL Unicode"), Pair("PWD", "a;b}c=d"), Pair("UID", "x")));
}

TEST(ConnectionAttributes, FindAPasswordHoweverItIsWritten) {
    for (const char* text : {"pwd=x", " PWD =x", "DSN=a; Pwd = {x}", ";;pWd=x"}) {
        const auto attributes = connection_attributes(text);
        const std::string* password = find_attribute(attributes, "PWD");
        ASSERT_NE(password, nullptr) << text;
        EXPECT_EQ(*password, "x") << text;
    }
}

TEST(ConnectionAttributes, TakeWhatTheyCanFromMalformedText) {
    EXPECT_THAT(connection_attributes("nonsense;UID=x;PWD={open"),
                ElementsAre(Pair("NONSENSE", ""), Pair("UID", "x"), Pair("PWD", "open")));
    EXPECT_THAT(connection_attributes(""), ElementsAre());
    EXPECT_THAT(connection_attributes(" ; ;"), ElementsAre());
}

TEST(ConnectionString, ReadsBackAsTheSameAttributes) {
    const Attributes attributes{{"DRIVER", "MariaDB Unicode"},
                                {"DATABASE", "file:/a b?mode=ro&x=1"},
                                {"UID", ""},
                                {"PWD", " {a;}}b} 'ß\" "},
                                {"PQOPT", "connect_timeout=30"}};
    EXPECT_EQ(connection_attributes(connection_string(attributes)), attributes);
}

TEST(ConnectionString, SetsAnAttributeInItsPlace) {
    Attributes attributes{{"A", "1"}, {"B", "2"}};
    set_attribute(attributes, "A", "3");
    set_attribute(attributes, "C", "4");
    EXPECT_THAT(attributes, ElementsAre(Pair("A", "3"), Pair("B", "2"), Pair("C", "4")));
}

TEST(ConnectionString, IsAtFaultWithoutADriverOrADataSource) {
    EXPECT_TRUE(connection_string_fault(""));
    EXPECT_TRUE(connection_string_fault("SERVER=x"));
    EXPECT_TRUE(connection_string_fault("DRIVER=x;nonsense"));
    EXPECT_TRUE(connection_string_fault("=x;DRIVER=y"));
    EXPECT_FALSE(connection_string_fault("DRIVER=x;"));
    EXPECT_FALSE(connection_string_fault("dsn=x"));
}

TEST(ConnectionString, DoesNotRepeatASecretWhenItIsAtFault) {
    const auto fault = connection_string_fault("DRIVER=x;PWD={secret");
    ASSERT_TRUE(fault);
    EXPECT_THAT(*fault, HasSubstr("PWD"));
    EXPECT_THAT(*fault, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace crmaudit::connectors
