#include "auditor/model/condition.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

TEST(Condition, NeutralPartsVanishWhileItIsBuilt) {
    const Condition flag = holds("tracked");
    EXPECT_EQ(all({{}, flag, {}}), flag);
    EXPECT_EQ(any({any({}), flag}), flag);
    EXPECT_EQ(all({}), Condition{});
    EXPECT_TRUE(never(any({})));
    EXPECT_TRUE(never(all({flag, any({})})));
    EXPECT_EQ(any({flag, {}}), Condition{});
}

TEST(Condition, NegationsCancelOut) {
    const Condition flag = holds("tracked");
    EXPECT_EQ(negate(negate(flag)), flag);
    EXPECT_TRUE(never(negate(Condition{})));
    EXPECT_EQ(negate(any({})), Condition{});
}

TEST(Condition, WalksEveryOperandInOrder) {
    const Condition condition =
        all({missing(column("a")), any({holds("b"), {LaterThan{attribute("c"), attribute("d"), Period{}}}}),
             negate({OneOf{column("e"), {"1"}}})});
    std::string names;
    for_each_operand(condition, [&](const Operand& operand) { names += operand.name; });
    EXPECT_EQ(names, "abcde");
}

}  // namespace
}  // namespace crmaudit
