#include "auditor/access/host_rules.h"

#include <gtest/gtest.h>

namespace crmaudit::access {
namespace {

using Id = Permissions::Id;
using Ids = std::vector<Id>;
using Rule = Permissions::HostRule;

Rule rule(const char* type, std::vector<std::string> databases, std::vector<std::string> users, const char* address,
          const char* method = "scram-sha-256") {
    return {1, type, std::move(databases), std::move(users), address, method};
}

TEST(HostRules, TellFromWhereAnAccountMayCome) {
    for (const char* host : {"%", "", "%%", "_%", "%.%", "1%", "%.com", "0.0.0.0/0.0.0.0", "%.0.1"})
        EXPECT_EQ(origin_of_host(host), Origin::anywhere) << host;
    for (const char* host : {"10.%", "192.168.1.%", "10.0.0.7", "10.0.0.0/255.0.0.0", "db.example.org", "%.example.org",
                             "web%.example.org"})
        EXPECT_EQ(origin_of_host(host), Origin::somewhere) << host;
    for (const char* host : {"localhost", "127.0.0.1", "127.%", "::1"})
        EXPECT_EQ(origin_of_host(host), Origin::this_machine) << host;
}

TEST(HostRules, TellFromWhereALineLetsIn) {
    const auto origin = [](const char* type, const char* address) { return origin_of(rule(type, {}, {}, address)); };
    EXPECT_EQ(origin("local", ""), Origin::this_machine);
    EXPECT_EQ(origin("host", "samehost"), Origin::this_machine);
    EXPECT_EQ(origin("host", "127.0.0.1/255.255.255.255"), Origin::this_machine);
    EXPECT_EQ(origin("host", "samenet"), Origin::somewhere);
    EXPECT_EQ(origin("host", "10.0.0.0/255.0.0.0"), Origin::somewhere);
    EXPECT_EQ(origin("host", ".example.org"), Origin::somewhere);
    EXPECT_EQ(origin("host", "db.example.org"), Origin::somewhere);
    EXPECT_EQ(origin("host", ".org"), Origin::anywhere);
    EXPECT_EQ(origin("host", "all"), Origin::anywhere);
    EXPECT_EQ(origin("host", "::/::"), Origin::anywhere);
}

TEST(HostRules, TellWhichLinesAdmitPlainConnections) {
    for (const char* type : {"host", "hostnossl", "hostnogssenc"}) EXPECT_TRUE(admits_plain(rule(type, {}, {}, "all")));
    for (const char* type : {"local", "hostssl", "hostgssenc"}) EXPECT_FALSE(admits_plain(rule(type, {}, {}, "all")));
}

class Admission : public ::testing::Test {
protected:
    Admission() {
        for (const char* name : {"anna", "bert", "sales", "crm", "staff"})
            permissions_.principals.push_back({.name = name});
        permissions_.principals[0].can_login = permissions_.principals[1].can_login = true;
        permissions_.principals[3].can_login = true;
        permissions_.memberships = {{2, 0, false, true, false}, {4, 2, true, true, false}};
    }
    Ids of(const Rule& each) const { return admitted(permissions_, each, "crm"); }

    Permissions permissions_;
};

TEST_F(Admission, FollowsNamesRolesAndDatabases) {
    EXPECT_EQ(of(rule("host", {"all"}, {"all"}, "all")), (Ids{0, 1, 3}));
    EXPECT_EQ(of(rule("host", {"crm"}, {"bert"}, "all")), Ids{1});
    EXPECT_EQ(of(rule("host", {"shop"}, {"all"}, "all")), Ids{});
    EXPECT_EQ(of(rule("host", {"all"}, {"+staff"}, "all")), Ids{0}) << "through the role sales";
    EXPECT_EQ(of(rule("host", {"all"}, {"staff"}, "all")), Ids{});
    EXPECT_EQ(of(rule("host", {"sameuser"}, {"all"}, "all")), Ids{3});
    EXPECT_EQ(of(rule("host", {"samerole"}, {"all"}, "all")), Ids{3});
    EXPECT_EQ(of(rule("host", {"all"}, {"/^b"}, "all")), (Ids{0, 1, 3})) << "an expression may mean anybody";
    EXPECT_EQ(of(rule("host", {"all"}, {"all"}, "all", "reject")), Ids{});
}

TEST_F(Admission, LetsThoseReplicateWhoMay) {
    EXPECT_EQ(of(rule("host", {"replication"}, {"all"}, "all")), Ids{});
    permissions_.principals[1].replicates = true;
    EXPECT_EQ(of(rule("host", {"replication"}, {"all"}, "all")), Ids{1});
}

TEST_F(Admission, EndsAtTheFirstLineThatFits) {
    const auto reached = [&](const Rule& first, const Rule& second) {
        permissions_.host_rules = {first, second};
        EXPECT_FALSE(is_never_reached(permissions_, 0));
        return !is_never_reached(permissions_, 1);
    };
    const Rule wide = rule("host", {"all"}, {"all"}, "10.0.0.0/8");
    EXPECT_FALSE(reached(wide, rule("host", {"crm"}, {"anna"}, "10.1.0.0/16", "trust")));
    EXPECT_FALSE(reached(wide, rule("hostnossl", {"all"}, {"all"}, "10.0.0.0/255.0.0.0", "trust")));
    EXPECT_TRUE(reached(wide, rule("host", {"all"}, {"all"}, "0.0.0.0/0", "trust")));
    EXPECT_TRUE(reached(wide, rule("local", {"all"}, {"all"}, "", "trust")));
    EXPECT_TRUE(reached(wide, rule("host", {"replication"}, {"all"}, "10.0.0.0/8", "trust")));
    EXPECT_TRUE(reached(rule("hostssl", {"all"}, {"all"}, "all"), rule("host", {"all"}, {"all"}, "all", "trust")));
    EXPECT_TRUE(reached(rule("host", {"all"}, {"anna"}, "all"), rule("host", {"all"}, {"all"}, "all", "trust")));
    EXPECT_FALSE(reached(rule("host", {"all"}, {"all"}, "all"), rule("host", {"all"}, {"all"}, ".org", "trust")));
}

TEST(HostRules, AreWrittenAsInTheFile) {
    EXPECT_EQ(text_of(rule("local", {"all"}, {"all"}, "", "peer")), "local all all peer");
    EXPECT_EQ(text_of(rule("host", {"a", "b"}, {"+staff"}, "10.0.0.0/255.0.0.0", "md5")),
              "host a,b +staff 10.0.0.0/8 md5");
    EXPECT_EQ(text_of(rule("host", {"all"}, {"all"}, "samenet", "md5")), "host all all samenet md5");
}

}  // namespace
}  // namespace crmaudit::access
