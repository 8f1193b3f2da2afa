#include "auditor/access/through_views.h"

#include <algorithm>

#include "auditor/access/schema_rights.h"

namespace crmaudit::access {
namespace {

using Relation = Permissions::Relation;
using Use = Permissions::Use;

/// Views on views are followed this far; a catalog cannot hold a circle of them, a broken one might.
constexpr int deepest = 32;

bool is_view(const Relation& relation) { return relation.kind == TableKind::view; }

bool is_granted(const Reach& reach, Id relation, Id column, Right right) {
    const RelationReach* reached = find(reach, relation);
    return reached != nullptr && !reached->paths(column, right).empty();
}

/// The columns below that a write to a view's column goes to: the one of the same name, or any where names differ.
std::vector<Id> columns_behind(const Index& index, const Relation& view, Id column, const Use& use) {
    const auto& below = index.facts.relations[use.relation].columns;
    for (const Id candidate : use.columns) {
        if (candidate < below.size() && below[candidate] == view.columns[column]) return {candidate};
    }
    return use.columns;
}

bool passes(OwnerRights& owners, Id relation, Id column, Right right, const Reach& reader, int depth,
            const Relation* outermost = nullptr);

bool reads(OwnerRights& owners, const Use& use, const Reach& checked, const Reach& reader, int depth) {
    const Reach& next = owners.index().facts.views_as_mariadb ? checked : reader;
    const RelationReach* reached = find(checked, use.relation);
    if (reached == nullptr) return false;
    if (use.columns.empty()) {
        return reached->some_column(Right::read) && passes(owners, use.relation, 0, Right::read, next, depth + 1);
    }
    return std::all_of(use.columns.begin(), use.columns.end(), [&](Id column) {
        return !reached->paths(column, Right::read).empty() &&
               passes(owners, use.relation, column, Right::read, next, depth + 1);
    });
}

/// Whether the columns of the outermost view but one can be read in the table at the bottom.
bool reads_others(const Index& index, const Relation& outermost, const std::string& column, const Use& use,
                  const Reach& checked) {
    const auto& below = index.facts.relations[use.relation].columns;
    return std::all_of(use.columns.begin(), use.columns.end(), [&](Id used) {
        const auto& shown = outermost.columns;
        return below[used] == column || std::find(shown.begin(), shown.end(), below[used]) == shown.end() ||
               is_granted(checked, use.relation, used, Right::read);
    });
}

/// Whether the columns by which a view chooses its rows, and which it does not show, can be read.
bool reads_hidden(const Index& index, const Relation& view, const Use& use, const Reach& checked) {
    const auto& below = index.facts.relations[use.relation].columns;
    return std::all_of(use.columns.begin(), use.columns.end(), [&](Id used) {
        return std::find(view.columns.begin(), view.columns.end(), below[used]) != view.columns.end() ||
               is_granted(checked, use.relation, used, Right::read);
    });
}

/// Whether a new row may be given all that a view takes from the view below it: MariaDB asks so even where the
/// statement names one column, and takes no right to read for it.
bool fills_all(const Use& use, const Reach& checked) {
    return std::all_of(use.columns.begin(), use.columns.end(),
                       [&](Id used) { return is_granted(checked, use.relation, used, Right::insert); });
}

bool writes(OwnerRights& owners, const Relation& view, const Relation& outermost, Id column, Right right,
            const Reach& checked, const Reach& reader, int depth) {
    if ((view.writable & bit(right)) == 0) return false;
    const Index& index = owners.index();
    const bool as_mariadb = index.facts.views_as_mariadb;
    return std::any_of(view.reads.begin(), view.reads.end(), [&](const Use& use) {
        const bool is_nested = is_view(index.facts.relations[use.relation]);
        const auto may = [&](Id below) {
            const bool is_asked = !(as_mariadb && is_nested && right == Right::remove);
            return (!is_asked || is_granted(checked, use.relation, below, right)) &&
                   passes(owners, use.relation, below, right, as_mariadb ? checked : reader, depth + 1, &outermost);
        };
        const bool asks_hidden = as_mariadb && right == Right::update;
        if (asks_hidden && !reads_hidden(index, view, use, checked)) return false;
        if (right == Right::remove) return may(0);
        const bool asks_all = as_mariadb && is_nested && right == Right::insert && &view == &outermost;
        if (asks_all && !fills_all(use, checked)) return false;
        const bool asks_others = as_mariadb && !is_nested && right == Right::insert;
        if (asks_others && !reads_others(index, outermost, view.columns[column], use, checked)) return false;
        const auto behind = columns_behind(index, view, column, use);
        return std::any_of(behind.begin(), behind.end(), may);
    });
}

bool passes(OwnerRights& owners, Id relation, Id column, Right right, const Reach& reader, int depth,
            const Relation* outermost) {
    const Relation& view = owners.index().facts.relations[relation];
    if (view.kind == TableKind::materialized_view) return right == Right::read;  // a copy
    if (!is_view(view)) return true;
    if (depth > deepest) return false;
    const Reach& checked = view.has_owner_rights ? owners.of(view.owner) : reader;
    if (right != Right::read)
        return writes(owners, view, outermost == nullptr ? view : *outermost, column, right, checked, reader, depth);
    return std::all_of(view.reads.begin(), view.reads.end(),
                       [&](const Use& use) { return reads(owners, use, checked, reader, depth); });
}

/// Takes away from a view what does not work.
void keep_what_passes(OwnerRights& owners, RelationReach& reached, const Reach& reader) {
    const auto& relations = owners.index().facts.relations;
    const auto columns = relations[reached.relation].columns.size();
    if (!is_view(relations[reached.relation]) && relations[reached.relation].kind != TableKind::materialized_view)
        return;
    RelationReach kept{reached.relation};
    for (const Right right : all_rights) {
        const auto i = static_cast<std::size_t>(right);
        if (right == Right::remove || right == Right::read) {
            if (!passes(owners, reached.relation, 0, right, reader)) continue;
            kept.whole[i] = reached.whole[i];
            for (const ColumnReach& column : reached.columns) {
                if (!column.paths[i].empty()) kept.at(column.column, right) = column.paths[i];
            }
            continue;
        }
        for (Id column = 0; column < columns; ++column) {
            const Paths paths = reached.paths(column, right);
            if (!paths.empty() && passes(owners, reached.relation, column, right, reader))
                kept.at(column, right) = paths;
        }
    }
    reached = std::move(kept);
}

/// What turns up behind views and functions, to be added when all of it is known.
class Behind {
public:
    explicit Behind(OwnerRights& owners) : owners_(owners) {}

    void open_view(const RelationReach& reached, int depth = 0) {
        const auto& relations = owners_.index().facts.relations;
        const Relation& view = relations[reached.relation];
        const Path path = view.kind == TableKind::materialized_view ? Path::materialized_view
                          : view.has_owner_rights                   ? Path::owner_view
                                                                    : Path::invoker_view;
        if (depth > deepest || view.reads.empty()) return;
        for (const Use& use : view.reads) {
            RelationReach below{use.relation};
            if (reached.some_column(Right::read)) {
                for (const Id column : use.columns) below.at(column, Right::read) = path;
            }
            for (const Right right : {Right::insert, Right::update}) {
                for (Id column = 0; column < view.columns.size(); ++column) {
                    if (reached.paths(column, right).empty()) continue;
                    for (const Id behind : columns_behind(owners_.index(), view, column, use))
                        below.at(behind, right) = path;
                }
            }
            constexpr auto remove = static_cast<std::size_t>(Right::remove);
            if (!reached.whole[remove].empty()) below.whole[remove] = path;
            open_view(below, depth + 1);
            found_.push_back(std::move(below));
        }
    }

    void open_function(Id id) {
        const Index& index = owners_.index();
        const auto& function = index.facts.functions[id];
        if (!function.has_owner_rights || function.owner >= index.facts.principals.size()) return;
        if (index.facts.owners_need_execute) {
            const auto own = callable_functions(index, session_of_owner(index, function.owner));
            if (!std::binary_search(own.begin(), own.end(), id)) return;
        }
        const Reach& owner = owners_.of(function.owner);
        for (const Use& use : function.uses) {
            // Names in a text are looked up when it runs, as its owner; a parsed body has looked them up already.
            const RelationReach* named = find(owner, use.relation);
            if (function.is_guessed && named != nullptr && named->is_closed) continue;
            RelationReach below{use.relation};
            for (const Right right : all_rights) {
                if ((use.rights & bit(right)) == 0) continue;
                const auto may = [&](Id column) {
                    return is_granted(owner, use.relation, column, right) &&
                           access::passes(owners_, use.relation, column, right, owner);
                };
                if (right == Right::remove) {
                    if (may(0)) below.whole[static_cast<std::size_t>(right)] = Path::owner_function;
                    continue;
                }
                for (const Id column : use.columns) {
                    if (may(column)) below.at(column, right) = Path::owner_function;
                }
            }
            open_view(below);
            found_.push_back(std::move(below));
        }
    }

    Reach take() && {
        std::stable_sort(found_.begin(), found_.end(), [](auto& a, auto& b) { return a.relation < b.relation; });
        Reach reach;
        for (RelationReach& one : found_) {
            if (reach.empty() || reach.back().relation != one.relation) {
                reach.push_back(std::move(one));
            } else {
                Reach last{std::move(reach.back())};
                merge(last, {std::move(one)});
                reach.back() = std::move(last.front());
            }
        }
        return reach;
    }

private:
    OwnerRights& owners_;
    Reach found_;
};

/// What is only behind views and functions that a role opens is reached by taking on the role.
void name_after_role(Reach& more, const Reach& known) {
    for (RelationReach& reached : more) {
        const RelationReach* before = find(known, reached.relation);
        const auto rename = [&](Id column, PathsByRight& paths) {
            for (const Right right : all_rights) {
                Paths& path = paths[static_cast<std::size_t>(right)];
                const bool is_new = before == nullptr || before->paths(column, right).empty();
                if (!path.empty() && is_new) path = Path::set_role;
            }
        };
        rename(Permissions::none, reached.whole);
        for (ColumnReach& column : reached.columns) rename(column.column, column.paths);
    }
}

}  // namespace

const Reach& OwnerRights::of(Id owner) {
    const auto found = reach_.find(owner);
    if (found != reach_.end()) return found->second;
    const bool exists = owner < index_.facts.principals.size() && index_.facts.principals[owner].exists;
    return reach_[owner] = exists ? granted_reach(index_, session_of_owner(index_, owner)) : Reach{};
}

bool passes(OwnerRights& owners, Id relation, Id column, Right right, const Reach& reader) {
    return passes(owners, relation, column, right, reader, 0, nullptr);
}

Reach direct_reach(OwnerRights& owners, const Session& session) {
    const Reach granted = granted_reach(owners.index(), session);
    Reach reach = granted;
    std::erase_if(reach, [](const RelationReach& reached) { return reached.is_closed; });
    for (RelationReach& reached : reach) keep_what_passes(owners, reached, granted);
    return reach;
}

std::vector<Id> callable_functions(const Index& index, const Session& session) {
    const auto usable = usable_schemas(index, session);
    std::vector<Id> functions;
    const auto add = [&](Id function) {
        if (function >= index.facts.functions.size()) return;
        const Id schema = index.facts.functions[function].schema;
        if (schema >= usable.size() || usable[schema]) functions.push_back(function);
    };
    const auto add_all = [&](Id schema) {
        for (Id function = 0; function < index.facts.functions.size(); ++function) {
            if (schema == Permissions::none || index.facts.functions[function].schema == schema) add(function);
        }
    };
    if (session.superuser) {
        add_all(Permissions::none);
        return functions;
    }
    for (const Holder& holder : session.holders) {
        if (index.slot(holder.id) > index.everybody()) continue;
        for (const Id place : index.grants.of(index.slot(holder.id))) {
            const auto& grant = index.facts.grants[place];
            if ((grant.rights & rights::execute) == 0) continue;
            if (grant.level == Permissions::Level::function) add(grant.object);
            if (grant.level == Permissions::Level::schema) add_all(grant.object);
            if (grant.level == Permissions::Level::server) add_all(Permissions::none);
        }
    }
    for (const SchemaRight& right : schema_rights(index, session)) {
        if ((right.rights & rights::execute) != 0) add_all(right.schema);
    }
    std::sort(functions.begin(), functions.end());
    functions.erase(std::unique(functions.begin(), functions.end()), functions.end());
    return functions;
}

Reach reach_through(OwnerRights& owners, const Session& session) {
    Reach reach = direct_reach(owners, session);
    Behind behind{owners};
    for (const RelationReach& reached : reach) behind.open_view(reached);
    for (const Id function : callable_functions(owners.index(), session)) {
        behind.open_function(function);
    }
    merge(reach, std::move(behind).take());
    return reach;
}

Reach effective_reach(OwnerRights& owners, Id principal) {
    Reach reach;
    for (const Session& session : telling_sessions(owners.index(), principal)) {
        Reach more = reach_through(owners, session);
        if (session.role) name_after_role(more, reach);
        merge(reach, more);
    }
    return reach;
}

}  // namespace crmaudit::access
