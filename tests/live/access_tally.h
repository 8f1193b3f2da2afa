// What a test of effective rights counts: pairs of a principal and an object on which the computed and the real answer
// are compared, and the paths that decided alone.
#pragma once

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "auditor/access/path.h"

namespace crmaudit::live {

class Tally {
public:
    void compare(const std::string& pair, bool computed, bool real) {
        ++(real ? allowed_ : refused_);
        if (computed != real) disagreements_.push_back(pair + (real ? " works" : " is refused"));
    }
    void compare(const std::string& pair, access::Paths computed, bool real) {
        compare(pair, !computed.empty(), real);
        if (const auto only = computed.only(); only && real) ++decided_[std::string{to_string(*only)}];
    }
    void decided(const std::string& reason) { ++decided_[reason]; }

    std::size_t pairs() const { return allowed_ + refused_; }
    std::size_t allowed() const { return allowed_; }
    std::size_t refused() const { return refused_; }
    const std::map<std::string, std::size_t>& decided() const { return decided_; }

    void expect_agreement() const {
        EXPECT_EQ(disagreements_.size(), 0U);
        for (std::size_t i = 0; i < disagreements_.size() && i < 20; ++i) ADD_FAILURE() << disagreements_[i];
    }

    void print(std::ostream& out) const {
        out << pairs() << " pairs, " << allowed_ << " allowed, " << refused_ << " refused; decided alone:";
        for (const auto& [path, count] : decided_) out << " " << path << " " << count;
        out << "\n";
    }

private:
    std::size_t allowed_ = 0;
    std::size_t refused_ = 0;
    std::map<std::string, std::size_t> decided_;
    std::vector<std::string> disagreements_;
};

/// How many pairs each path decided alone, in both tallies together.
inline std::map<std::string, std::size_t> decided_in(const Tally& a, const Tally& b) {
    auto decided = a.decided();
    for (const auto& [path, count] : b.decided()) decided[path] += count;
    return decided;
}

/// The paths of a list that decided too few pairs to say that they were tried.
inline std::vector<std::string> too_seldom(const std::map<std::string, std::size_t>& decided,
                                           std::span<const char* const> paths) {
    constexpr std::size_t enough = 30;
    std::vector<std::string> seldom;
    for (const char* path : paths) {
        const auto found = decided.find(path);
        if (found == decided.end() || found->second < enough) seldom.emplace_back(path);
    }
    return seldom;
}

/// A new seed for every run, printed so that a failure can be repeated with CRMAUDIT_ACCESS_SEED.
inline std::uint64_t printed_seed() {
    const char* given = std::getenv("CRMAUDIT_ACCESS_SEED");
    const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device{}();
    std::cout << "CRMAUDIT_ACCESS_SEED=" << seed << "\n";
    return seed;
}

}  // namespace crmaudit::live
