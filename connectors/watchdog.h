// Ends statements that run too long, and the one that runs when the whole job is cancelled.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace crmaudit::connectors {

class Watchdog {
public:
    using Clock = std::chrono::steady_clock;

    /// `interrupt` is called from a thread of its own, again and again until the statement has ended: one that comes
    /// just before the driver starts the statement goes unheard. It must not throw.
    explicit Watchdog(std::function<void()> interrupt);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// A statement is watched for as long as this lives; its end waits for an interrupt that is under way.
    class Watch {
    public:
        Watch(Watchdog& watchdog, std::optional<Clock::duration> limit);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        /// The limit has passed and the statement has been interrupted.
        bool timed_out() const { return watchdog_.timed_out_; }

    private:
        Watchdog& watchdog_;
    };

    /// From now on every watched statement is interrupted. May be called from any thread.
    void cancel() noexcept;
    bool cancelled() const { return cancelled_; }

private:
    void run();
    bool due() const;

    std::function<void()> interrupt_;
    std::atomic<bool> cancelled_ = false;
    std::atomic<bool> timed_out_ = false;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool watching_ = false;
    bool interrupting_ = false;
    bool stopping_ = false;
    Clock::time_point deadline_ = Clock::time_point::max();
    std::thread thread_;
};

}  // namespace crmaudit::connectors
