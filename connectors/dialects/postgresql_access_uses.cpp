#include "connectors/dialects/postgresql_access.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Id = Permissions::Id;
using Use = Permissions::Use;

constexpr int with_standard_bodies = 140000;

// Views are rewritten by a rule whose dependencies name the columns; zero stands for the relation alone.
constexpr std::string_view views = R"sql(
SELECT DISTINCT w.ev_class, d.refobjid, d.refobjsubid
FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_class c ON c.oid = w.ev_class
JOIN pg_catalog.pg_depend d ON d.classid = CAST('pg_catalog.pg_rewrite' AS regclass) AND d.objid = w.oid
                           AND d.refclassid = CAST('pg_catalog.pg_class' AS regclass) AND d.refobjid <> w.ev_class
WHERE w.rulename = '_RETURN' AND c.relkind IN ('v', 'm')
ORDER BY 1, 2, 3)sql";

// As bits: 4 for UPDATE, 8 for INSERT, 16 for DELETE.
constexpr std::string_view writable_views = R"sql(
SELECT c.oid, pg_relation_is_updatable(c.oid, false)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema')sql";

// A body in the standard's form is parsed when it is made, and its dependencies are exact. What it does with them is
// not recorded: the words of its text tell.
constexpr std::string_view parsed_functions = R"sql(
SELECT DISTINCT p.oid, d.refobjid, d.refobjsubid, b.text ~* '\m(select|table)\M', b.text ~* '\m(insert|merge)\M',
       b.text ~* '\m(update|merge)\M', b.text ~* '\m(delete|merge)\M'
FROM pg_catalog.pg_proc p CROSS JOIN LATERAL (SELECT pg_get_function_sqlbody(p.oid)) b(text)
JOIN pg_catalog.pg_depend d ON d.classid = CAST('pg_catalog.pg_proc' AS regclass) AND d.objid = p.oid
                           AND d.refclassid = CAST('pg_catalog.pg_class' AS regclass)
WHERE p.prosecdef AND p.prosqlbody IS NOT NULL
ORDER BY 1, 2, 3)sql";

// Any other body is text: a relation and a column that it names may be touched by it. The text stays in the database.
constexpr std::string_view named_in_functions = R"sql(
SELECT p.oid, c.oid, coalesce(a.attnum, 0), p.prosrc ~* '\m(select|table|perform|copy|execute)\M',
       p.prosrc ~* '\m(insert|merge|copy|execute)\M', p.prosrc ~* '\m(update|merge|execute)\M',
       p.prosrc ~* '\m(delete|truncate|merge|execute)\M'
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('c', 'internal')
JOIN pg_catalog.pg_namespace f ON f.oid = p.pronamespace AND left(f.nspname, 3) <> 'pg_'
JOIN pg_catalog.pg_class c ON c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (strpos(lower(p.prosrc), lower(c.relname)) > 0
     OR strpos(lower(p.prosrc), lower(replace(c.relname, '"', '""'))) > 0)
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     AND (strpos(lower(p.prosrc), lower(a.attname)) > 0
          OR strpos(lower(p.prosrc), lower(replace(a.attname, '"', '""'))) > 0 OR strpos(p.prosrc, '*') > 0)
WHERE p.prosecdef AND length(p.prosrc) > 0
ORDER BY 1, 2, 3)sql";

/// The use of that relation, which is the last one if there is any: rows come sorted.
Use& use_of(std::vector<Use>& uses, Id relation, Rights rights) {
    if (uses.empty() || uses.back().relation != relation) uses.push_back({relation, {}, rights});
    uses.back().rights |= rights;
    return uses.back();
}

/// Reads like "which element uses which relation, by which column"; what the lists do not know is left out.
class Uses {
public:
    Uses(const PlacesOfPostgresql& places, Permissions& permissions) : places_(places), found_(permissions) {}

    void view(const sql::Row& row) {
        const Id view = places_.relations.at(text_at(row, 0));
        if (view != Permissions::none) add(found_.relations[view].reads, row, rights::read);
    }

    void function(const sql::Row& row, bool is_guessed) {
        const Id function = places_.functions.at(text_at(row, 0));
        if (function == Permissions::none) return;
        Rights rights = 0;
        if (truth_at(row, 3)) rights |= rights::read;
        if (truth_at(row, 4)) rights |= rights::insert;
        if (truth_at(row, 5)) rights |= rights::update;
        if (truth_at(row, 6)) rights |= rights::remove;
        found_.functions[function].is_guessed = is_guessed;
        add(found_.functions[function].uses, row, rights);
    }

private:
    void add(std::vector<Use>& uses, const sql::Row& row, Rights rights) {
        const Id relation = places_.relations.at(text_at(row, 1));
        if (relation == Permissions::none) return;
        Use& use = use_of(uses, relation, rights);
        const Id column = places_.columns.at(text_at(row, 1) + "." + text_at(row, 2));
        if (column != Permissions::none) use.columns.push_back(column);
    }

    const PlacesOfPostgresql& places_;
    Permissions& found_;
};

}  // namespace

void read_postgresql_uses(const CatalogQuery& query, int server_version, const PlacesOfPostgresql& places,
                          Permissions& permissions) {
    Uses uses{places, permissions};
    const auto rows = [&](std::string_view statement, const char* what) {
        return rows_or_gap(query, std::string{statement}, what, permissions);
    };
    for (const auto& row : rows(views, "views")) uses.view(row);
    for (const auto& row : rows(writable_views, "views")) {
        const Id view = places.relations.at(text_at(row, 0));
        const auto events = number_at(row, 1).value_or(0);
        if (view == Permissions::none) continue;
        Rights& writable = permissions.relations[view].writable;
        if ((events & 4) != 0) writable |= rights::update;
        if ((events & 8) != 0) writable |= rights::insert;
        if ((events & 16) != 0) writable |= rights::remove;
    }
    if (server_version >= with_standard_bodies) {
        for (const auto& row : rows(parsed_functions, "functions")) uses.function(row, false);
    }
    for (const auto& row : rows(named_in_functions, "functions")) uses.function(row, true);
}

}  // namespace crmaudit::connectors
