// What the readers of permissions share: the database's own numbers or names of things as places in lists, and
// statements that may be refused.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "auditor/model/permissions.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// Places in a list by the database's own key of an element.
class Places {
public:
    void set(const std::string& key, std::size_t place) { places_[key] = static_cast<Permissions::Id>(place); }
    /// Permissions::none for what is not known.
    Permissions::Id at(const std::string& key) const {
        const auto found = places_.find(key);
        return found == places_.end() ? Permissions::none : found->second;
    }

private:
    std::unordered_map<std::string, Permissions::Id> places_;
};

/// The rows of a statement; none, and a gap about `what`, when the account may not read them or the server does not
/// know them. Throws what ends the run.
std::vector<sql::Row> rows_or_gap(const CatalogQuery& query, const std::string& statement, const std::string& what,
                                  Permissions& permissions);

/// The rows of the first statement that the server knows and the account may run; absent where there is none.
std::optional<std::vector<sql::Row>> first_allowed(const CatalogQuery& query,
                                                   std::initializer_list<std::string> statements);

/// What the facts are about that gaps are named after, where the account must see it for any judgement.
namespace facts {
inline constexpr const char* principals = "principals";
inline constexpr const char* memberships = "memberships";
inline constexpr const char* database_grants = "grants on databases";
inline constexpr const char* table_grants = "grants on tables";
}  // namespace facts

/// Gives the catalog the permissions, unless what every judgement rests on could not be read: then nothing is concluded
/// from the rest, and the catalog has a gap about "grants" that says so, and what to do.
void take_permissions(Permissions permissions, Catalog& catalog, const std::string& remedy = {});

/// A number in a cell as bits of rights.
Rights rights_at(const sql::Row& row, std::size_t index);

}  // namespace crmaudit::connectors
