#include "auditor/model/suggestion.h"

#include <algorithm>
#include <numeric>

namespace crmaudit {
namespace {

/// Levenshtein distance: insertions, deletions and replacements of one byte.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string closest(std::string_view given, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 200;
    if (given.size() > longest) return {};
    std::string best;
    std::size_t least = std::max<std::size_t>(1, given.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest) continue;
        const std::size_t changes = distance(given, candidate);
        if (changes >= least) continue;
        least = changes;
        best = candidate;
    }
    return best;
}

std::string suggestion(std::string_view given, const std::vector<std::string>& candidates) {
    const std::string best = closest(given, candidates);
    return best.empty() ? std::string{} : "; did you mean '" + best + "'?";
}

}  // namespace crmaudit
