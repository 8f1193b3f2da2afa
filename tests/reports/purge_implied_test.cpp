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

Condition nothing_since(const std::string& name, const std::string& day) {
    return negate({Since{attribute(name), parse_date(day).value()}});
}

TEST(Implied, IsNothingSinceALaterDayButNotSinceAnEarlierOne) {
    EXPECT_TRUE(is_implied(nothing_since("visit", "2026-06-15"), nothing_since("visit", "2023-06-15")));
    EXPECT_FALSE(is_implied(nothing_since("visit", "2023-06-14"), nothing_since("visit", "2023-06-15")));
    EXPECT_FALSE(is_implied(nothing_since("letter", "2026-06-15"), nothing_since("visit", "2023-06-15")));
    // Something since a later day is another matter.
    EXPECT_FALSE(
        is_implied(negate(nothing_since("visit", "2026-06-15")), negate(nothing_since("visit", "2023-06-15"))));
}

TEST(Implied, IsNoneOfSeveralWhereEachIsDenied) {
    const Condition neither = negate(any({stale, held}));
    EXPECT_TRUE(is_implied(negate(held), neither));
    EXPECT_TRUE(is_implied(neither, all({negate(held), negate(stale)})));
    EXPECT_FALSE(is_implied(neither, negate(held)));
    EXPECT_FALSE(is_implied(negate(held), negate(all({stale, held}))));
}

TEST(AllOnce, AsksNothingTwiceAndKeepsTheOrder) {
    const Condition found{All{{stale, negate(customer)}}};
    EXPECT_EQ(all_once({found, negate(customer), negate(held), negate(any({held, customer}))}),
              all({stale, negate(customer), negate(held)}));
    EXPECT_EQ(all_once({nothing_since("visit", "2023-06-15"), nothing_since("visit", "2026-06-15")}),
              nothing_since("visit", "2023-06-15"));
    EXPECT_EQ(all_once({any({stale, held}), stale}), all({any({stale, held}), stale}));
}

TEST(AllOnce, IsEveryRowOfNothingAndNoneOfWhatNeverHolds) {
    EXPECT_EQ(all_once({}), Condition{});
    EXPECT_TRUE(never(all_once({stale, any({})})));
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
