#include "connectors/dialects/mssql_structure.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

constexpr std::string_view tables_statement =
    "SELECT s.name, o.name, o.type, t.is_memory_optimized, t.is_external, (SELECT SUM(p.rows) FROM sys.partitions p "
    "WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)) FROM sys.objects o JOIN sys.schemas s ON s.schema_id = "
    "o.schema_id LEFT JOIN sys.tables t ON t.object_id = o.object_id WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = "
    "0 "
    "ORDER BY s.name, o.name";

// Length of the type as a declaration writes it: the purge scripts compare the same text.
constexpr std::string_view columns_statement =
    "SELECT s.name, o.name, c.name, y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN "
    "N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN "
    "(N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS "
    "nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + "
    "N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' "
    "+ CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END, TYPE_NAME(c.system_type_id), c.is_nullable FROM sys.columns "
    "c JOIN sys.objects o ON o.object_id = c.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id JOIN sys.types "
    "y ON y.user_type_id = c.user_type_id WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY s.name, o.name, "
    "c.column_id";

constexpr std::string_view indexes_statement =
    "SELECT s.name, o.name, i.name, c.name, i.is_unique, i.is_primary_key FROM sys.indexes i JOIN sys.index_columns k "
    "ON k.object_id = i.object_id AND k.index_id = i.index_id JOIN sys.columns c ON c.object_id = k.object_id AND "
    "c.column_id = k.column_id JOIN sys.objects o ON o.object_id = i.object_id JOIN sys.schemas s ON s.schema_id = "
    "o.schema_id WHERE o.type = 'U' AND o.is_ms_shipped = 0 AND k.is_included_column = 0 AND i.has_filter = 0 AND "
    "i.name IS NOT NULL ORDER BY s.name, o.name, i.index_id, k.key_ordinal";

constexpr std::string_view keys_statement =
    "SELECT s.name, o.name, f.name, c.name, rs.name, ro.name, rc.name, REPLACE(f.delete_referential_action_desc, "
    "N'_', N' ') FROM sys.foreign_keys f JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id JOIN "
    "sys.objects o ON o.object_id = f.parent_object_id JOIN sys.schemas s ON s.schema_id = o.schema_id JOIN "
    "sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id JOIN sys.objects ro ON "
    "ro.object_id = f.referenced_object_id JOIN sys.schemas rs ON rs.schema_id = ro.schema_id JOIN sys.columns rc ON "
    "rc.object_id = k.referenced_object_id AND rc.column_id = k.referenced_column_id ORDER BY s.name, o.name, f.name, "
    "k.constraint_column_id";

ColumnKind kind_of(std::string_view type) {
    static constexpr std::array<std::pair<std::string_view, ColumnKind>, 29> kinds{{
        {"bigint", ColumnKind::integer},
        {"int", ColumnKind::integer},
        {"smallint", ColumnKind::integer},
        {"tinyint", ColumnKind::integer},
        {"bit", ColumnKind::boolean},
        {"decimal", ColumnKind::decimal},
        {"numeric", ColumnKind::decimal},
        {"money", ColumnKind::decimal},
        {"smallmoney", ColumnKind::decimal},
        {"float", ColumnKind::decimal},
        {"real", ColumnKind::decimal},
        {"date", ColumnKind::date},
        {"datetime", ColumnKind::timestamp},
        {"datetime2", ColumnKind::timestamp},
        {"smalldatetime", ColumnKind::timestamp},
        {"datetimeoffset", ColumnKind::timestamp},
        {"time", ColumnKind::time},
        {"char", ColumnKind::text},
        {"varchar", ColumnKind::text},
        {"text", ColumnKind::text},
        {"nchar", ColumnKind::text},
        {"nvarchar", ColumnKind::text},
        {"ntext", ColumnKind::text},
        {"uniqueidentifier", ColumnKind::text},
        {"binary", ColumnKind::binary},
        {"varbinary", ColumnKind::binary},
        {"image", ColumnKind::binary},
        {"timestamp", ColumnKind::binary},
        {"xml", ColumnKind::other},
    }};
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& each) { return each.first == type; });
    return found == kinds.end() ? ColumnKind::other : found->second;
}

void read_tables(const CatalogQuery& query, TableList& tables) {
    for (const auto& row : query(std::string{tables_statement})) {
        Table& table = tables.add({text_at(row, 0), text_at(row, 1)});
        if (text_at(row, 2).substr(0, 1) == "V") table.kind = TableKind::view;
        if (truth_at(row, 4)) table.kind = TableKind::foreign_table;
        table.row_estimate = number_at(row, 5);
    }
}

void read_columns(const CatalogQuery& query, TableList& tables) {
    for (const auto& row : query(std::string{columns_statement})) {
        Table* table = tables.find({text_at(row, 0), text_at(row, 1)});
        if (table == nullptr) continue;
        Column column;
        column.name = text_at(row, 2);
        column.type = text_at(row, 3);
        column.kind = kind_of(text_at(row, 4));
        column.nullable = truth_at(row, 5);
        table->columns.push_back(std::move(column));
    }
}

void read_indexes(const CatalogQuery& query, TableList& tables) {
    for (const auto& row : query(std::string{indexes_statement})) {
        Table* table = tables.find({text_at(row, 0), text_at(row, 1)});
        if (table == nullptr) continue;
        Index& index = element_named(table->indexes, text_at(row, 2));
        index.columns.push_back(text_at(row, 3));
        index.unique = truth_at(row, 4);
        if (truth_at(row, 5)) table->primary_key.push_back(text_at(row, 3));
    }
}

void read_keys(const CatalogQuery& query, TableList& tables) {
    for (const auto& row : query(std::string{keys_statement})) {
        Table* table = tables.find({text_at(row, 0), text_at(row, 1)});
        if (table == nullptr) continue;
        ForeignKey& key = element_named(table->foreign_keys, text_at(row, 2));
        key.columns.push_back(text_at(row, 3));
        key.referenced = {text_at(row, 4), text_at(row, 5)};
        key.referenced_columns.push_back(text_at(row, 6));
        key.on_delete = text_at(row, 7);
    }
}

}  // namespace

std::vector<std::string_view> mssql_structure_statements() {
    return {tables_statement, columns_statement, indexes_statement, keys_statement};
}

void read_mssql_structure(const CatalogQuery& query, Catalog& catalog) {
    TableList tables;
    read_tables(query, tables);
    read_columns(query, tables);
    read_indexes(query, tables);
    read_keys(query, tables);
    catalog.tables = std::move(tables).take();
}

}  // namespace crmaudit::connectors
