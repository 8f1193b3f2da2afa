// The generator of the demo CRM, which all live counts rest on.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/command.h"

namespace crmaudit {
namespace {

support::CommandResult demo(const std::string& arguments) {
    return support::run(std::string(CRMAUDIT_DEMO_CRM) + ' ' + arguments + " 2>&1");
}

TEST(DemoCrm, GivesTheSameBytesForTheSameArguments) {
    for (const std::string dialect : {"sqlite", "postgresql", "mariadb"}) {
        const auto first = demo(dialect + " 300 --seed 7");
        EXPECT_EQ(first.code, 0);
        EXPECT_GT(first.output.size(), 300'000U);
        EXPECT_EQ(first.output, demo(dialect + " 300 --seed 7").output);
        EXPECT_NE(first.output, demo(dialect + " 300 --seed 8").output);
        EXPECT_NE(first.output, demo(dialect + " 300 --seed 7 --as-of 2026-06-16").output);
    }
}

TEST(DemoCrm, NamesOnlyAddressesAndNumbersThatAreReservedForExamples) {
    const std::string sql = demo("sqlite 300").output;
    std::size_t addresses = 0;
    for (std::size_t at = sql.find('@'); at != std::string::npos; at = sql.find('@', at + 1)) {
        const std::string domain = sql.substr(at + 1, 11);
        EXPECT_TRUE(domain == "example.org" || domain == "example.com" || domain == "example.net" ||
                    domain == "EXAMPLE.ORG" || domain == "EXAMPLE.COM" || domain == "EXAMPLE.NET")
            << domain;
        ++addresses;
    }
    EXPECT_GT(addresses, 300U);
}

TEST(DemoCrm, RefusesArgumentsItDoesNotUnderstand) {
    for (const char* arguments : {"", "oracle 10", "sqlite ten", "sqlite 10 --as-of 2026-02-30", "sqlite 10 --as-of",
                                  "sqlite 10 --colour red"}) {
        EXPECT_EQ(demo(arguments).code, 64) << arguments;
    }
}

}  // namespace
}  // namespace crmaudit
