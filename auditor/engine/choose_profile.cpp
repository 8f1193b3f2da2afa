#include <algorithm>

#include "auditor/engine/audit.h"
#include "auditor/engine/spelling.h"

namespace crmaudit::engine {
namespace {

constexpr std::string_view mark = "{prefix}";

std::string filled_in(std::string name, const std::string& prefix) {
    if (const auto at = name.find(mark); at != std::string::npos) name.replace(at, mark.size(), prefix);
    return name;
}

bool has(const Catalog& catalog, const Signature& signature, const std::string& prefix) {
    const Table* table = find_in_any_case(catalog, {catalog.default_schema, filled_in(signature.table, prefix)});
    return table != nullptr &&
           std::all_of(signature.columns.begin(), signature.columns.end(),
                       [&](const std::string& column) { return find_in_any_case(*table, column) != nullptr; });
}

bool fits(const Profile& profile, const Catalog& catalog, const std::string& prefix) {
    const auto& signatures = profile.signatures;
    return !signatures.empty() && std::all_of(signatures.begin(), signatures.end(), [&](const Signature& signature) {
        return has(catalog, signature, prefix);
    });
}

/// The beginning that all tables of the signature have in this catalog, the usual one first.
std::optional<std::string> find_prefix(const Profile& profile, const Catalog& catalog) {
    if (fits(profile, catalog, profile.prefix)) return profile.prefix;
    if (profile.signatures.empty() || !profile.signatures.front().table.starts_with(mark)) return std::nullopt;
    const std::string rest = profile.signatures.front().table.substr(mark.size());
    for (const Table& table : catalog.tables) {
        const std::string& name = table.name.name;
        if (table.name.schema != catalog.default_schema || !name.ends_with(rest)) continue;
        const std::string prefix = name.substr(0, name.size() - rest.size());
        if (fits(profile, catalog, prefix)) return prefix;
    }
    return std::nullopt;
}

Profile with(Profile profile, const std::string& prefix) {
    const auto fill = [&](std::string& name) { name = filled_in(std::move(name), prefix); };
    const auto fill_tables = [&](Entity& entity) {
        fill(entity.table.name);
        for (Absence& absence : entity.absent) fill(absence.without_table);
        for (Path& path : entity.paths) {
            for (Join& join : path.joins) fill(join.table.name);
        }
    };
    for (Signature& signature : profile.signatures) fill(signature.table);
    for (HostColumn& host : profile.hosts) fill(host.table);
    for (DeclaredColumn& column : profile.columns) fill(column.table);
    for (SuppressionPlace& place : profile.suppression) fill(place.table.name);
    for (Entity& entity : profile.entities) fill_tables(entity);
    for (MappedOutlets& outlets : profile.outlets) fill_tables(outlets.entity);
    return profile;
}

/// Columns that are looked up by name are spelled as in the catalog; entities are when they are bound to it.
template <typename Named>
void spell(std::vector<Named>& columns, const Catalog& catalog) {
    for (Named& named : columns) {
        const Table* table = find_in_any_case(catalog, {catalog.default_schema, named.table});
        if (table == nullptr) continue;
        named.table = table->name.name;
        if (const Column* column = find_in_any_case(*table, named.column)) named.column = column->name;
    }
}

}  // namespace

Profile with_prefix(Profile profile, const Catalog& catalog) {
    const std::string prefix = find_prefix(profile, catalog).value_or(profile.prefix);
    Profile found = with(std::move(profile), prefix);
    spell(found.hosts, catalog);
    spell(found.columns, catalog);
    return found;
}

std::optional<Profile> choose_profile(const std::vector<Profile>& profiles, const Catalog& catalog) {
    const Profile* best = nullptr;
    for (const Profile& profile : profiles) {
        if (!find_prefix(profile, catalog)) continue;
        if (best == nullptr || profile.signatures.size() > best->signatures.size()) best = &profile;
    }
    return best == nullptr ? std::nullopt : std::optional<Profile>{with_prefix(*best, catalog)};
}

}  // namespace crmaudit::engine
