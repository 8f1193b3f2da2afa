#include "auditor/access/evaluation.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "auditor/access/plain_list.h"
#include "auditor/access/row_security.h"

namespace crmaudit::access {
namespace {

template <typename Value>
void sort_unique(std::vector<Value>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

AccessRight access_right(Right right) {
    if (right == Right::read) return AccessRight::read;
    return right == Right::remove ? AccessRight::remove : AccessRight::change;
}

/// What lies behind these is checked against somebody else than the reader, or is a copy.
bool lends_rights(Path path) {
    return path == Path::owner_view || path == Path::materialized_view || path == Path::owner_function;
}

auto order(const Way& way) { return std::tuple{way.category, way.right, way.path}; }

/// Adds a way, or widens the one that is known.
void add_way(std::vector<Way>& ways, const Way& way) {
    const auto place =
        std::lower_bound(ways.begin(), ways.end(), way, [](const Way& a, const Way& b) { return order(a) < order(b); });
    if (place == ways.end() || order(*place) != order(way)) {
        ways.insert(place, way);
    } else if (way.all_rows && !place->all_rows) {
        *place = way;
    }
}

bool has_way(const std::vector<Way>& ways, const Way& way) {
    return std::binary_search(ways.begin(), ways.end(), way,
                              [](const Way& a, const Way& b) { return order(a) < order(b); });
}

void add_table(std::vector<TableReach>& tables, const TableReach& table) {
    if (table.rights == 0) return;
    const auto place = std::lower_bound(tables.begin(), tables.end(), table.relation,
                                        [](const TableReach& a, Id wanted) { return a.relation < wanted; });
    if (place == tables.end() || place->relation != table.relation) {
        tables.insert(place, table);
    } else {
        place->rights |= table.rights;
        place->paths |= table.paths;
        place->all_rows = place->all_rows || table.all_rows;
    }
}

void add_all(std::vector<std::string>& to, const std::vector<std::string>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// What MariaDB calls a right that is as good as all others, whatever else was granted.
constexpr std::string_view every_power = "SUPER";

/// Roles, and what the server lets its holders do.
void add_standing(const Index& index, Id principal, PrincipalReach& reach) {
    const auto& all = index.facts.principals;
    add_all(reach.powers, all[principal].powers);
    add_all(reach.exports, all[principal].exports);
    reach.is_superuser = all[principal].superuser;
    if (reach.is_superuser) return;  // may become anybody
    const auto learn = [&](Id role, bool is_taken_on) {
        if (role == principal || role >= all.size()) return;
        reach.roles.push_back(role);
        // What an attribute of a role allows goes to whoever takes it on, a role of the product's own to all members.
        if (is_taken_on || all[role].is_predefined || index.facts.roles_add_to_own)
            add_all(reach.powers, all[role].powers);
        add_all(reach.exports, all[role].exports);
        reach.is_superuser = reach.is_superuser || (is_taken_on && all[role].superuser);
    };
    for (const Holder& holder : session_of(index, principal).holders) {
        if (holder.path != Path::host_pattern) learn(holder.id, false);
    }
    for (const Id role : settable_roles(index, principal)) learn(role, true);
    sort_unique(reach.roles);
    sort_unique(reach.powers);
    const auto found = std::find(reach.powers.begin(), reach.powers.end(), every_power);
    reach.is_superuser = reach.is_superuser || found != reach.powers.end();
    sort_unique(reach.exports);
}

}  // namespace

Evaluation::Evaluation(const Catalog& catalog, const Classification& classification)
    : facts_(catalog.permissions ? catalog.permissions : std::make_shared<const Permissions>(from_plain_list(catalog))),
      account_(catalog.account) {
    find_holdings(classification);
    const auto may_pass_on = [](const auto& grant) {
        return grant.may_pass_on != 0 || (grant.rights & rights::give) != 0;
    };
    something_is_given_ = std::any_of(facts_->grants.begin(), facts_->grants.end(), may_pass_on) ||
                          std::any_of(facts_->patterns.begin(), facts_->patterns.end(),
                                      [](const auto& pattern) { return (pattern.rights & rights::give) != 0; });
    const Index index{*facts_};
    OwnerRights owners{index};
    for (Id id = 0; id < facts_->principals.size(); ++id) {
        if (is_judged(id)) principals_.push_back(id);
        reach_.push_back(is_judged(id) ? reach_of(owners, id) : PrincipalReach{});
    }
    const Session everybody{
        Permissions::none, Permissions::none, std::nullopt, false, {{Permissions::everybody, Path::everybody}}};
    add(index, everybody, direct_reach(owners, everybody), reach_.emplace_back());
}

void Evaluation::find_holdings(const Classification& classification) {
    std::map<TableName, Id> relations;
    for (Id id = 0; id < facts_->relations.size(); ++id) relations[table(id)] = id;
    holdings_.resize(facts_->relations.size());
    for (const ColumnClassification& each : classification.columns) {
        const bool is_shown = is_core_personal(each.category) || each.category == Category::tracking ||
                              each.category == Category::consent;
        const auto relation = relations.find(each.table);
        if (!is_shown || relation == relations.end()) continue;
        const auto& columns = facts_->relations[relation->second].columns;
        const auto column = std::find(columns.begin(), columns.end(), each.column);
        if (column == columns.end()) continue;
        holdings_[relation->second].push_back({static_cast<Id>(column - columns.begin()), each.category});
        categories_.push_back(each.category);
        if (is_core_personal(each.category)) personal_.push_back(relation->second);
    }
    sort_unique(categories_);
    sort_unique(personal_);
}

PrincipalReach Evaluation::reach_of(OwnerRights& owners, Id principal) const {
    const Index& index = owners.index();
    PrincipalReach reach;
    add_standing(index, principal, reach);
    const bool asks_to_connect = !facts_->roles_add_to_own && facts_->principals[principal].can_login;
    if (asks_to_connect && !may_connect(index, session_of(index, principal))) return reach;
    for (const Session& session : telling_sessions(index, principal)) {
        add(index, session, reach_through(owners, session), reach);
        if (something_is_given_ && !reach.is_superuser) add_given(index, session, principal, reach);
    }
    return reach;
}

void Evaluation::add_given(const Index& index, const Session& session, Id principal, PrincipalReach& to) const {
    for (const RelationReach& reached : passed_on_reach(index, session)) {
        const Id owner = facts_->relations[reached.relation].owner;
        const bool is_owner = owner == principal || std::binary_search(to.roles.begin(), to.roles.end(), owner);
        if (is_owner || !std::binary_search(personal_.begin(), personal_.end(), reached.relation)) continue;
        TableReach table{reached.relation, 0, {}, false};
        for (const Right right : all_rights) {
            for (const Holding& holding : holdings_[reached.relation]) {
                const Paths paths = reached.paths(holding.column, right);
                if (!is_core_personal(holding.category) || paths.empty()) continue;
                table.rights |= bit(right);
                table.paths |= paths;
            }
        }
        add_table(to.gives, table);
    }
}

void Evaluation::add(const Index& index, const Session& session, const Reach& reach, PrincipalReach& to) const {
    const bool exports = may_export(index, session);
    for (const RelationReach& reached : reach) {
        const auto& holdings = holdings_[reached.relation];
        if (holdings.empty() || reached.is_closed) continue;
        TableReach table{reached.relation, 0, {}, false};
        for (const Right right : all_rights) {
            const Rows rows = rows_within_reach(index, session, reached.relation, right);
            for (const Holding& holding : holdings) {
                for (const Path path : reached.paths(holding.column, right).list()) {
                    if (rows == Rows::none && !lends_rights(path)) continue;
                    Way way{holding.category, access_right(right), path, rows == Rows::all || lends_rights(path),
                            reached.relation, holding.column};
                    // What is only behind views and functions that a role opens is reached by taking on the role.
                    if (session.role && lends_rights(path) && !has_way(to.ways, way)) way.path = Path::set_role;
                    add_way(to.ways, way);
                    if (is_core_personal(holding.category)) {
                        table.rights |= bit(right);
                        table.paths |= way.path;
                        table.all_rows = table.all_rows || way.all_rows;
                    }
                    if (right != Right::read || !exports) continue;
                    way.right = AccessRight::take_out;
                    add_way(to.ways, way);
                }
            }
        }
        add_table(to.tables, table);
    }
}

TableName Evaluation::table(Id relation) const {
    const auto& found = facts_->relations[relation];
    const bool has_schema = found.schema < facts_->schemas.size();
    return {has_schema ? facts_->schemas[found.schema].name : std::string{}, found.name};
}

std::string Evaluation::name_of(Id relation, Id column) const {
    const std::string name = to_string(table(relation));
    const auto& columns = facts_->relations[relation].columns;
    return column < columns.size() ? name + "." + columns[column] : name;
}

bool Evaluation::is_own(Id principal) const { return facts_->principals[principal].name == account_; }

bool Evaluation::is_judged(Id principal) const {
    const auto& found = facts_->principals[principal];
    return found.exists && !found.is_predefined;
}

}  // namespace crmaudit::access
