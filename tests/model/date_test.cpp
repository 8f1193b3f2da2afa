#include "auditor/model/date.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

Date day(const char* iso) { return parse_date(iso).value(); }
Period period(const char* iso) { return parse_period(iso).value(); }

TEST(Date, ReadsAndWritesIsoDays) {
    EXPECT_EQ(to_string(day("2024-02-29")), "2024-02-29");
    for (const char* wrong : {"", "2026-02-29", "2026-13-01", "2026-1-1", "2026-06-15 ", "20260615", "2026/06/15",
                              "-026-06-15", "+026-06-15", "2026-06- 5"}) {
        EXPECT_FALSE(parse_date(wrong)) << wrong;
    }
}

TEST(Period, ReadsIsoPeriods) {
    EXPECT_EQ(period("P3Y"), (Period{36, 0}));
    EXPECT_EQ(period("P1Y6M2W3D"), (Period{18, 17}));
    EXPECT_EQ(to_string(period("P1Y6M2W3D")), "P1Y6M17D");
    EXPECT_EQ(to_string(period("P0D")), "P0D");
    for (const char* wrong : {"", "P", "3Y", "P3", "PY", "P3M3Y", "P3Y3Y", "PT3H", "P-3Y", "P3.5Y", "P99999999999D"}) {
        EXPECT_FALSE(parse_period(wrong)) << wrong;
    }
}

TEST(Period, ClampsToTheEndOfTheMonth) {
    EXPECT_EQ(add(day("2026-01-31"), period("P1M")), day("2026-02-28"));
    EXPECT_EQ(add(day("2028-01-31"), period("P1M")), day("2028-02-29"));
    EXPECT_EQ(add(day("2024-02-29"), period("P1Y")), day("2025-02-28"));
    EXPECT_EQ(add(day("2026-12-31"), period("P2M")), day("2027-02-28"));
    EXPECT_EQ(add(day("2026-01-31"), period("P1M1D")), day("2026-03-01"));
}

TEST(Cutoff, IsTheFirstStartWhosePeriodHasNotRunOut) {
    EXPECT_EQ(cutoff(day("2026-06-15"), period("P3Y")), day("2023-06-15"));
    EXPECT_EQ(cutoff(day("2026-06-15"), period("P30D")), day("2026-05-16"));
    EXPECT_EQ(cutoff(day("2026-03-31"), period("P1M")), day("2026-03-01"));
    EXPECT_EQ(cutoff(day("2026-02-28"), period("P1M")), day("2026-01-28"));
    EXPECT_EQ(cutoff(day("2027-02-28"), period("P3Y")), day("2024-02-28"));
}

TEST(Cutoff, AgreesWithAddingForEveryDayOfFourYears) {
    for (const char* iso : {"P1M", "P3M", "P1Y", "P7D", "P1M15D"}) {
        const Period each = period(iso);
        for (int offset = 0; offset < 1461; ++offset) {
            const Date as_of = std::chrono::sys_days{day("2024-01-01")} + std::chrono::days{offset};
            const Date limit = cutoff(as_of, each);
            const Date before = std::chrono::sys_days{limit} - std::chrono::days{1};
            ASSERT_GE(add(limit, each), as_of) << iso << " " << to_string(as_of);
            ASSERT_LT(add(before, each), as_of) << iso << " " << to_string(as_of);
        }
    }
}

}  // namespace
}  // namespace crmaudit
