// Parts of the net as lists of allowed hosts write them: "10.0.0.0/8", "10.0.0.0/255.0.0.0", "::1".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace crmaudit::access {

struct Network {
    std::array<std::uint8_t, 16> bytes{};  // of IPv4 the first four
    int bits = 0;                          // so many of them, from the left, are fixed
    bool is_v6 = false;
};

/// Absent for names, words, and addresses that are none.
std::optional<Network> parse_network(std::string_view text);

bool contains(const Network& whole, const Network& part);

/// Addresses by which a machine talks to itself.
bool is_loopback(const Network& network);

/// So large that it was not chosen for anybody: no organisation has a net of that size.
bool is_open(const Network& network);

}  // namespace crmaudit::access
