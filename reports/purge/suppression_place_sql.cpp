#include "reports/purge/suppression_place_sql.h"

namespace crmaudit::reports::purge {

std::vector<std::string> listed_in(const SuppressionPlace& place, const std::string& addresses,
                                   const std::string& has_token, const sql::Grammar& grammar, const KeyedHash& hash) {
    const std::string table = grammar.quote(place.table);
    const std::string address = grammar.quote(place.address);
    const auto normalised = [&](const std::string& row) {
        return hash.normalised(grammar.as_text(row + address, ColumnKind::unknown));
    };
    // Nested: no statement may change a table that it reads, unless it has read all of it before.
    const std::string wanted = "(SELECT DISTINCT a.v FROM (" + addresses + ") a) x";
    std::string columns;
    std::string values;
    std::string changes;
    for (const Assignment& each : place.others) {
        const std::string value = each.value ? grammar.text_literal(*each.value) : "NULL";
        columns += ", " + grammar.quote(each.column);
        values += ", " + value;
        changes += (changes.empty() ? "" : ", ") + grammar.quote(each.column) + " = " + value;
    }
    std::vector<std::string> statements;
    if (!changes.empty()) {
        statements.push_back("UPDATE " + table + " SET " + changes + " WHERE " + normalised("") +
                             " IN (SELECT x.v FROM " + wanted + ") AND " + has_token);
    }
    statements.push_back("INSERT INTO " + table + " (" + address + columns + ") SELECT x.v" + values + " FROM " +
                         wanted + " WHERE NOT EXISTS (SELECT 1 FROM " + table + " s WHERE " + normalised("s.") +
                         " = x.v) AND " + has_token);
    return statements;
}

}  // namespace crmaudit::reports::purge
