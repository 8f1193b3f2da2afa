#include "auditor/sql/sample_positions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>

namespace crmaudit::sql {
namespace {

using Positions = std::vector<std::int64_t>;

TEST(SamplePositions, TakeOneOfEachStretch) {
    const Positions positions = sample_positions(1000003, 1000, 7);
    ASSERT_EQ(positions.size(), 1000U);
    EXPECT_TRUE(std::is_sorted(positions.begin(), positions.end()));
    for (std::size_t i = 0; i < positions.size(); ++i) {
        EXPECT_GT(positions[i], static_cast<std::int64_t>(i) * 1000) << i;
        EXPECT_LE(positions[i], static_cast<std::int64_t>(i + 1) * 1001) << i;
    }
}

TEST(SamplePositions, AreAllWhereThereAreNoMore) {
    EXPECT_EQ(sample_positions(3, 5, 1), (Positions{1, 2, 3}));
    EXPECT_EQ(sample_positions(3, 3, 1), (Positions{1, 2, 3}));
    EXPECT_EQ(sample_positions(0, 5, 1), Positions{});
    EXPECT_EQ(sample_positions(5, 0, 1), Positions{});
}

TEST(SamplePositions, FollowFromTheSeedAlone) {
    EXPECT_EQ(sample_positions(5000, 10, 3), sample_positions(5000, 10, 3));
    EXPECT_NE(sample_positions(5000, 10, 3), sample_positions(5000, 10, 4));
    EXPECT_NE(seed_for(1, "persons"), seed_for(1, "contacts"));
    EXPECT_NE(seed_for(1, "persons"), seed_for(2, "persons"));
    EXPECT_EQ(seed_for(1, "persons"), seed_for(1, "persons"));
}

TEST(SamplePositions, GiveEachRowTheSameChanceTheFirstAndTheLastToo) {
    std::map<std::int64_t, int> met;
    for (std::uint64_t seed = 0; seed < 10000; ++seed) {
        for (const auto position : sample_positions(20, 2, seed_for(seed, "persons"))) ++met[position];
    }
    ASSERT_EQ(met.size(), 20U);
    for (const auto& [position, count] : met) EXPECT_NEAR(count, 1000, 150) << position;
}

TEST(SamplePositions, StayWithinTheLargestTable) {
    constexpr std::int64_t total = std::numeric_limits<std::int64_t>::max() / 2;
    const Positions positions = sample_positions(total, 1000, 1);
    EXPECT_GT(positions.front(), 0);
    EXPECT_GT(positions.back(), total / 1000 * 998);
    EXPECT_LE(positions.back(), total);
}

}  // namespace
}  // namespace crmaudit::sql
