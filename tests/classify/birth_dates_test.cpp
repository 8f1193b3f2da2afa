// Dates of birth are told from other dates by their spread alone.
#include "auditor/classify/birth_dates.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/support/dice.h"

namespace crmaudit::classify {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

const Date as_of{std::chrono::year{2026}, std::chrono::month{6}, std::chrono::day{15}};
const std::chrono::sys_days today{as_of};

bool on_weekend(sys_days day) {
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

/// A day between these many years before the audit.
sys_days ago(test::Dice& dice, int most, int least) { return today - days{dice.between(least * 365, most * 365)}; }

sys_days workday(test::Dice& dice, int most, int least) {
    sys_days day = ago(dice, most, least);
    while (on_weekend(day)) day -= days{1};
    return day;
}

/// Grown persons of all ages, the middle ones most.
sys_days birth(test::Dice& dice) { return today - days{dice.between(18 * 365, 52 * 365) + dice.between(0, 36 * 365)}; }

std::string iso(sys_days day) { return to_string(Date{day}); }

std::string in_form(sys_days day, const std::string& form) {
    const std::string text = iso(day);
    std::string result;
    for (const char c : form) {
        if (c == 'y')
            result += text.substr(0, 4);
        else if (c == 'm')
            result += text.substr(5, 2);
        else if (c == 'd')
            result += text.substr(8, 2);
        else
            result += c;
    }
    return result;
}

std::int64_t counted(const std::function<std::string(test::Dice&)>& make, int size = 500) {
    BirthDates dates{as_of};
    test::Dice dice{11};
    for (int i = 0; i < size; ++i) dates.add(make(dice));
    return dates.result();
}

TEST(BirthDates, AreSeenInEveryFormOfADay) {
    for (const std::string form :
         {"y-m-d", "d.m.y", "m/d/y", "d/m/y", "d-m-y", "ymd", "y/m/d", "y-m-d 00:00:00", "y-m-dT23:00:00Z"}) {
        EXPECT_EQ(counted([&](test::Dice& dice) { return in_form(birth(dice), form); }), 500) << form;
    }
}

TEST(BirthDates, MayLackHereAndThere) {
    EXPECT_GT(counted([](test::Dice& dice) {
                  const auto what = dice.below(20);
                  if (what == 0) return std::string{"1900-01-01"};
                  if (what == 1) return std::string{"0000-00-00"};
                  if (what == 2) return std::string{"unbekannt"};
                  const std::string day = iso(birth(dice));
                  return what < 7 ? day.substr(0, 4) + "-01-01" : day;
              }),
              350);
}

TEST(BirthDates, AreNotContracts) {
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(ago(dice, 15, 0)); }), 0);
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(workday(dice, 40, 0)); }), 0);
}

TEST(BirthDates, AreNotMomentsOfCreationInAnOldDatabase) {
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(workday(dice, 45, 16)); }), 0) << "hardly ever on a weekend";
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(ago(dice, 50, 16)) + " " + dice.fill("1#:4#:5#"); }), 0)
        << "with minutes";
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(ago(dice, 30, 18)); }), 0) << "over too few years";
}

TEST(BirthDates, AreNotFoundingsOfCompanies) {
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(workday(dice, 120, 0)); }), 0);
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(workday(dice, 75, 18)); }), 0);
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(birth(dice)).substr(0, 8) + "01"; }), 0) << "all on a first";
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(birth(dice)).substr(0, 4) + "-01-01"; }), 0) << "years alone";
}

TEST(BirthDates, AreNotDueInFuture) {
    EXPECT_EQ(counted([](test::Dice& dice) {
                  return dice.below(20) == 0 ? iso(today + days{dice.between(1, 900)}) : iso(birth(dice));
              }),
              0);
}

TEST(BirthDates, AreNoNumbersThatHappenToBeDays) {
    EXPECT_EQ(counted([](test::Dice& dice) { return dice.fill("19######"); }), 0);
    EXPECT_EQ(counted([](test::Dice& dice) { return dice.fill("1.2.####"); }), 0);
}

TEST(BirthDates, NeedMoreThanAFew) {
    EXPECT_EQ(counted([](test::Dice& dice) { return iso(birth(dice)); }, 19), 0);
    EXPECT_EQ(counted([](test::Dice&) { return std::string{"-"}; }), 0);
}

}  // namespace
}  // namespace crmaudit::classify
