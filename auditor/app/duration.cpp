#include "auditor/app/duration.h"

#include <cctype>
#include <charconv>

namespace crmaudit::app {
namespace {

/// Seconds in one of the unit, and how far left it may stand: hours before minutes before seconds.
struct Unit {
    long seconds;
    int rank;
};

std::optional<Unit> unit(char letter) {
    switch (std::tolower(static_cast<unsigned char>(letter))) {
        case 'h': return Unit{3600, 3};
        case 'm': return Unit{60, 2};
        case 's': return Unit{1, 1};
        default: return std::nullopt;
    }
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    constexpr long longest = 7 * 24 * 3600;
    const bool iso = text.starts_with("PT");
    if (iso) text.remove_prefix(2);
    long total = 0;
    int rank = 4;
    while (!text.empty()) {
        long number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || number < 0 || number > longest) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const bool bare = text.empty() && rank == 4 && !iso;
        const std::optional<Unit> found = bare ? Unit{1, 1} : text.empty() ? std::nullopt : unit(text.front());
        if (!found || found->rank >= rank) return std::nullopt;
        rank = found->rank;
        total += number * found->seconds;
        if (!text.empty()) text.remove_prefix(1);
    }
    if (total <= 0 || total > longest) return std::nullopt;
    return std::chrono::seconds{total};
}

}  // namespace crmaudit::app
