#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "connectors/dialects/mssql_access.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Id = Permissions::Id;
using Use = Permissions::Use;

// Which object names which; 1 in the third place for what lies in another database or on another server.
constexpr std::string_view named = R"sql(
SELECT DISTINCT d.referencing_id, d.referenced_id,
       CASE WHEN d.referenced_server_name IS NOT NULL OR d.referenced_database_name <> DB_NAME() THEN 1 ELSE 0 END
FROM sys.sql_expression_dependencies AS d WHERE d.referencing_class = 1 AND d.referenced_class = 1
UNION
SELECT y.object_id, OBJECT_ID(y.base_object_name), CASE WHEN OBJECT_ID(y.base_object_name) IS NULL THEN 1 ELSE 0 END
FROM sys.synonyms AS y
ORDER BY 1, 2, 3)sql";

// Which columns, and whether they are read or written. Fails as a whole when one object names what is not there.
constexpr std::string_view used = R"sql(
SELECT o.object_id, r.referenced_id, r.referenced_minor_id, r.is_selected, r.is_updated, r.is_select_all
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
CROSS APPLY sys.dm_sql_referenced_entities(QUOTENAME(s.name) + N'.' + QUOTENAME(o.name), N'OBJECT') AS r
WHERE o.type IN ('V', 'IF', 'TF', 'FN', 'P') AND o.is_ms_shipped = 0 AND r.referenced_class = 1
  AND r.referenced_id IS NOT NULL
ORDER BY 1, 2, 3)sql";

constexpr Rights writing = rights::insert | rights::update | rights::remove;

/// What one object does with another.
struct Touch {
    std::set<Id> columns;
    bool reads = false;
    bool reads_all = false;
    bool writes = false;
};

class Uses {
public:
    Uses(const CatalogQuery& query, const PlacesOfMssql& places, MssqlAccess& access)
        : query_(query), places_(places), found_(access.permissions) {}

    void read() {
        const bool is_exact = read_columns();
        for (const auto& row : rows(named)) {
            const std::string& from = text_at(row, 0);
            if (truth_at(row, 2) || text_at(row, 1).empty()) {
                if (is_known(from))
                    found_.gaps.push_back(
                        {name_of(from), "it also uses what is not in this database, or what its caller decides"});
                continue;
            }
            // What is named and of which no column is known is taken to be touched whole.
            const auto [place, is_new] = touches_.try_emplace({from, text_at(row, 1)});
            if (!is_new) continue;
            place->second.reads_all = place->second.reads = true;
            place->second.writes = places_.functions.at(from) != Permissions::none;
        }
        if (!is_exact) {
            found_.gaps.push_back(
                {"views",
                 "which columns views, functions and procedures use could not be read; each is taken to use "
                 "all columns of what it names"});
        }
        for (const auto& [pair, touch] : touches_) add(pair.first, pair.second, touch);
        for (auto& function : found_.functions) keep_what_owners_lend(function);
        follow_calls();
        for (auto& relation : found_.relations) keep_what_owners_lend(relation);
    }

private:
    std::vector<sql::Row> rows(std::string_view statement) {
        return rows_or_gap(query_, std::string{statement}, "views", found_);
    }

    bool read_columns() {
        std::vector<sql::Row> all;
        try {
            all = query_(std::string{used});
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            return false;
        }
        for (const auto& row : all) {
            Touch& touch = touches_[{text_at(row, 0), text_at(row, 1)}];
            touch.reads = touch.reads || truth_at(row, 3);
            touch.writes = touch.writes || truth_at(row, 4);
            touch.reads_all = touch.reads_all || truth_at(row, 5);
            const Id column = places_.columns.at(text_at(row, 1) + "." + text_at(row, 2));
            if (column != Permissions::none) touch.columns.insert(column);
        }
        return true;
    }

    bool is_known(const std::string& object) const {
        return places_.relations.at(object) != Permissions::none || places_.functions.at(object) != Permissions::none;
    }

    std::string name_of(const std::string& object) const {
        const Id relation = places_.relations.at(object);
        if (relation != Permissions::none) return found_.relations[relation].name;
        return found_.functions[places_.functions.at(object)].name;
    }

    std::vector<Id> all_columns(Id relation) const {
        std::vector<Id> all(found_.relations[relation].columns.size());
        for (Id column = 0; column < all.size(); ++column) all[column] = column;
        return all;
    }

    void add(const std::string& from, const std::string& to, const Touch& touch) {
        const Id relation = places_.relations.at(to);
        const Id view = places_.relations.at(from);
        const Id function = places_.functions.at(from);
        const Id called = places_.functions.at(to);
        if (called != Permissions::none && function != Permissions::none) calls_[function].push_back(called);
        if (called != Permissions::none && view != Permissions::none)
            found_.gaps.push_back({name_of(from), "it also calls " + name_of(to)});
        if (relation == Permissions::none || relation == view) return;
        const auto columns =
            touch.reads_all ? all_columns(relation) : std::vector<Id>(touch.columns.begin(), touch.columns.end());
        if (view != Permissions::none) {
            auto& shown = found_.relations[view];
            if (shown.columns.empty()) shown.columns = found_.relations[relation].columns;  // a synonym has none
            shown.reads.push_back({relation, columns});
        } else if (function != Permissions::none) {
            if (touch.reads) found_.functions[function].uses.push_back({relation, columns});
            // Which of its writes it is, and to which columns, is not recorded.
            if (touch.writes) found_.functions[function].uses.push_back({relation, all_columns(relation), writing});
        }
    }

    /// What belongs to the owner of the view is read without a right of its own, the rest with its reader's rights:
    /// of views that read both, those are told of who get at the owner's part.
    void keep_what_owners_lend(Permissions::Relation& view) {
        const auto is_another = [&](const Use& use) { return found_.relations[use.relation].owner != view.owner; };
        if (view.reads.empty()) return;
        view.has_owner_rights = !std::all_of(view.reads.begin(), view.reads.end(), is_another);
        if (view.has_owner_rights) std::erase_if(view.reads, is_another);
    }

    /// Only what runs as somebody else gets at what is another's.
    void keep_what_owners_lend(Permissions::Function& function) {
        if (function.is_guessed) return;
        std::erase_if(function.uses,
                      [&](const Use& use) { return found_.relations[use.relation].owner != function.owner; });
    }

    /// What a function does is done by those of the same owner that call it.
    void follow_calls() {
        std::vector<std::vector<Use>> own;
        for (const auto& function : found_.functions) own.push_back(function.uses);
        for (const auto& [caller, first] : calls_) {
            std::vector<Id> reached{caller};
            for (std::size_t i = 0; i < reached.size(); ++i) {
                const auto next = calls_.find(reached[i]);
                if (next == calls_.end()) continue;
                for (const Id called : next->second) {
                    const bool is_known = std::find(reached.begin(), reached.end(), called) != reached.end();
                    if (!is_known && found_.functions[called].owner == found_.functions[reached[i]].owner)
                        reached.push_back(called);
                }
            }
            auto& uses = found_.functions[caller].uses;
            for (std::size_t i = 1; i < reached.size(); ++i)
                uses.insert(uses.end(), own[reached[i]].begin(), own[reached[i]].end());
        }
    }

    const CatalogQuery& query_;
    const PlacesOfMssql& places_;
    Permissions& found_;
    std::map<Id, std::vector<Id>> calls_;
    std::map<std::pair<std::string, std::string>, Touch> touches_;
};

}  // namespace

void read_mssql_uses(const CatalogQuery& query, const PlacesOfMssql& places, MssqlAccess& access) {
    Uses{query, places, access}.read();
}

std::vector<std::string_view> mssql_uses_statements() { return {named, used}; }

}  // namespace crmaudit::connectors
