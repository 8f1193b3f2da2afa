#include "auditor/engine/fused.h"

#include <gtest/gtest.h>

namespace crmaudit::engine {
namespace {

TEST(Fused, SumsCountsAndKeepsTheOutermostDayOverTheYears) {
    Fused fused;
    const auto all = fused.add_count({});
    const auto some = fused.add_count(holds("a"));
    const auto first = fused.add({sql::Measure::What::earliest, {}, "made"});
    const auto last = fused.add({sql::Measure::What::latest, {}, "made"});
    fused.set_rows({{"2024", "7", "2", "2024-02-29", "2024-12-31"},
                    {"1800", "3", "3", std::nullopt, std::nullopt},
                    {"2020", "10", "0", "2020-01-01", "2020-05-05"}},
                   true);
    EXPECT_EQ(fused.count(all), 20);
    EXPECT_EQ(fused.count(some), 5);
    EXPECT_EQ(fused.day(first), parse_date("2020-01-01"));
    EXPECT_EQ(fused.day(last), parse_date("2024-12-31"));
    EXPECT_EQ(fused.ages(all, some), (std::vector<AgeBar>{{2020, 2020, 10, 0}, {2024, 2024, 7, 2}}));
}

TEST(Fused, AnEmptyTableByYearCountsAsNone) {
    Fused fused;
    const auto all = fused.add_count({});
    fused.set_rows({}, true);
    EXPECT_EQ(fused.count(all), 0);
    EXPECT_TRUE(fused.ages(all, all).empty());
}

TEST(Fused, RefusesAnIncompleteAnswer) {
    Fused fused;
    fused.add_count({});
    EXPECT_THROW(fused.set_rows({}), sql::QueryError);
    EXPECT_THROW(fused.set_rows({{"1"}, {"2"}}), sql::QueryError);
    EXPECT_THROW(fused.set_rows({{"2024"}}, true), sql::QueryError);
}

TEST(Fused, RefusesACountThatIsNoNumber) {
    Fused fused;
    const auto all = fused.add_count({});
    fused.set_rows({{std::nullopt}});
    EXPECT_THROW(fused.count(all), sql::QueryError);
}

}  // namespace
}  // namespace crmaudit::engine
