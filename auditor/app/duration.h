// Spans of time as people write them: 90, 90s, 10m, 2h, 1h30m, PT10M.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace crmaudit::app {

/// Absent when malformed, zero or longer than a week.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace crmaudit::app
