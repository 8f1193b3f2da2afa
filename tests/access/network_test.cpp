#include "auditor/access/network.h"

#include <gtest/gtest.h>

#include <string>

namespace crmaudit::access {
namespace {

Network network(const char* text) {
    const auto found = parse_network(text);
    EXPECT_TRUE(found.has_value()) << text;
    return found.value_or(Network{});
}

TEST(Network, ReadsAddressesWithMasksOfBothForms) {
    EXPECT_EQ(network("10.1.2.3").bits, 32);
    EXPECT_EQ(network("10.0.0.0/8").bits, 8);
    EXPECT_EQ(network("10.0.0.0/255.0.0.0").bits, 8);
    EXPECT_EQ(network("10.0.0.0/255.240.0.0").bits, 12);
    EXPECT_EQ(network("0.0.0.0/0.0.0.0").bits, 0);
    EXPECT_EQ(network("2001:db8::/32").bits, 32);
    EXPECT_EQ(network("fe80::/ffc0::").bits, 10);
    EXPECT_EQ(network("::1").bits, 128);
    EXPECT_EQ(network("::ffff:10.0.0.1").bytes[12], 10);
}

TEST(Network, RefusesWhatIsNone) {
    for (const char* text :
         {"", "all", "db.example.org", "10.0.0", "10.0.0.256", "10.0.0.0/33", "10.0.0.0/x", "1::2::3", "::12345",
          "10.0.0.0/ffff::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "10.%", "-1.0.0.0"}) {
        EXPECT_FALSE(parse_network(text).has_value()) << text;
    }
}

TEST(Network, KnowsWhatLiesInWhat) {
    EXPECT_TRUE(contains(network("10.0.0.0/8"), network("10.200.1.0/24")));
    EXPECT_TRUE(contains(network("0.0.0.0/0"), network("10.200.1.1")));
    EXPECT_TRUE(contains(network("10.128.0.0/9"), network("10.129.0.1")));
    EXPECT_FALSE(contains(network("10.128.0.0/9"), network("10.127.0.1")));
    EXPECT_FALSE(contains(network("10.200.1.0/24"), network("10.0.0.0/8")));
    EXPECT_FALSE(contains(network("0.0.0.0/0"), network("::1")));
    EXPECT_TRUE(contains(network("2001:db8::/32"), network("2001:db8:1::5")));
}

TEST(Network, TellsTheMachineItselfAndTheWholeNet) {
    EXPECT_TRUE(is_loopback(network("127.0.0.1")));
    EXPECT_TRUE(is_loopback(network("127.0.0.0/8")));
    EXPECT_TRUE(is_loopback(network("::1/128")));
    EXPECT_FALSE(is_loopback(network("127.0.0.0/7")));
    EXPECT_FALSE(is_loopback(network("::1/64")));
    EXPECT_FALSE(is_loopback(network("128.0.0.1")));
    EXPECT_TRUE(is_open(network("0.0.0.0/0")));
    EXPECT_TRUE(is_open(network("128.0.0.0/1")));
    EXPECT_TRUE(is_open(network("::/0")));
    EXPECT_FALSE(is_open(network("10.0.0.0/8")));
    EXPECT_FALSE(is_open(network("2001:db8::/32")));
}

}  // namespace
}  // namespace crmaudit::access
