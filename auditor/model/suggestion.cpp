#include "auditor/model/suggestion.h"

#include <algorithm>
#include <numeric>

namespace crmaudit {
namespace {

/// Insertions, deletions and replacements of one byte, and swaps of two neighbours, that turn one into the other.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last(to.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::vector<std::size_t> row(to.size() + 1, i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = std::move(last);
        last = std::move(row);
    }
    return last.back();
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
