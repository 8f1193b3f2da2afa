// Reproducible choices for values that tests make up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crmaudit::test {

/// A linear congruential generator (Knuth's MMIX constants); the high bits are used, the low ones have short periods.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    /// 0 … bound-1.
    std::uint64_t below(std::uint64_t bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return (state_ >> 33) % bound;
    }
    int between(int first, int last) {
        return first + static_cast<int>(below(static_cast<std::uint64_t>(last - first + 1)));
    }
    char one_of(std::string_view characters) { return characters[below(characters.size())]; }
    template <typename List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(below(std::size(list)))];
    }
    std::string some(std::string_view characters, std::size_t count) {
        std::string text;
        while (text.size() < count) text += one_of(characters);
        return text;
    }
    std::string digits(std::size_t count) { return some("0123456789", count); }

    /// The template with a digit for "#", one from 1 to 9 for "%", a capital for "@", a small letter for "&" and a
    /// hexadecimal digit for "~".
    std::string fill(std::string_view form) {
        std::string text;
        for (const char c : form) {
            switch (c) {
                case '#': text += one_of("0123456789"); break;
                case '%': text += one_of("123456789"); break;
                case '@': text += one_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"); break;
                case '&': text += one_of("abcdefghijklmnopqrstuvwxyz"); break;
                case '~': text += one_of("0123456789abcdef"); break;
                default: text += c;
            }
        }
        return text;
    }

private:
    std::uint64_t state_;
};

}  // namespace crmaudit::test
