#include "auditor/app/interruption.h"

#include <pthread.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace crmaudit::app {
namespace {

using Clock = std::chrono::steady_clock;

/// How long a cancelled run may take to come back.
constexpr std::chrono::seconds patience{20};

/// Wakes the waiting thread when the run is over.
constexpr int wake_up = SIGUSR1;

/// A signal that the caller ignores (nohup, a job in the background) stays ignored.
bool is_ignored(int number) {
    struct sigaction action {};
    return ::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

sigset_t awaited() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        if (!is_ignored(number)) ::sigaddset(&set, number);
    }
    ::sigaddset(&set, wake_up);
    return set;
}

timespec until(Clock::time_point end) {
    const auto left = std::max(Clock::duration::zero(), end - Clock::now());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(left - seconds);
    return {static_cast<time_t>(seconds.count()), static_cast<long>(rest.count())};
}

}  // namespace

void Interruption::block_signals() {
    const sigset_t set = awaited();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Interruption::Interruption(std::optional<std::chrono::seconds> limit, std::function<void(int)> abandon)
    : abandon_(std::move(abandon)), thread_([this, limit] { wait(limit); }) {}

Interruption::~Interruption() {
    finished_ = true;
    ::pthread_kill(thread_.native_handle(), wake_up);
    thread_.join();
}

void Interruption::guard(std::function<void()> cancel) {
    const std::lock_guard lock(mutex_);
    cancel_ = std::move(cancel);
    if (cancel_ && (signal_ != 0 || out_of_time_)) cancel_();
}

void Interruption::wait(std::optional<std::chrono::seconds> limit) {
    const sigset_t set = awaited();
    const auto end = Clock::now() + limit.value_or(std::chrono::hours{24 * 365});
    std::optional<Clock::time_point> lost_patience;
    for (;;) {
        const bool time_matters = !out_of_time_;
        auto next = time_matters ? end : Clock::now() + std::chrono::hours{24};
        if (lost_patience) next = std::min(next, *lost_patience);
        const timespec timeout = until(next);
        const int number = ::sigtimedwait(&set, nullptr, &timeout);
        if (finished_) return;
        if (number == SIGINT || number == SIGTERM || number == SIGHUP) {
            on_signal(number == SIGINT ? SIGINT : SIGTERM);
            lost_patience = Clock::now() + patience;
        } else if (number < 0 && errno == EAGAIN) {
            if (lost_patience && Clock::now() >= *lost_patience) abandon_(signal_);
            if (time_matters && Clock::now() >= end) on_end_of_time();
        }
    }
}

void Interruption::on_signal(int number) {
    const std::lock_guard lock(mutex_);
    if (signal_ != 0 || !cancel_) abandon_(signal_ != 0 ? signal_.load() : number);
    signal_ = number;
    cancel_();
}

void Interruption::on_end_of_time() {
    const std::lock_guard lock(mutex_);
    out_of_time_ = true;
    if (cancel_) cancel_();
}

}  // namespace crmaudit::app
