#include "auditor/sql/sample_positions.h"

#include <algorithm>

namespace crmaudit::sql {
namespace {

/// The next number of the sequence that `state` stands in.
std::uint64_t split_mix(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

/// How many positions lie before stretch `index`.
std::int64_t before(std::int64_t index, std::int64_t total, std::int64_t count) {
    return index * (total / count) + index * (total % count) / count;
}

}  // namespace

std::uint64_t seed_for(std::uint64_t seed, std::string_view name) {
    std::uint64_t state = seed;
    for (const char c : name) state = split_mix(state) ^ static_cast<unsigned char>(c);
    return split_mix(state);
}

std::vector<std::int64_t> sample_positions(std::int64_t total, std::size_t count, std::uint64_t seed) {
    const auto stretches = std::min(total, static_cast<std::int64_t>(count));
    std::vector<std::int64_t> positions;
    for (std::int64_t i = 0; i < stretches; ++i) {
        const std::int64_t start = before(i, total, stretches);
        const auto length = static_cast<std::uint64_t>(before(i + 1, total, stretches) - start);
        // A stretch is so much shorter than 2^64 that the remainder favours none of its positions noticeably.
        positions.push_back(start + 1 + static_cast<std::int64_t>(split_mix(seed) % length));
    }
    return positions;
}

}  // namespace crmaudit::sql
