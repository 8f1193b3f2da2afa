#include "auditor/access/reach.h"

#include <algorithm>
#include <set>
#include <utility>

#include "auditor/access/schema_rights.h"

namespace crmaudit::access {
namespace {

using Grant = Permissions::Grant;
using Level = Permissions::Level;

void add(PathsByRight& paths, Rights rights, Paths more) {
    for (const Right right : all_rights) {
        if ((rights & bit(right)) != 0) paths[static_cast<std::size_t>(right)] |= more;
    }
}

/// Relations as they turn up, found by number.
class Collector {
public:
    explicit Collector(const Index& index) : index_(index), places_(index.facts.relations.size(), Permissions::none) {}

    void add_whole(Id relation, Rights rights, Paths paths) {
        if ((rights & rights::on_rows) != 0) add(at(relation).whole, rights, paths);
    }

    void add_column(Id relation, Id column, Rights rights, Paths paths) {
        for (const Right right : {Right::read, Right::insert, Right::update}) {
            if ((rights & bit(right)) != 0) at(relation).at(column, right) |= paths;
        }
    }

    void add_schema(Id schema, Rights rights, Paths paths) {
        for (const Id relation : index_.relations.of(schema)) add_whole(relation, rights, paths);
    }

    void add_all(Rights rights, Paths paths) {
        for (Id relation = 0; relation < places_.size(); ++relation) add_whole(relation, rights, paths);
    }

    Reach take(const std::vector<bool>& usable) && {
        std::sort(reach_.begin(), reach_.end(), [](auto& a, auto& b) { return a.relation < b.relation; });
        for (RelationReach& reached : reach_) {
            const Id schema = index_.facts.relations[reached.relation].schema;
            reached.is_closed = schema < usable.size() && !usable[schema];
        }
        return std::move(reach_);
    }

private:
    RelationReach& at(Id relation) {
        if (places_[relation] == Permissions::none) {
            places_[relation] = static_cast<Id>(reach_.size());
            reach_.push_back({relation});
        }
        return reach_[places_[relation]];
    }

    const Index& index_;
    std::vector<Id> places_;
    Reach reach_;
};

Path path_of(const Index& index, const Holder& holder, const Grant& grant) {
    if (holder.path) return *holder.path;
    if (grant.by_default) return Path::default_privilege;
    switch (grant.level) {
        case Level::column: return Path::column_grant;
        case Level::schema: return Path::schema_grant;
        case Level::server: return Path::server_grant;
        default: break;
    }
    const auto& relations = index.facts.relations;
    const bool is_owner =
        !index.facts.roles_add_to_own && grant.object < relations.size() && relations[grant.object].owner == holder.id;
    return is_owner ? Path::owner : Path::direct_grant;
}

void collect(const Index& index, const Grant& grant, Rights rights, Path path, Collector& collector) {
    const auto& facts = index.facts;
    switch (grant.level) {
        case Level::relation:
            if (grant.object < facts.relations.size()) collector.add_whole(grant.object, rights, path);
            break;
        case Level::column:
            if (grant.object < facts.relations.size() && grant.column < facts.relations[grant.object].columns.size())
                collector.add_column(grant.object, grant.column, rights, path);
            break;
        case Level::schema:
            if (grant.object < facts.schemas.size() && (rights & rights::on_rows) != 0)
                collector.add_schema(grant.object, rights, path);
            break;
        case Level::server:
            if ((rights & rights::on_rows) != 0) collector.add_all(rights, path);
            break;
        default: break;
    }
}

/// Calls `visit(holder, grant)` for every grant that counts in the session.
template <typename Visit>
void each_grant(const Index& index, const Session& session, Visit visit) {
    // What an account has on an object hides what the same user has there from more hosts.
    std::set<std::pair<bool, Id>> taken;
    for (const Holder& holder : session.holders) {
        if (index.slot(holder.id) > index.everybody()) continue;
        const auto grants = index.grants.of(index.slot(holder.id));
        const bool is_account = !holder.path || *holder.path == Path::host_pattern;
        const bool is_namesake = holder.path == Path::host_pattern;
        const auto key = [](const Grant& grant) { return std::pair{grant.level == Level::function, grant.object}; };
        for (const Id place : grants) {
            const Grant& grant = index.facts.grants[place];
            if (is_namesake && (grant.level == Level::server || taken.contains(key(grant)))) continue;
            visit(holder, grant);
        }
        if (!is_account || !index.facts.roles_add_to_own) continue;
        for (const Id place : grants) {
            const Grant& grant = index.facts.grants[place];
            if (grant.level != Level::server && grant.level != Level::schema) taken.insert(key(grant));
        }
    }
}

}  // namespace

std::string_view to_string(Right right) {
    static constexpr std::array<std::string_view, all_rights.size()> names{"read", "insert", "update", "delete"};
    return names[static_cast<std::size_t>(right)];
}

Paths& RelationReach::at(Id column, Right right) {
    auto found = std::lower_bound(columns.begin(), columns.end(), column,
                                  [](const ColumnReach& reached, Id wanted) { return reached.column < wanted; });
    if (found == columns.end() || found->column != column) found = columns.insert(found, {column});
    return found->paths[static_cast<std::size_t>(right)];
}

Paths RelationReach::paths(Id column, Right right) const {
    const auto i = static_cast<std::size_t>(right);
    Paths paths = whole[i];
    const auto found = std::lower_bound(columns.begin(), columns.end(), column,
                                        [](const ColumnReach& reached, Id wanted) { return reached.column < wanted; });
    if (found != columns.end() && found->column == column) paths |= found->paths[i];
    return paths;
}

bool RelationReach::some_column(Right right) const {
    const auto i = static_cast<std::size_t>(right);
    return !whole[i].empty() ||
           std::any_of(columns.begin(), columns.end(), [i](const ColumnReach& c) { return !c.paths[i].empty(); });
}

const RelationReach* find(const Reach& reach, Id relation) {
    const auto found = std::lower_bound(reach.begin(), reach.end(), relation,
                                        [](const RelationReach& r, Id wanted) { return r.relation < wanted; });
    return found != reach.end() && found->relation == relation ? &*found : nullptr;
}

void merge(Reach& into, const Reach& other) {
    Reach merged;
    merged.reserve(std::max(into.size(), other.size()));
    auto mine = into.begin();
    auto theirs = other.begin();
    while (mine != into.end() || theirs != other.end()) {
        if (theirs == other.end() || (mine != into.end() && mine->relation < theirs->relation)) {
            merged.push_back(std::move(*mine++));
        } else if (mine == into.end() || theirs->relation < mine->relation) {
            merged.push_back(*theirs++);
        } else {
            merged.push_back(std::move(*mine++));
            for (std::size_t i = 0; i < all_rights.size(); ++i) merged.back().whole[i] |= theirs->whole[i];
            for (const ColumnReach& column : theirs->columns) {
                for (const Right right : all_rights) {
                    const Paths paths = column.paths[static_cast<std::size_t>(right)];
                    if (!paths.empty()) merged.back().at(column.column, right) |= paths;
                }
            }
            ++theirs;
        }
    }
    into = std::move(merged);
}

std::vector<bool> usable_schemas(const Index& index, const Session& session) {
    const auto& facts = index.facts;
    // Where roles add to one's own, databases have no right of their own to be named.
    std::vector<bool> usable(facts.schemas.size(), session.superuser || facts.roles_add_to_own);
    each_grant(index, session, [&](const Holder&, const Grant& grant) {
        if (grant.level != Level::schema || (grant.rights & rights::use) == 0) return;
        if (grant.object < usable.size()) usable[grant.object] = true;
    });
    for (const Holder& holder : session.holders) {
        const bool is_wide = holder.id < facts.principals.size() && facts.principals[holder.id].everywhere != 0;
        if (is_wide) usable.assign(usable.size(), true);
    }
    return usable;
}

Reach granted_reach(const Index& index, const Session& session) {
    const auto& facts = index.facts;
    Collector collector{index};
    if (session.superuser) {
        collector.add_all(rights::on_rows, session.role ? Path::set_role : Path::superuser);
        return std::move(collector).take(usable_schemas(index, session));
    }
    each_grant(index, session, [&](const Holder& holder, const Grant& grant) {
        collect(index, grant, grant.rights, path_of(index, holder, grant), collector);
    });
    for (const Holder& holder : session.holders) {
        if (holder.id >= facts.principals.size()) continue;
        const Rights everywhere = facts.principals[holder.id].everywhere;
        if (everywhere != 0) collector.add_all(everywhere, holder.path.value_or(Path::server_grant));
    }
    for (const SchemaRight& right : schema_rights(index, session)) {
        collector.add_schema(right.schema, right.rights, right.path);
    }
    return std::move(collector).take(usable_schemas(index, session));
}

namespace {

/// Where the option is a right of its own, whoever has it gives whatever it has on the same table.
Reach passed_on_by_option(const Index& index, const Session& session) {
    Collector collector{index};
    each_grant(index, session, [&](const Holder& holder, const Grant& grant) {
        const bool may = (grant.rights & rights::give) != 0;
        if (may) collect(index, grant, rights::on_rows, holder.path.value_or(Path::grant_option), collector);
    });
    for (const SchemaRight& right : schema_rights(index, session)) {
        if ((right.rights & rights::give) != 0) collector.add_schema(right.schema, rights::on_rows, Path::grant_option);
    }
    Reach passed = std::move(collector).take(usable_schemas(index, session));
    const Reach granted = granted_reach(index, session);
    for (RelationReach& reached : passed) {
        const RelationReach* held = find(granted, reached.relation);
        for (const Right right : all_rights) {
            const auto i = static_cast<std::size_t>(right);
            if (held != nullptr && !held->whole[i].empty()) continue;
            const Paths paths = std::exchange(reached.whole[i], Paths{});
            if (held == nullptr || paths.empty()) continue;
            // A right on some columns is given for these only.
            for (const ColumnReach& column : held->columns) {
                if (!column.paths[i].empty()) reached.at(column.column, right) = paths;
            }
        }
    }
    return passed;
}

}  // namespace

Reach passed_on_reach(const Index& index, const Session& session) {
    const auto& relations = index.facts.relations;
    if (index.facts.roles_add_to_own) return passed_on_by_option(index, session);
    Collector collector{index};
    if (session.superuser) collector.add_all(rights::on_rows, session.role ? Path::set_role : Path::superuser);
    each_grant(index, session, [&](const Holder& holder, const Grant& grant) {
        collect(index, grant, grant.may_pass_on, holder.path.value_or(Path::grant_option), collector);
    });
    for (Id relation = 0; relation < relations.size(); ++relation) {
        // An owner may, even what it took from itself.
        for (const Holder& holder : session.holders) {
            if (holder.id == relations[relation].owner)
                collector.add_whole(relation, rights::on_rows, holder.path.value_or(Path::owner));
        }
    }
    return std::move(collector).take(usable_schemas(index, session));
}

}  // namespace crmaudit::access
