// Places in the lists of permissions that a right comes from, and what is left of the lists without them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "auditor/access/index.h"
#include "auditor/model/permissions.h"

namespace crmaudit::access {

enum class List : std::uint8_t { grant, pattern, membership, default_privilege, exports };

/// As much of an element of a list as goes.
struct Entry {
    List list = List::grant;
    Id place = Permissions::none;  // of exports: the principal
    Rights rights = 0;             // of a membership: any, the whole of it
    Rights options = 0;            // only to give these to others; of a membership: any, to give the role
    bool depends = false;          // goes because the one that it was given from does
};

/// What somebody is to lose.
struct Aim {
    Id principal = Permissions::none;  // or everybody
    std::vector<Id> relations;         // sorted
    Rights rights = rights::on_rows;
    bool option = false;  // only the option to give it to others
};

/// Grants to the principal itself on the relations, on what holds them, and on views and functions that lead there.
/// What its owner has is none of them.
std::vector<Entry> entries_behind(const Index& index, const Aim& aim);

/// Grants on functions with their owner's rights that lead to the relations, and that everybody may call.
std::vector<Entry> open_functions(const Index& index, const std::vector<Id>& relations);

/// The entries without repeats in an order that works: before each comes what was given from there and has no other
/// source, which goes too.
std::vector<Entry> in_order(const Index& index, const std::vector<Entry>& entries);

/// Every place stays what it was: a membership that goes brings nothing any more.
Permissions without(const Permissions& facts, std::span<const Entry> entries);

}  // namespace crmaudit::access
