#include <gtest/gtest.h>

#include "auditor/checks/check.h"

namespace crmaudit::checks {
namespace {

using Bars = std::vector<AgeBar>;

TEST(AgeBars, StayWhereEachStandsForEnough) {
    const Bars bars{{2019, 2019, 10, 5}, {2020, 2020, 5, 0}};
    EXPECT_EQ(without_small_bars(bars, 5), bars);
}

TEST(AgeBars, SmallOnesAreMergedWithTheirNeighbours) {
    EXPECT_EQ(without_small_bars({{2015, 2015, 2, 2}, {2018, 2018, 4, 4}, {2020, 2020, 9, 0}}, 5),
              (Bars{{2015, 2018, 6, 6}, {2020, 2020, 9, 0}}));
    EXPECT_EQ(without_small_bars({{2015, 2015, 9, 9}, {2018, 2018, 4, 0}}, 5), (Bars{{2015, 2018, 13, 9}}));
}

TEST(AgeBars, FewAffectedAmongManyAreHiddenToo) {
    EXPECT_EQ(without_small_bars({{2022, 2022, 100, 80}, {2023, 2023, 100, 1}, {2024, 2024, 50, 0}}, 5),
              (Bars{{2022, 2024, 250, 81}}));
}

TEST(AgeBars, NothingIsToldOfFewerPersonsThanThat) {
    EXPECT_TRUE(without_small_bars({{2015, 2015, 2, 2}, {2018, 2018, 2, 2}}, 5).empty());
    EXPECT_TRUE(without_small_bars({}, 5).empty());
}

}  // namespace
}  // namespace crmaudit::checks
