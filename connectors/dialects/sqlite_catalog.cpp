#include "connectors/dialects/sqlite_catalog.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "connectors/dialects/reading.h"
#include "connectors/dialects/sqlite_files.h"
#include "connectors/dialects/sqlite_grammar.h"

namespace crmaudit::connectors {
namespace {

std::string upper(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

/// Views and virtual tables are described by running code (a SELECT, a module), which may fail; ordinary tables are
/// not.
enum class Described { by_file, by_code };

struct Listed {
    std::string type;  // table, shadow, virtual, view
    Described described = Described::by_file;
};

std::map<std::string, Listed> list_tables(const CatalogQuery& query) {
    std::map<std::string, Listed> listed;
    for (const auto& row : query("SELECT name, type, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master "
                                 "WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_'")) {
        const bool is_virtual = truth_at(row, 2);
        const std::string type = is_virtual ? "virtual" : text_at(row, 1);
        listed[text_at(row, 0)] = {type, type == "table" ? Described::by_file : Described::by_code};
    }
    try {
        for (const auto& row : query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'")) {
            const auto found = listed.find(text_at(row, 0));
            if (found != listed.end()) found->second.type = "shadow";
        }
    } catch (const sql::QueryError& error) {
        // Libraries before 3.37 have no such list; shadow tables then count as tables of their own.
        if (ends_the_run(error)) throw;
    }
    return listed;
}

/// The virtual table that keeps its rows in a shadow table: the longest name that the shadow's name begins with.
std::optional<TableName> owner_of_shadow(const std::map<std::string, Listed>& listed, const std::string& shadow) {
    std::optional<TableName> owner;
    for (const auto& [name, entry] : listed) {
        const bool fits = entry.type == "virtual" && shadow.compare(0, name.size() + 1, name + "_") == 0;
        if (fits && (!owner || owner->name.size() < name.size())) owner = TableName{"", name};
    }
    return owner;
}

void add_column(Table& table, const sql::Row& row, std::vector<std::pair<std::int64_t, std::string>>& key) {
    Column column;
    column.name = text_at(row, 1);
    column.type = text_at(row, 2);
    column.kind = sqlite_kind(column.type);
    column.nullable = !truth_at(row, 3);
    if (row[4]) column.default_value = row[4];
    const auto position = number_at(row, 5).value_or(0);
    if (position > 0) key.emplace_back(position, column.name);
    table.columns.push_back(std::move(column));
}

void add_columns(TableList& tables, const std::vector<sql::Row>& rows) {
    std::map<Table*, std::vector<std::pair<std::int64_t, std::string>>> keys;
    for (const auto& row : rows) {
        Table* table = tables.find({"", text_at(row, 0)});
        if (table == nullptr || text_at(row, 6) == "1") continue;  // 1: a hidden column of a virtual table
        add_column(*table, row, keys[table]);
    }
    for (auto& [table, key] : keys) {
        std::sort(key.begin(), key.end());
        for (const auto& [position, column] : key) table->primary_key.push_back(column);
    }
}

constexpr std::string_view columns_of =
    "SELECT m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden "
    "FROM sqlite_master m JOIN pragma_table_xinfo(m.name) x ";

void read_columns(const CatalogQuery& query, const std::map<std::string, Listed>& listed, TableList& tables,
                  std::vector<CatalogGap>& gaps) {
    const std::string statement{columns_of};
    add_columns(tables, query(statement + "WHERE m.type = 'table' AND NOT m.sql LIKE 'CREATE VIRTUAL%' "
                                          "ORDER BY m.name, x.cid"));
    const SqliteGrammar grammar;
    for (const auto& [name, entry] : listed) {
        if (entry.described == Described::by_file) continue;
        try {
            add_columns(tables, query(statement + "WHERE m.type IN ('table', 'view') AND m.name = " +
                                      grammar.text_literal(name) + " ORDER BY x.cid"));
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            tables.add({"", name}).readable = false;
            gaps.push_back({name, entry.type == "view" ? "the view refers to something that is not there"
                                                       : "the module of this virtual table is not available"});
        }
    }
}

void read_foreign_keys(const CatalogQuery& query, TableList& tables) {
    for (const auto& row :
         query("SELECT m.name, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_delete FROM sqlite_master m "
               "JOIN pragma_foreign_key_list(m.name) f "
               "WHERE m.type = 'table' AND NOT m.sql LIKE 'CREATE VIRTUAL%' ORDER BY m.name, f.id, f.seq")) {
        Table* table = tables.find({"", text_at(row, 0)});
        if (table == nullptr) continue;
        ForeignKey& key = element_named(table->foreign_keys, text_at(row, 1));
        key.referenced = {"", text_at(row, 2)};
        key.on_delete = text_at(row, 5);
        key.columns.push_back(text_at(row, 3));
        if (row[4]) key.referenced_columns.push_back(*row[4]);
    }
}

void complete_foreign_keys(std::vector<Table>& tables) {
    std::map<std::string, std::vector<std::string>> primary_keys;
    std::map<std::string, TableName> names;
    for (const Table& table : tables) {
        primary_keys[upper(table.name.name)] = table.primary_key;
        names[upper(table.name.name)] = table.name;
    }
    for (Table& table : tables) {
        for (ForeignKey& key : table.foreign_keys) {
            // The names of foreign keys are not kept, and the list counts them from the last one.
            key.name.clear();
            // They may be spelled in another case than the table is.
            if (const auto name = names.find(upper(key.referenced.name)); name != names.end())
                key.referenced = name->second;
            if (key.referenced_columns.empty()) key.referenced_columns = primary_keys[upper(key.referenced.name)];
        }
        std::reverse(table.foreign_keys.begin(), table.foreign_keys.end());
    }
}

void read_indexes(const CatalogQuery& query, TableList& tables) {
    for (const auto& row :
         query("SELECT m.name, l.name, l.\"unique\", l.partial, i.name FROM sqlite_master m "
               "JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i "
               "WHERE m.type = 'table' AND NOT m.sql LIKE 'CREATE VIRTUAL%' ORDER BY m.name, l.name, i.seqno")) {
        Table* table = tables.find({"", text_at(row, 0)});
        if (table == nullptr) continue;
        Index& index = element_named(table->indexes, text_at(row, 1));
        const bool first = index.columns.empty();
        const bool is_column = row[4].has_value();
        index.unique = (first || index.unique) && truth_at(row, 2) && !truth_at(row, 3) && is_column;
        index.columns.push_back(is_column ? *row[4] : "(expression)");
    }
}

void read_row_estimates(const CatalogQuery& query, TableList& tables) {
    if (query("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").empty()) return;
    for (const auto& row : query("SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl")) {
        if (Table* table = tables.find({"", text_at(row, 0)})) table->row_estimate = number_at(row, 1);
    }
}

}  // namespace

ColumnKind sqlite_kind(std::string_view declared_type) {
    const std::string type = upper(declared_type);
    const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
    static constexpr std::array<std::pair<std::string_view, ColumnKind>, 16> parts{{
        {"INTERVAL", ColumnKind::other},
        {"DATETIME", ColumnKind::timestamp},
        {"TIMESTAMP", ColumnKind::timestamp},
        {"DATE", ColumnKind::date},
        {"TIME", ColumnKind::time},
        {"BOOL", ColumnKind::boolean},
        {"CHAR", ColumnKind::text},
        {"CLOB", ColumnKind::text},
        {"TEXT", ColumnKind::text},
        {"INT", ColumnKind::integer},
        {"BLOB", ColumnKind::binary},
        {"REAL", ColumnKind::decimal},
        {"FLOA", ColumnKind::decimal},
        {"DOUB", ColumnKind::decimal},
        {"DEC", ColumnKind::decimal},
        {"NUM", ColumnKind::decimal},
    }};
    for (const auto& [part, kind] : parts) {
        if (has(part)) return kind;
    }
    return type.empty() ? ColumnKind::unknown : ColumnKind::other;
}

Catalog read_sqlite_catalog(const CatalogQuery& query) {
    Catalog catalog;
    catalog.has_permissions = false;
    for (const auto& row : query("SELECT file, sqlite_version() FROM pragma_database_list WHERE name = 'main'")) {
        catalog.version = text_at(row, 1);
        const std::string file = text_at(row, 0);
        catalog.database = file.substr(file.rfind('/') + 1);
        if (!file.empty() && access(file.c_str(), W_OK) == 0) {
            catalog.account_can_write.emplace_back("the file system lets this account write the database file");
        }
        read_sqlite_files(file, catalog);
    }
    const auto listed = list_tables(query);
    TableList tables;
    for (const auto& [name, entry] : listed) {
        Table& table = tables.add({"", name});
        if (entry.type == "view") table.kind = TableKind::view;
        if (entry.type == "shadow") table.partition_of = owner_of_shadow(listed, name);
    }
    read_columns(query, listed, tables, catalog.gaps);
    read_foreign_keys(query, tables);
    read_indexes(query, tables);
    read_row_estimates(query, tables);
    catalog.tables = std::move(tables).take();
    complete_foreign_keys(catalog.tables);
    return catalog;
}

}  // namespace crmaudit::connectors
