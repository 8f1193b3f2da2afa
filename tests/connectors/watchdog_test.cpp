#include "connectors/watchdog.h"

#include <gtest/gtest.h>

#include <atomic>

namespace crmaudit::connectors {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

void wait_for(const std::atomic<int>& count, int least) {
    while (count < least) std::this_thread::yield();
}

TEST(Watchdog, InterruptsAStatementAgainAndAgainUntilItHasEnded) {
    std::atomic<int> interrupts = 0;
    Watchdog watchdog([&] { ++interrupts; });
    {
        const Watchdog::Watch watch(watchdog, milliseconds(1));
        wait_for(interrupts, 3);
        EXPECT_TRUE(watch.timed_out());
    }
    EXPECT_FALSE(watchdog.cancelled());
}

TEST(Watchdog, LeavesTheNextStatementAlone) {
    std::atomic<int> interrupts = 0;
    Watchdog watchdog([&] { ++interrupts; });
    {
        const Watchdog::Watch watch(watchdog, milliseconds(1));
        wait_for(interrupts, 1);
    }
    const int before = interrupts;
    const Watchdog::Watch watch(watchdog, hours(1));
    EXPECT_FALSE(watch.timed_out());
    EXPECT_EQ(interrupts, before);
}

TEST(Watchdog, InterruptsTheRunningStatementWhenItIsCancelled) {
    std::atomic<int> interrupts = 0;
    Watchdog watchdog([&] { ++interrupts; });
    const Watchdog::Watch watch(watchdog, std::nullopt);
    watchdog.cancel();
    wait_for(interrupts, 1);
    EXPECT_TRUE(watchdog.cancelled());
    EXPECT_FALSE(watch.timed_out());
}

TEST(Watchdog, InterruptsEveryStatementAfterItWasCancelled) {
    std::atomic<int> interrupts = 0;
    Watchdog watchdog([&] { ++interrupts; });
    watchdog.cancel();
    const Watchdog::Watch watch(watchdog, std::nullopt);
    wait_for(interrupts, 1);
    EXPECT_TRUE(watchdog.cancelled());
}

TEST(Watchdog, LetsAnInterruptFinishBeforeTheStatementIsOver) {
    std::atomic<bool> within = false;
    std::atomic<int> interrupts = 0;
    Watchdog watchdog([&] {
        within = true;
        ++interrupts;
        std::this_thread::sleep_for(milliseconds(5));
        within = false;
    });
    for (int statement = 0; statement < 20; ++statement) {
        const int before = interrupts;
        {
            const Watchdog::Watch watch(watchdog, milliseconds(0));
            wait_for(interrupts, before + 1);
        }
        EXPECT_FALSE(within);
    }
}

}  // namespace
}  // namespace crmaudit::connectors
