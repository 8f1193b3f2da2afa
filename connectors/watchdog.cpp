#include "connectors/watchdog.h"

namespace crmaudit::connectors {
namespace {

constexpr std::chrono::milliseconds between_interrupts{100};

}  // namespace

Watchdog::Watchdog(std::function<void()> interrupt) : interrupt_(std::move(interrupt)), thread_([this] { run(); }) {}

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

Watchdog::Watch::Watch(Watchdog& watchdog, std::optional<Clock::duration> limit) : watchdog_(watchdog) {
    {
        const std::lock_guard lock(watchdog_.mutex_);
        watchdog_.watching_ = true;
        watchdog_.timed_out_ = false;
        watchdog_.deadline_ = limit ? Clock::now() + *limit : Clock::time_point::max();
    }
    watchdog_.changed_.notify_all();
}

Watchdog::Watch::~Watch() {
    std::unique_lock lock(watchdog_.mutex_);
    watchdog_.watching_ = false;
    watchdog_.changed_.wait(lock, [this] { return !watchdog_.interrupting_; });
}

void Watchdog::cancel() noexcept {
    {
        const std::lock_guard lock(mutex_);
        cancelled_ = true;
    }
    changed_.notify_all();
}

bool Watchdog::due() const { return watching_ && (cancelled_ || Clock::now() >= deadline_); }

void Watchdog::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (!due()) {
            if (watching_ && deadline_ != Clock::time_point::max()) {
                changed_.wait_until(lock, deadline_);
            } else {
                changed_.wait(lock);
            }
            continue;
        }
        timed_out_ = timed_out_ || !cancelled_;
        interrupting_ = true;
        lock.unlock();
        interrupt_();
        lock.lock();
        interrupting_ = false;
        changed_.notify_all();
        changed_.wait_for(lock, between_interrupts, [this] { return stopping_ || !watching_; });
    }
}

}  // namespace crmaudit::connectors
