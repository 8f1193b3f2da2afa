#include "auditor/access/network.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <string>
#include <vector>

namespace crmaudit::access {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::optional<unsigned> number(std::string_view text, int base, unsigned most) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
    return value;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<Bytes> v4(std::string_view text) {
    Bytes bytes;
    for (const std::string_view part : split(text, '.')) {
        const auto value = number(part, 10, 255);
        if (!value) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(*value));
    }
    return bytes.size() == 4 ? std::optional{bytes} : std::nullopt;
}

/// Groups of four digits; the last may be an IPv4 address.
std::optional<Bytes> groups(std::string_view text) {
    Bytes bytes;
    if (text.empty()) return bytes;
    for (const std::string_view part : split(text, ':')) {
        if (part.find('.') != std::string_view::npos) {
            const auto last = v4(part);
            if (!last) return std::nullopt;
            bytes.insert(bytes.end(), last->begin(), last->end());
            continue;
        }
        const auto value = number(part, 16, 0xFFFF);
        if (!value) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(*value >> 8U));
        bytes.push_back(static_cast<std::uint8_t>(*value & 0xFFU));
    }
    return bytes;
}

std::optional<Bytes> v6(std::string_view text) {
    text = text.substr(0, text.find('%'));  // the zone of an address that is only valid on one line
    const auto gap = text.find("::");
    const auto head = groups(text.substr(0, gap));
    const auto tail = gap == std::string_view::npos ? Bytes{} : groups(text.substr(gap + 2));
    if (!head || !tail) return std::nullopt;
    const std::size_t known = head->size() + tail->size();
    if (known > 16 || (gap == std::string_view::npos && known != 16)) return std::nullopt;
    Bytes bytes = *head;
    bytes.resize(16 - tail->size());
    bytes.insert(bytes.end(), tail->begin(), tail->end());
    return bytes;
}

std::optional<Bytes> address(std::string_view text) {
    return text.find(':') == std::string_view::npos ? v4(text) : v6(text);
}

/// A number of bits, or a mask such as 255.0.0.0.
std::optional<int> bits_of(std::string_view mask, std::size_t bytes) {
    if (const auto plain = number(mask, 10, static_cast<unsigned>(bytes) * 8)) return static_cast<int>(*plain);
    const auto masked = address(mask);
    if (!masked || masked->size() != bytes) return std::nullopt;
    int bits = 0;
    for (const std::uint8_t byte : *masked) {
        bits += std::countl_one(byte);
        if (byte != 0xFF) break;
    }
    return bits;
}

bool starts_alike(const Network& one, const Network& other, int bits) {
    for (int bit = 0; bit < bits; ++bit) {
        const auto at = static_cast<std::size_t>(bit / 8);
        if (((one.bytes[at] ^ other.bytes[at]) & (0x80U >> static_cast<unsigned>(bit % 8))) != 0) return false;
    }
    return true;
}

}  // namespace

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto bytes = address(text.substr(0, slash));
    if (!bytes) return std::nullopt;
    Network network;
    network.is_v6 = bytes->size() == 16;
    std::copy(bytes->begin(), bytes->end(), network.bytes.begin());
    const auto bits = slash == std::string_view::npos ? std::optional{static_cast<int>(bytes->size()) * 8}
                                                      : bits_of(text.substr(slash + 1), bytes->size());
    if (!bits) return std::nullopt;
    network.bits = *bits;
    return network;
}

bool contains(const Network& whole, const Network& part) {
    return whole.is_v6 == part.is_v6 && whole.bits <= part.bits && starts_alike(whole, part, whole.bits);
}

bool is_loopback(const Network& network) {
    if (!network.is_v6) return network.bits >= 8 && network.bytes[0] == 127;
    Network self;
    self.is_v6 = true;
    self.bytes[15] = 1;
    return network.bits == 128 && starts_alike(network, self, 128);
}

bool is_open(const Network& network) { return network.bits < (network.is_v6 ? 16 : 8); }

}  // namespace crmaudit::access
