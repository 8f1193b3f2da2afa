// What follows from a condition that is met already, and need not be asked again.
#include "reports/purge/implied.h"

#include <gtest/gtest.h>

namespace crmaudit::reports::purge {
namespace {

const Condition stale{Holds{attribute("stale")}};
const Condition held{Holds{attribute("held")}};
const Condition customer{Holds{attribute("customer")}};

TEST(Implied, IsWhatIsSaidWordForWord) {
    EXPECT_TRUE(is_implied(stale, stale));
    EXPECT_TRUE(is_implied(stale, all({stale, negate(held)})));
    EXPECT_TRUE(is_implied(all({negate(held), stale}), all({stale, negate(held)})));
    EXPECT_TRUE(is_implied(Condition{}, stale));
}

TEST(Implied, IsFoundInWhatIsNested) {
    const Condition found{All{{stale, negate(customer)}}};
    EXPECT_TRUE(is_implied(Condition{All{{found, negate(customer)}}}, found));
    EXPECT_TRUE(is_implied(negate(customer), Condition{All{{found, negate(held)}}}));
}

TEST(Implied, IsNothingThatNobodyHasSaid) {
    EXPECT_FALSE(is_implied(stale, Condition{}));
    EXPECT_FALSE(is_implied(held, negate(held)));
    EXPECT_FALSE(is_implied(all({stale, negate(held)}), stale));
    EXPECT_FALSE(is_implied(stale, any({stale, held})));
    // It follows, but not by comparing: to ask again is never wrong.
    EXPECT_FALSE(is_implied(any({stale, held}), stale));
}

}  // namespace
}  // namespace crmaudit::reports::purge
