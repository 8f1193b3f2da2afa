// What expressions for addresses of machines, for places and for secrets cannot say.
#pragma once

#include <string_view>

namespace crmaudit::classify {

/// Four octets without leading zeros, two of them at least 32: version numbers have small parts, and fewer than one
/// public address in a hundred has. Not a mask, not loopback, not multicast.
bool is_ipv4(std::string_view text);

/// RFC 4291: eight groups, or one "::" and at least three groups. A time of day is none.
bool is_ipv6(std::string_view text);

/// A latitude or longitude in degrees with at least four decimals that are not zeros at the end.
bool is_coordinate(std::string_view text);

/// Latitude and longitude, in this order, each with such decimals.
bool is_coordinate_pair(std::string_view text);

/// Looks drawn at random: small and capital letters and digits, mixed, and few of them more than chance would have.
bool is_random_text(std::string_view text);

}  // namespace crmaudit::classify
