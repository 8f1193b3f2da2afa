// SIGINT, SIGTERM (SIGHUP counts as one) and the end of --max-runtime. A thread waits for them; what runs on the
// database server is cancelled there, and nothing half-written stays.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace crmaudit::app {

class Interruption {
public:
    /// Blocks the signals for this thread and all it starts; to be called before another thread exists.
    static void block_signals();

    /// `abandon` ends the process at once: it is called for a signal while nothing is guarded, for a second signal, and
    /// when the run does not end soon after it was cancelled. It must not return.
    Interruption(std::optional<std::chrono::seconds> limit, std::function<void(int signal)> abandon);
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    /// From now on the first signal, and the end of time, call `cancel` (from another thread) instead of abandoning. It
    /// must be something that makes this thread come back soon.
    void guard(std::function<void()> cancel);

    /// The signal that came while something was guarded; 0 for none.
    int signal() const { return signal_; }
    bool out_of_time() const { return out_of_time_; }

private:
    void wait(std::optional<std::chrono::seconds> limit);
    void on_signal(int number);
    void on_end_of_time();

    std::function<void(int)> abandon_;
    std::mutex mutex_;
    std::function<void()> cancel_;
    std::atomic<int> signal_ = 0;
    std::atomic<bool> out_of_time_ = false;
    std::atomic<bool> finished_ = false;
    std::thread thread_;
};

}  // namespace crmaudit::app
