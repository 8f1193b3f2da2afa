#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

constexpr std::string_view tables_of_database =
    "SELECT table_name, table_type, engine, table_rows, table_comment FROM information_schema.tables "
    "WHERE table_schema = DATABASE() AND table_type <> 'SEQUENCE'";

constexpr std::string_view columns_of_database =
    "SELECT table_name, column_name, column_type, data_type, is_nullable, column_default, column_comment, "
    "FIND_IN_SET('select', `privileges`) > 0, collation_name FROM information_schema.columns WHERE table_schema = "
    "DATABASE() "
    "ORDER BY table_name, ordinal_position";

// The rule of deletion is hidden from accounts that may only read; the reference itself is not.
constexpr std::string_view foreign_keys_of_database =
    "SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema, k.referenced_table_name, "
    "k.referenced_column_name FROM information_schema.key_column_usage k WHERE k.table_schema = DATABASE() "
    "AND k.referenced_table_name IS NOT NULL ORDER BY k.table_name, k.constraint_name, k.ordinal_position";

constexpr std::string_view rules_of_database =
    "SELECT table_name, constraint_name, delete_rule FROM information_schema.referential_constraints "
    "WHERE constraint_schema = DATABASE()";

constexpr std::string_view indexes_of_database =
    "SELECT table_name, index_name, column_name, non_unique FROM information_schema.statistics "
    "WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

void set_engine(Table& table, const std::string& engine) {
    static const std::set<std::string, std::less<>> versioned{"innodb", "rocksdb", "tokudb"};
    static const std::set<std::string, std::less<>> remote{"spider", "federated", "connect"};
    table.consistent = versioned.count(engine) != 0;
    if (remote.count(engine) != 0) {
        table.kind = TableKind::foreign_table;
        table.comment.clear();  // may hold a connection with its password
    }
    if (engine == "mrg_myisam") table.kind = TableKind::view;  // shows the rows of other tables
}

void read_tables(const CatalogQuery& query, TableList& tables, Catalog& catalog) {
    for (const auto& row : query(std::string{tables_of_database})) {
        const TableName name{catalog.database, text_at(row, 0)};
        Table& table = tables.add(name);
        table.row_estimate = number_at(row, 3);
        const std::string comment = text_at(row, 4);
        if (text_at(row, 1) == "VIEW") {
            table.kind = TableKind::view;
            table.row_estimate.reset();
            if (comment == "VIEW") continue;
            // The comment of a view holds the error that opening it gave.
            table.readable = false;
            catalog.gaps.push_back(
                {to_string(name), "the view refers to something that is not there or not permitted"});
        } else if (!row[2]) {
            table.readable = false;
            catalog.gaps.push_back({to_string(name), "the server cannot open the table"});
        } else {
            table.comment = comment;
            set_engine(table, lower(text_at(row, 2)));
        }
    }
}

/// Columns by table that the account sees and may not read.
using Forbidden = std::map<TableName, std::string>;

Forbidden read_columns(const CatalogQuery& query, TableList& tables, const std::string& database) {
    Forbidden forbidden;
    for (const auto& row : query(std::string{columns_of_database})) {
        const TableName name{database, text_at(row, 0)};
        Table* table = tables.find(name);
        if (table == nullptr) continue;
        Column column;
        column.name = text_at(row, 1);
        column.type = text_at(row, 2);
        column.kind = mariadb_kind(lower(text_at(row, 3)), lower(column.type));
        column.nullable = truth_at(row, 4);
        if (text_at(row, 5) != "NULL") column.default_value = row[5];
        column.comment = text_at(row, 6);
        column.collation = text_at(row, 8);
        if (!truth_at(row, 7)) {
            std::string& list = forbidden[name];
            list += (list.empty() ? "" : ", ") + column.name;
        }
        table->columns.push_back(std::move(column));
    }
    return forbidden;
}

void read_foreign_keys(const CatalogQuery& query, TableList& tables, const std::string& database) {
    std::map<std::pair<std::string, std::string>, std::string> rules;
    for (const auto& row : query(std::string{rules_of_database})) {
        rules[{text_at(row, 0), text_at(row, 1)}] = text_at(row, 2);
    }
    for (const auto& row : query(std::string{foreign_keys_of_database})) {
        Table* table = tables.find({database, text_at(row, 0)});
        if (table == nullptr) continue;
        ForeignKey& key = element_named(table->foreign_keys, text_at(row, 1));
        key.columns.push_back(text_at(row, 2));
        key.referenced = {text_at(row, 3), text_at(row, 4)};
        key.referenced_columns.push_back(text_at(row, 5));
        key.on_delete = rules[{text_at(row, 0), text_at(row, 1)}];
    }
}

void read_indexes(const CatalogQuery& query, TableList& tables, const std::string& database) {
    for (const auto& row : query(std::string{indexes_of_database})) {
        Table* table = tables.find({database, text_at(row, 0)});
        if (table == nullptr) continue;
        const std::string name = text_at(row, 1);
        if (name == "PRIMARY") table->primary_key.push_back(text_at(row, 2));
        Index& index = element_named(table->indexes, name);
        index.columns.push_back(row[2].value_or("(expression)"));
        index.unique = text_at(row, 3) == "0" && row[2].has_value();
    }
}

bool reads(const Grant& grant) { return grant.privilege == "SELECT" || grant.privilege == "ALL PRIVILEGES"; }

void add_gaps(TableList& tables, const Forbidden& forbidden, const std::vector<Grant>& own, Catalog& catalog) {
    const std::string remedy = "; GRANT SELECT ON the database to " + catalog.account;
    for (const auto& [name, columns] : forbidden) {
        Table& table = *tables.find(name);
        if (!table.readable) continue;
        table.readable = false;
        catalog.gaps.push_back({to_string(name), "the account may not read the columns " + columns + remedy});
    }
    const bool whole_database = std::any_of(own.begin(), own.end(), [&](const Grant& grant) {
        return reads(grant) && grant.object.name.empty() && covers_schema(grant.object.schema, catalog.database);
    });
    if (whole_database) return;
    catalog.gaps.push_back(
        {catalog.database, "the account may read some tables only, and others are hidden from it" + remedy});
    std::set<std::string> by_column;
    std::set<std::string> as_a_whole;
    for (const Grant& grant : own) {
        if (!reads(grant) || grant.object.schema != catalog.database) continue;
        (grant.column.empty() ? as_a_whole : by_column).insert(grant.object.name);
    }
    for (const std::string& name : by_column) {
        Table* table = tables.find({catalog.database, name});
        if (table == nullptr || !table->readable || as_a_whole.count(name) != 0) continue;
        table->readable = false;
        catalog.gaps.push_back({to_string(table->name),
                                "the account may read some columns only, and others are hidden "
                                "from it" +
                                    remedy});
    }
}

}  // namespace

ColumnKind mariadb_kind(std::string_view data_type, std::string_view column_type) {
    static const std::map<std::string_view, ColumnKind> kinds{
        {"tinyint", ColumnKind::integer},     {"smallint", ColumnKind::integer},
        {"mediumint", ColumnKind::integer},   {"int", ColumnKind::integer},
        {"bigint", ColumnKind::integer},      {"year", ColumnKind::integer},
        {"bit", ColumnKind::integer},         {"decimal", ColumnKind::decimal},
        {"float", ColumnKind::decimal},       {"double", ColumnKind::decimal},
        {"date", ColumnKind::date},           {"datetime", ColumnKind::timestamp},
        {"timestamp", ColumnKind::timestamp}, {"time", ColumnKind::time},
        {"char", ColumnKind::text},           {"varchar", ColumnKind::text},
        {"tinytext", ColumnKind::text},       {"text", ColumnKind::text},
        {"mediumtext", ColumnKind::text},     {"longtext", ColumnKind::text},
        {"enum", ColumnKind::text},           {"set", ColumnKind::text},
        {"json", ColumnKind::text},           {"uuid", ColumnKind::text},
        {"inet4", ColumnKind::text},          {"inet6", ColumnKind::text},
        {"binary", ColumnKind::binary},       {"varbinary", ColumnKind::binary},
        {"tinyblob", ColumnKind::binary},     {"blob", ColumnKind::binary},
        {"mediumblob", ColumnKind::binary},   {"longblob", ColumnKind::binary},
    };
    if (starts_with(column_type, "tinyint(1)") || column_type == "bit(1)") return ColumnKind::boolean;
    const auto found = kinds.find(data_type);
    return found == kinds.end() ? ColumnKind::other : found->second;
}

void read_mariadb_structure(const CatalogQuery& query, const std::vector<Grant>& own, Catalog& catalog) {
    TableList tables;
    read_tables(query, tables, catalog);
    const Forbidden forbidden = read_columns(query, tables, catalog.database);
    read_foreign_keys(query, tables, catalog.database);
    read_indexes(query, tables, catalog.database);
    add_gaps(tables, forbidden, own, catalog);
    catalog.tables = std::move(tables).take();
}

}  // namespace crmaudit::connectors
