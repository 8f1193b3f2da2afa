// Two-way tables between enumerators and the words that stand for them in XML and on the command line.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace crmaudit {

template <typename Enum, std::size_t N>
using NameTable = std::array<std::pair<Enum, std::string_view>, N>;

template <typename Enum, std::size_t N>
constexpr std::string_view name_in(const NameTable<Enum, N>& table, Enum value) {
    for (const auto& [candidate, name] : table) {
        if (candidate == value) return name;
    }
    return "?";
}

template <typename Enum, std::size_t N>
constexpr std::optional<Enum> value_in(const NameTable<Enum, N>& table, std::string_view name) {
    for (const auto& [value, candidate] : table) {
        if (candidate == name) return value;
    }
    return std::nullopt;
}

}  // namespace crmaudit
