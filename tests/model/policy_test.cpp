#include "auditor/model/policy.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace crmaudit {
namespace {

Rule with(const std::string& value) {
    Rule rule;
    rule.id = "unused";
    rule.parameters = {{"rows", value}};
    return rule;
}

TEST(RuleParameters, AreReadAsWholeNumbers) {
    EXPECT_EQ(with("100").number("rows", 5), 100);
    EXPECT_EQ(with("0").number("rows", 5), 0);
    EXPECT_EQ(with("100").number("share", 5), 5) << "not set";
}

TEST(RuleParameters, ThatAreNoNumberAreRefusedByName) {
    for (const char* value : {"many", "10 rows", "1.5", "99999999999999999999"}) {
        try {
            with(value).number("rows", 5);
            ADD_FAILURE() << value;
        } catch (const std::invalid_argument& error) {
            EXPECT_STREQ(error.what(), "rule unused: parameter rows must be a whole number");
        }
    }
}

}  // namespace
}  // namespace crmaudit
