#include "reports/purge/keepsakes_sql.h"

#include <algorithm>

#include "reports/purge/suppression_place_sql.h"

namespace crmaudit::reports::purge {
namespace {

/// What is hashed to tell one key from another.
constexpr const char* key_check = "crmaudit key check";

bool remembers(const Step& step) { return !step.keepsakes.objections.empty() || !step.keepsakes.evidence.empty(); }

/// As long as a hash, so that a column made like it is wide enough.
std::string some_hash() { return std::string(64, '0'); }

}  // namespace

void KeepsakesSql::add_to(StepSql& sql, const Step& step, const std::string& script, const std::string& suffix) const {
    if (!remembers(step)) return;
    const Tables tables = this->tables(step);
    sql.setup.push_back("INSERT INTO " + tables.list + " " +
                        entry(hash_.hash(hash_.bytes_of(literal(key_check))), "'key_check'", script) + " FROM " +
                        hash_.key_table() + " k WHERE NOT EXISTS (SELECT 1 FROM " + tables.list +
                        " s WHERE s.algorithm = " + literal(hash_.algorithm()) + ")");
    if (!step.keepsakes.objections.empty() && !step.keepsakes.addresses.empty()) {
        for (const char* name : {"crmaudit_objector_", "crmaudit_objected_"}) {
            sql.remembered.push_back(client_.work_table(step.entity.table, name + suffix));
            sql.setup.push_back(client_.copied_table(
                sql.remembered.back(), "SELECT " + prefixed(sql.columns, "") + ", 'marketing' AS kind, '" +
                                           some_hash() + "' AS hash FROM " + sql.work + " WHERE 1 = 0"));
        }
        save_objections(sql, step, script, tables);
    }
    if (evidence_kept_) save_evidence(sql, step, script, tables);
}

KeepsakesSql::Tables KeepsakesSql::tables(const Step& step) const {
    return {client_.work_table(step.entity.table, "crmaudit_suppression"),
            client_.work_table(step.entity.table, "crmaudit_evidence")};
}

std::string KeepsakesSql::entry(const std::string& hash, const std::string& objection,
                                const std::string& script) const {
    return "SELECT DISTINCT " + literal(hash_.algorithm()) + ", " + hash + ", " + objection + ", " + client_.today() +
           ", " + literal(script);
}

std::string KeepsakesSql::with_key(const std::string& rows) const {
    // Without a key there is no hash, and a row without a hash is refused: then nobody goes.
    return rows + " LEFT JOIN " + hash_.key_table() + " k ON 1 = 1";
}

std::string KeepsakesSql::has_token(const Step& step) const {
    return "EXISTS (SELECT 1 FROM " + client_.batch_table(step.entity.table, "crmaudit_token") + ")";
}

void KeepsakesSql::save_objections(StepSql& sql, const Step& step, const std::string& script,
                                   const Tables& tables) const {
    const std::string& now = sql.remembered.front();
    const std::string& all_of_them = sql.remembered.back();
    sql.kept.push_back("DELETE FROM " + now);
    for (const Objection& each : step.keepsakes.objections) {
        const Condition found = all({each.objected, some_address(step.keepsakes)});
        sql.outliving.push_back(
            {locale_.text("purge.said.remembered." + each.kind), renderer_.keys(step.entity, all({step.due, found}))});
        const std::string persons = "(" + renderer_.keys(step.entity, found, sql.going) + ") o";
        const std::string their_addresses =
            " JOIN (" + addresses(sql, step) + ") a ON " + same(sql.columns, "a", sql.columns, "o");
        sql.kept.push_back("INSERT INTO " + now + " SELECT DISTINCT " + prefixed(sql.columns, "o.") + ", " +
                           literal(each.kind) + ", " + hash_.hash(hash_.bytes_of("a.v")) + " FROM " + persons +
                           " LEFT" + their_addresses + with_key(""));
        if (each.kind != "marketing") continue;
        for (const SuppressionPlace& place : places_) {
            for (std::string& statement :
                 listed_in(place, "SELECT a.v FROM " + persons + their_addresses, has_token(step), grammar_, hash_)) {
                sql.kept.push_back(std::move(statement));
            }
        }
    }
    const std::string listed =
        "EXISTS (SELECT 1 FROM " + tables.list +
        " s WHERE s.address_hash = w.hash AND s.objection = w.kind AND s.algorithm = " + literal(hash_.algorithm()) +
        ")";
    sql.kept.push_back("INSERT INTO " + tables.list + " " + entry("w.hash", "w.kind", script) + " FROM " + now +
                       " w WHERE NOT " + listed);
    sql.kept.push_back("INSERT INTO " + all_of_them + " SELECT * FROM " + now);
    const std::string persons = "SELECT DISTINCT " + prefixed(sql.columns, "w.") + " FROM " + all_of_them + " w";
    sql.saved = {{locale_.text("purge.said.objectors"), persons},
                 {locale_.text("purge.said.unlisted"), persons + " WHERE NOT " + listed}};
}

void KeepsakesSql::save_evidence(StepSql& sql, const Step& step, const std::string& script,
                                 const Tables& tables) const {
    const std::string today = grammar_.moment_of(client_.today(), ColumnKind::text);
    const std::string until = grammar_.day_text(grammar_.moment_plus(today, *evidence_kept_));
    sql.setup.push_back("DELETE FROM " + tables.evidence + " WHERE kept_until < " + client_.today() + " AND " +
                        has_token(step));
    // A person without an address is found again by the key, where it is a single one.
    const bool by_key = sql.columns.size() == 1;
    const std::string whom = by_key ? "CASE WHEN a.v IS NULL THEN " +
                                          grammar_.as_text("e." + sql.columns.front(), ColumnKind::unknown) +
                                          " ELSE a.v END"
                                    : "a.v";
    for (const Evidence& each : step.keepsakes.evidence) {
        const auto* own = std::get_if<OwnColumn>(&each.day.value);
        const auto* related = std::get_if<Related>(&each.day.value);
        const TableName& table = own ? step.entity.table : step.entity.path(related->path)->joins.back().table;
        const std::string from = to_string(table) + "." + (own ? own->column.name : related->column.name);
        std::string found = addresses(sql, step);
        found = found.empty() ? ""
                              : (by_key ? " LEFT JOIN (" : " JOIN (") + found + ") a ON " +
                                    same(sql.columns, "a", sql.columns, "e");
        if (found.empty() && !by_key) continue;
        const std::string text =
            found.empty() ? grammar_.as_text("e." + sql.columns.front(), ColumnKind::unknown) : whom;
        const std::string hashed_what = found.empty() ? "'key'"
                                        : by_key      ? "CASE WHEN a.v IS NULL THEN 'key' ELSE 'address' END"
                                                      : "'address'";
        sql.kept.push_back("INSERT INTO " + tables.evidence + " SELECT DISTINCT " + literal(hash_.algorithm()) + ", " +
                           hash_.hash(hash_.bytes_of(text)) + ", " + hashed_what + ", " + literal(each.what) +
                           ", e.v, " + literal(from) + ", " + until + ", " + literal(script) + " FROM (" +
                           values(sql, step, each.day, true) + ") e" + found + with_key("") + " WHERE e.v IS NOT NULL");
    }
}

std::string KeepsakesSql::addresses(const StepSql& sql, const Step& step) const {
    std::string all;
    for (const Attribute& each : step.keepsakes.addresses) {
        all += (all.empty() ? "" : " UNION ") + values(sql, step, each, false);
    }
    return all.empty() ? "" : "SELECT x.* FROM (" + all + ") x WHERE x.v <> ''";
}

std::string KeepsakesSql::values(const StepSql& sql, const Step& step, const Attribute& attribute, bool is_day) const {
    const auto* own = std::get_if<OwnColumn>(&attribute.value);
    const Related* related = own ? nullptr : &std::get<Related>(attribute.value);
    const Path* path = related ? step.entity.path(related->path) : nullptr;
    const std::string rows = path ? "j" + std::to_string(path->joins.size()) : "t";
    const Operand& column = own ? own->column : related->column;
    const Condition& where = own ? own->where : related->where;
    std::string select = "SELECT " + prefixed(sql.columns, "g.") + ", ";
    const std::string value = rows + "." + grammar_.quote(column.name);
    select += is_day ? grammar_.day_text(grammar_.moment_of(value, column.kind))
                     : hash_.normalised(grammar_.as_text(value, column.kind));
    std::string text =
        select + " AS v FROM " + sql.going + " g JOIN " + sql.table + " t ON " + same(sql.key, "t", sql.columns, "g");
    std::vector<std::string> conditions;
    const auto add = [&](const Condition& condition, const std::string& table) {
        if (!std::holds_alternative<Always>(condition.node)) {
            conditions.push_back(renderer_.condition(condition, table));
        }
    };
    std::string before = "t";
    for (std::size_t i = 0; path && i < path->joins.size(); ++i) {
        const Join& join = path->joins[i];
        const std::string alias = "j" + std::to_string(i + 1);
        text += " JOIN " + grammar_.quote(join.table) + " " + alias + " ON ";
        for (const JoinColumn& pair : join.on) {
            std::string left = alias + "." + grammar_.quote(pair.column);
            std::string right = before + "." + grammar_.quote(pair.previous);
            if (pair.as_text) {
                left = grammar_.as_text(left, ColumnKind::unknown);
                right = grammar_.as_text(right, ColumnKind::unknown);
            }
            text += (&pair == &join.on.front() ? "" : " AND ") + left + " = " + right;
        }
        add(join.where, alias);
        before = alias;
    }
    add(where, rows);
    for (const std::string& each : conditions) text += (&each == &conditions.front() ? " WHERE " : " AND ") + each;
    return text;
}

std::optional<KeyUse> KeepsakesSql::key_use(const Plan& plan, const std::string& file) const {
    KeyUse use;
    use.file = file;
    use.is_key = {locale_.text("purge.guard.key", {{"file", file}}), hash_.is_key()};
    for (const Step& step : plan.steps) {
        if (!remembers(step)) continue;
        const Tables tables = this->tables(step);
        std::string list = client_.new_table(
            tables.list,
            "algorithm VARCHAR(20) NOT NULL, address_hash VARCHAR(64) NOT NULL, objection VARCHAR(20) NOT NULL, "
            "noted_on VARCHAR(10) NOT NULL, script VARCHAR(12) NOT NULL, PRIMARY KEY (address_hash, objection, "
            "algorithm), CHECK (address_hash <> '')");
        if (std::find(use.lists.begin(), use.lists.end(), list) != use.lists.end()) continue;
        use.lists.push_back(std::move(list));
        if (evidence_kept_) {
            use.lists.push_back(client_.new_table(
                tables.evidence,
                "algorithm VARCHAR(20) NOT NULL, person_hash VARCHAR(64) NOT NULL, hash_of VARCHAR(10) NOT NULL, what "
                "VARCHAR(20) NOT NULL, happened_on VARCHAR(10) NOT NULL, came_from VARCHAR(400) NOT NULL, kept_until "
                "VARCHAR(10) NOT NULL, script VARCHAR(12) NOT NULL, CHECK (person_hash <> '')"));
        }
        const std::string of_this_kind = " s WHERE s.algorithm = " + literal(hash_.algorithm());
        use.same.push_back({locale_.text("purge.guard.key_differs", {{"file", file}, {"table", tables.list}}),
                            "NOT EXISTS (SELECT 1 FROM " + tables.list + of_this_kind + ") OR EXISTS (SELECT 1 FROM " +
                                tables.list + " s JOIN " + hash_.key_table() +
                                " k ON s.address_hash = " + hash_.hash(hash_.bytes_of(literal(key_check))) +
                                " WHERE s.objection = 'key_check' AND s.algorithm = " + literal(hash_.algorithm()) +
                                ")"});
    }
    if (use.lists.empty()) return std::nullopt;
    return use;
}

}  // namespace crmaudit::reports::purge
