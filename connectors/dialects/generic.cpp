// Any product without a dialect of its own: standard SQL and the standard's information schema. Whatever that cannot
// tell becomes a gap or a missing safeguard.
#include <algorithm>
#include <array>
#include <utility>

#include "connectors/dialects/all.h"
#include "connectors/dialects/ansi_grammar.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Reason = sql::QueryError::Reason;

ColumnKind kind_of(std::string type) {
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    static constexpr std::array<std::pair<std::string_view, ColumnKind>, 16> starts{{
        {"INTERVAL", ColumnKind::other},
        {"INT", ColumnKind::integer},
        {"SMALLINT", ColumnKind::integer},
        {"BIGINT", ColumnKind::integer},
        {"TINYINT", ColumnKind::integer},
        {"DEC", ColumnKind::decimal},
        {"NUM", ColumnKind::decimal},
        {"FLOAT", ColumnKind::decimal},
        {"DOUBLE", ColumnKind::decimal},
        {"REAL", ColumnKind::decimal},
        {"BOOL", ColumnKind::boolean},
        {"DATETIME", ColumnKind::timestamp},
        {"DATE", ColumnKind::date},
        {"TIMESTAMP", ColumnKind::timestamp},
        {"TIME", ColumnKind::time},
        {"BINARY", ColumnKind::binary},
    }};
    for (const auto& [start, kind] : starts) {
        if (type.compare(0, start.size(), start) == 0) return kind;
    }
    const bool is_text = type.find("CHAR") != std::string::npos || type.find("TEXT") != std::string::npos;
    return is_text ? ColumnKind::text : ColumnKind::other;
}

/// Rows of a statement that the product may not know; then a gap says what is missing.
std::vector<sql::Row> rows_or_gap(const CatalogQuery& query, const std::string& statement, const std::string& object,
                                  Catalog& catalog) {
    try {
        return query(statement);
    } catch (const sql::QueryError& error) {
        if (ends_the_run(error)) throw;
        catalog.gaps.push_back({object, "this product does not answer the standard's question for it"});
        return {};
    }
}

class GenericDialect final : public Dialect {
public:
    std::string_view name() const override { return "generic"; }
    bool serves(std::string_view) const override { return true; }
    const sql::Grammar& grammar() const override { return grammar_; }
    std::string complete(const std::string& connection_string) const override { return connection_string; }

    std::vector<SessionStatement> session(const ConnectOptions&) const override {
        return {{"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                 "the session may not be read-only; only the account's rights protect the database"}};
    }
    Snapshot snapshot(const CatalogQuery&) const override { return Snapshot::per_statement; }
    std::vector<std::string> begin_snapshot() const override { return {}; }
    bool limits_statements() const override { return false; }
    LargeResult large_result() const override { return LargeResult::whole; }
    std::size_t rows_per_block() const override { return 1; }

    Reason reason(std::string_view sqlstate, int, std::string_view) const override {
        const std::string_view state_class = sqlstate.substr(0, 2);
        if (sqlstate == "42501" || state_class == "28") return Reason::forbidden;
        if (sqlstate == "42S02" || sqlstate == "42S22" || sqlstate == "42P01") return Reason::missing;
        if (sqlstate == "HYT00" || sqlstate == "HYT01") return Reason::timeout;
        if (sqlstate == "HY008") return Reason::cancelled;
        if (state_class == "40") return Reason::locked;
        return state_class == "08" ? Reason::connection_lost : Reason::other;
    }

    Catalog read_catalog(const CatalogQuery& query) const override {
        Catalog catalog;
        TableList tables;
        for (const auto& row :
             rows_or_gap(query,
                         "SELECT table_schema, table_name, table_type FROM information_schema.tables "
                         "WHERE UPPER(table_schema) NOT IN ('INFORMATION_SCHEMA', 'PG_CATALOG', 'SYS', 'MYSQL', "
                         "'PERFORMANCE_SCHEMA')",
                         "tables", catalog)) {
            Table& table = tables.add({text_at(row, 0), text_at(row, 1)});
            if (text_at(row, 2) == "VIEW") table.kind = TableKind::view;
        }
        for (const auto& row :
             rows_or_gap(query,
                         "SELECT table_schema, table_name, column_name, data_type, is_nullable "
                         "FROM information_schema.columns ORDER BY table_schema, table_name, ordinal_position",
                         "columns", catalog)) {
            Table* table = tables.find({text_at(row, 0), text_at(row, 1)});
            if (table == nullptr) continue;
            Column column;
            column.name = text_at(row, 2);
            column.type = text_at(row, 3);
            column.kind = kind_of(column.type);
            column.nullable = truth_at(row, 4);
            table->columns.push_back(std::move(column));
        }
        for (const auto& row : rows_or_gap(
                 query,
                 "SELECT c.table_schema, c.table_name, k.column_name FROM information_schema.table_constraints c "
                 "JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema "
                 "AND k.constraint_name = c.constraint_name AND k.table_name = c.table_name "
                 "WHERE c.constraint_type = 'PRIMARY KEY' "
                 "ORDER BY c.table_schema, c.table_name, k.ordinal_position",
                 "primary keys", catalog)) {
            if (Table* table = tables.find({text_at(row, 0), text_at(row, 1)})) {
                table->primary_key.push_back(text_at(row, 2));
            }
        }
        catalog.tables = std::move(tables).take();
        catalog.gaps.push_back({"grants", "permissions are not read from a product without a dialect of its own"});
        catalog.gaps.push_back({"foreign keys", "not read from a product without a dialect of its own"});
        catalog.gaps.push_back({"hosts", "other hosts are not looked for in a product without a dialect of its own"});
        return catalog;
    }

private:
    AnsiGrammar grammar_;
};

}  // namespace

const Dialect& generic_dialect() {
    static const GenericDialect dialect;
    return dialect;
}

}  // namespace crmaudit::connectors
