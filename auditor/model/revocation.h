// Rights that a rule about permissions objects to and a statement can take away: entries of the database's own lists of
// grants, so that a script can revoke each and give it back exactly as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/access_matrix.h"
#include "auditor/model/category.h"

namespace crmaudit {

/// What a grant is on. pattern: every database whose name fits. role: membership. future: tables that somebody makes
/// from now on, in one schema or, without one, in all.
enum class GrantedOn : std::uint8_t { server, database, schema, pattern, table, function, procedure, role, future };

std::string_view to_string(GrantedOn on);
std::optional<GrantedOn> granted_on_from(std::string_view name);

/// Somebody as a statement names them.
struct Grantee {
    std::string name;  // as in the catalog; empty: everybody
    std::string user;  // the parts of a name that has a host
    std::string host;
    bool operator==(const Grantee&) const = default;
};

/// An entry, or as much of one as goes.
struct ListedGrant {
    GrantedOn on = GrantedOn::table;
    std::string schema;                   // or the pattern of databases
    std::string name;                     // of the table, function or role
    std::vector<std::string> columns;     // empty: the whole table
    std::vector<std::string> privileges;  // in SQL's words, sorted; empty: only the option, or the membership
    std::vector<std::string> optional;    // of these, those that may be passed on
    bool option = false;                  // the option goes: of the whole entry, or the admin option of a membership
    Grantee holder;
    std::string grantor;  // who gave it, where that is not the owner of the object
    std::string creator;  // of tables that are still to come
    bool operator==(const ListedGrant&) const = default;
};

/// A right that somebody would have no more.
struct LostRight {
    std::string principal;  // empty: everybody
    Category category = Category::none;
    AccessRight right = AccessRight::read;
    auto operator<=>(const LostRight&) const = default;
};

struct Revocation {
    std::vector<std::string> rules;  // that it mends, sorted
    ListedGrant grant;
    bool depends = false;         // goes because another one does that comes after it: it was given from there
    std::vector<LostRight> lost;  // once this one and those before it are gone; sorted
    bool lost_later = false;      // not worked out by itself: what it takes is among the losses of one that follows
    bool operator==(const Revocation&) const = default;
};

/// A finding about permissions that no statement mends, or not without a decision.
struct Unmended {
    std::string rule;
    std::string principal;  // or what it is about
    std::string reason;     // a word that the locales translate
    bool operator==(const Unmended&) const = default;
};

struct Remedies {
    std::vector<Revocation> revocations;  // in an order that works
    std::vector<Unmended> unmended;
    bool operator==(const Remedies&) const = default;
};

}  // namespace crmaudit
