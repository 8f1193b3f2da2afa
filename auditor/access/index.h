// Permissions prepared for many questions: what belongs to whom, found without searching.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auditor/model/permissions.h"

namespace crmaudit::access {

using Id = Permissions::Id;

/// Places in a list, grouped by a number that its elements have; elements with a number that is too large are left out.
class Groups {
public:
    template <typename List, typename Key>
    Groups(const List& list, std::size_t keys, Key key_of) : starts_(keys + 1, 0) {
        for (const auto& element : list) {
            if (key_of(element) < keys) ++starts_[key_of(element) + 1];
        }
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
        places_.resize(starts_.back());
        std::vector<Id> next(starts_.begin(), starts_.end() - 1);
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (key_of(list[i]) < keys) places_[next[key_of(list[i])]++] = static_cast<Id>(i);
        }
    }

    std::span<const Id> of(Id key) const {
        return std::span<const Id>{places_}.subspan(starts_[key], starts_[key + 1] - starts_[key]);
    }

private:
    std::vector<Id> starts_;
    std::vector<Id> places_;
};

/// The permissions must outlive it.
struct Index {
    explicit Index(const Permissions& permissions);

    const Permissions& facts;
    Groups memberships;  // by member
    Groups grants;       // by holder; see slot()
    Groups patterns;     // by holder
    Groups relations;    // by schema
    Groups policies;     // by relation
    /// Accounts by their user, where names have a host.
    std::unordered_map<std::string_view, std::vector<Id>> namesakes;

    /// The number under which a holder's grants are found: PUBLIC comes after all principals.
    Id slot(Id holder) const { return holder == Permissions::everybody ? everybody() : holder; }
    Id everybody() const { return static_cast<Id>(facts.principals.size()); }
};

}  // namespace crmaudit::access
