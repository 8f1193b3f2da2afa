// The options that say which database is looked at and how: what `audit`, `discover` and `explain --column` share.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/app/settings.h"
#include "auditor/model/result.h"

namespace crmaudit::app {

struct SourceOptions {
    std::string profile;  // "auto", "none", or a name or file
    Date as_of;
    std::optional<std::chrono::seconds> max_runtime;
    std::chrono::seconds statement_limit;
    std::chrono::seconds lock_limit;
    std::vector<std::string> include;
    std::vector<std::string> exclude;
    ContentExtent content = ContentExtent::sample;
    std::uint64_t seed = 1;
    std::vector<std::string> lexicons;  // files that add to those that ship
    std::vector<std::string> patterns;  // likewise
    bool verbose = false;
};

/// Throws Failure for a value that cannot be.
SourceOptions read_source_options(const Settings& settings, Date today);

/// The language of texts; `otherwise` where the option is not given.
std::string read_language(const Settings& settings, const std::string& otherwise);

/// Throws Failure when the value is none of the known ones, with the one that was probably meant.
void require_one_of(const Settings& settings, std::string_view option, const std::string& value,
                    const std::vector<std::string>& known);

/// "a, b, c".
std::string comma_separated(const std::vector<std::string>& words);

}  // namespace crmaudit::app
