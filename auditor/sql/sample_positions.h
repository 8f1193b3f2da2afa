// Which rows of an ordered table a sample takes: one from each of equal stretches, chosen by a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace crmaudit::sql {

/// A number that looks random and depends on nothing but the seed and the name: the start of a sequence, so that two
/// tables of one length are not read at the same positions. Names differ by bytes.
std::uint64_t seed_for(std::uint64_t seed, std::string_view name);

/// Positions from 1 to `total`, ascending: `total` is cut into `count` stretches whose lengths differ by one at most,
/// and one position is taken from each, every one of a stretch with the same chance (SplitMix64; Steele, Lea and Flood,
/// 2014). All positions when there are no more than `count`.
std::vector<std::int64_t> sample_positions(std::int64_t total, std::size_t count, std::uint64_t seed);

}  // namespace crmaudit::sql
