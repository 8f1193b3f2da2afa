// What passes for a host of another machine, and what must not.
#include "auditor/model/location.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

std::string read(std::string_view text) {
    const NamedHosts named = other_hosts_in(text);
    if (!named.understood) return named.hosts.empty() ? "?" : "? with hosts";
    std::string hosts;
    for (const std::string& host : named.hosts) hosts += (hosts.empty() ? "" : " ") + host;
    return hosts;
}

TEST(OtherHosts, AreReducedToTheHost) {
    EXPECT_EQ(read("smtp.example.org"), "smtp.example.org");
    EXPECT_EQ(read("  SMTP.Example.ORG.  "), "smtp.example.org");
    EXPECT_EQ(read("smtp.example.org:587"), "smtp.example.org");
    EXPECT_EQ(read("ssl://smtp.example.org:465"), "smtp.example.org");
    EXPECT_EQ(read("https://user:s3cret@store.example.com:9000/bucket?key=1#x"), "store.example.com");
    EXPECT_EQ(read("erika@example.org"), "example.org");
    EXPECT_EQ(read("//ora.example.org:1521/crm"), "ora.example.org");
    EXPECT_EQ(read("192.0.2.7:3306"), "192.0.2.7");
    EXPECT_EQ(read("2001:db8::7"), "2001:db8::7");
    EXPECT_EQ(read("[2001:DB8::7]:25"), "2001:db8::7");
    EXPECT_EQ(read("db"), "db");
    EXPECT_EQ(read("m\xC3\xBCller.example"), "m\xC3\xBCller.example");
}

TEST(OtherHosts, AreListedOnceEach) {
    EXPECT_EQ(read("a.example.org;b.example.org, a.example.org:25 ,"), "a.example.org b.example.org");
    EXPECT_EQ(read("localhost,b.example.org"), "b.example.org");
}

TEST(OtherHosts, AreNotThisMachine) {
    for (const char* text :
         {"", " ", "localhost", "LOCALHOST:25", "127.0.0.1", "127.1.2.3:5432", "::1", "[::1]:25", "/var/run/postgresql",
          "@socket", "unix:///run/mail.sock", "file:///data", "mail.localhost", "localhost.localdomain",
          "::ffff:127.0.0.1", "0.0.0.0", "http://localhost/x"}) {
        EXPECT_EQ(read(text), "") << text;
    }
}

TEST(OtherHosts, NoPartOfAnythingElseIsGiven) {
    for (const char* text : {"see the manual", "587", "a:b", "https://user:pa/ss@store.example.com/", "https://",
                             "PWD=x", "{\"host\":\"x\"}", "-x.example.org", "[2001:db8::7", "[x]:1", "host:123456",
                             "a.example.org,see the manual", "x@y@z:w", "*.example.org"}) {
        EXPECT_EQ(read(text), "?") << text;
    }
    EXPECT_EQ(read(std::string(254, 'a')), "?");
    EXPECT_EQ(read("a\0b"), "a");
    EXPECT_EQ(read({"a\0b", 3}), "?");
}

TEST(DeclaredHosts, AreMatchedByPatternsWithoutCase) {
    EXPECT_TRUE(is_declared_host("smtp.example.org", {"*.Example.org"}));
    EXPECT_TRUE(is_declared_host("192.0.2.7", {"192.0.2.?"}));
    EXPECT_FALSE(is_declared_host("smtp.example.org.evil.example", {"*.example.org"}));
    EXPECT_FALSE(is_declared_host("example.org", {}));
}

}  // namespace
}  // namespace crmaudit
