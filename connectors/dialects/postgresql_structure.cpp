#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "connectors/dialects/postgresql_catalog.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// Relations of every schema but the system's. Children of plain inheritance count as partitions when the parent shows
// all their columns. The privilege functions answer for the account of this session.
constexpr std::string_view relations = R"sql(
SELECT n.nspname, c.relname,
       CASE WHEN c.relkind = 'v' THEN 'view' WHEN c.relkind = 'm' THEN 'materialized_view'
            WHEN c.relispartition THEN 'partition' WHEN c.relkind = 'f' THEN 'foreign_table' ELSE 'table' END,
       pn.nspname, p.relname,
       CASE WHEN c.reltuples < 0 THEN NULL ELSE CAST(c.reltuples AS bigint) END,
       obj_description(c.oid, 'pg_class'),
       CASE WHEN has_schema_privilege(n.oid, 'USAGE') THEN 1 ELSE 0 END,
       CASE WHEN has_table_privilege(c.oid, 'SELECT') THEN 1 ELSE 0 END,
       CASE WHEN c.relrowsecurity AND row_security_active(c.oid) THEN 1 ELSE 0 END,
       concat_ws(', ', CASE WHEN has_table_privilege(c.oid, 'INSERT') OR has_any_column_privilege(c.oid, 'INSERT') THEN 'INSERT' END,
                       CASE WHEN has_table_privilege(c.oid, 'UPDATE') OR has_any_column_privilege(c.oid, 'UPDATE') THEN 'UPDATE' END,
                       CASE WHEN has_table_privilege(c.oid, 'DELETE') THEN 'DELETE' END,
                       CASE WHEN has_table_privilege(c.oid, 'TRUNCATE') THEN 'TRUNCATE' END)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND i.inhseqno = 1
     AND (c.relispartition OR NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute own
          WHERE own.attrelid = c.oid AND own.attnum > 0 AND NOT own.attisdropped AND own.attinhcount = 0))
LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema')sql";

constexpr std::string_view columns = R"sql(
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), bt.typname,
       CASE WHEN a.attnotnull OR t.typnotnull THEN 0 ELSE 1 END,
       col_description(c.oid, a.attnum),
       CASE WHEN has_table_privilege(c.oid, 'SELECT') OR has_column_privilege(c.oid, a.attnum, 'SELECT') THEN 1 ELSE 0 END
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN (WITH RECURSIVE based(oid, base) AS (
          SELECT oid, oid FROM pg_catalog.pg_type
          UNION ALL SELECT b.oid, u.typbasetype FROM based b JOIN pg_catalog.pg_type u ON u.oid = b.base
                    WHERE u.typtype = 'd')
      SELECT b.oid, u.typname FROM based b JOIN pg_catalog.pg_type u ON u.oid = b.base WHERE u.typtype <> 'd') bt
     ON bt.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
ORDER BY c.oid, a.attnum)sql";

// pg_get_expr locks the table it reads a default of; tables that are locked right now are left out.
constexpr std::string_view defaults = R"sql(
SELECT n.nspname, c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid)
FROM pg_catalog.pg_attrdef d
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND c.oid NOT IN (SELECT l.relation FROM pg_catalog.pg_locks l
                    WHERE l.relation IS NOT NULL AND l.granted AND l.mode = 'AccessExclusiveLock'))sql";

constexpr std::string_view keys = R"sql(
SELECT n.nspname, c.relname, con.contype, con.conname, a.attname, fn.nspname, fc.relname, fa.attname,
       CASE con.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
                            WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END
FROM pg_catalog.pg_constraint con
JOIN pg_catalog.pg_class c ON c.oid = con.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL unnest(con.conkey) WITH ORDINALITY k(attnum, position)
JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum
LEFT JOIN pg_catalog.pg_class fc ON fc.oid = con.confrelid
LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
LEFT JOIN pg_catalog.pg_attribute fa ON fa.attrelid = con.confrelid AND fa.attnum = con.confkey[k.position]
WHERE con.contype IN ('p', 'f') AND (con.conparentid = 0 OR c.relispartition)
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname, con.conname, con.oid, k.position)sql";

// An index on an expression or on part of the rows makes nothing unique.
constexpr std::string_view indexes = R"sql(
SELECT n.nspname, c.relname, ic.relname, a.attname,
       CASE WHEN x.indisunique AND x.indpred IS NULL AND x.indexprs IS NULL AND x.indisvalid THEN 1 ELSE 0 END
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class ic ON ic.oid = x.indexrelid
CROSS JOIN LATERAL unnest(CAST(x.indkey AS smallint[])) WITH ORDINALITY k(attnum, position)
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum AND k.attnum <> 0
WHERE k.position <= x.indnkeyatts AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname, ic.relname, k.position)sql";

/// Enumerations and uuids compare with text only by a cast, so they are `other`.
ColumnKind kind_of(const std::string& type) {
    static const std::map<std::string, ColumnKind, std::less<>> kinds{
        {"bool", ColumnKind::boolean},   {"int2", ColumnKind::integer},    {"int4", ColumnKind::integer},
        {"int8", ColumnKind::integer},   {"numeric", ColumnKind::decimal}, {"float4", ColumnKind::decimal},
        {"float8", ColumnKind::decimal}, {"date", ColumnKind::date},       {"timestamp", ColumnKind::timestamp},
        {"time", ColumnKind::time},      {"timetz", ColumnKind::time},     {"timestamptz", ColumnKind::timestamp},
        {"bytea", ColumnKind::binary},   {"text", ColumnKind::text},       {"varchar", ColumnKind::text},
        {"bpchar", ColumnKind::text},    {"name", ColumnKind::text},       {"citext", ColumnKind::text},
    };
    const auto found = kinds.find(type);
    return found == kinds.end() ? ColumnKind::other : found->second;
}

/// What the account may not read, gathered while tables and columns are read.
struct Unreadable {
    std::set<std::string> schemas;
    std::set<TableName> whole_tables;
    std::set<TableName> filtered_tables;  // by row-level security
    std::map<TableName, std::string> columns;
};

std::vector<TableName> read_tables(const CatalogQuery& query, TableList& tables, Unreadable& unreadable,
                                   Catalog& catalog) {
    std::vector<TableName> partitions;
    static const std::map<std::string, TableKind, std::less<>> kinds{
        {"view", TableKind::view},
        {"materialized_view", TableKind::materialized_view},
        {"partition", TableKind::partition},
        {"foreign_table", TableKind::foreign_table},
        {"table", TableKind::table}};
    for (const auto& row : query(std::string{relations})) {
        const TableName name{text_at(row, 0), text_at(row, 1)};
        Table& table = tables.add(name);
        table.kind = kinds.at(text_at(row, 2));
        if (row[4]) {
            table.partition_of = TableName{text_at(row, 3), text_at(row, 4)};
            partitions.push_back(name);
        }
        table.row_estimate = number_at(row, 5);
        table.comment = text_at(row, 6);
        table.consistent = table.kind != TableKind::foreign_table;
        if (!truth_at(row, 7)) {
            table.readable = false;
            unreadable.schemas.insert(name.schema);
        } else if (!truth_at(row, 8)) {
            unreadable.whole_tables.insert(name);
        } else if (truth_at(row, 9)) {
            table.readable = false;
            unreadable.filtered_tables.insert(name);
        }
        const std::string writes = text_at(row, 10);
        if (!writes.empty()) catalog.account_can_write.push_back(writes + " on " + to_string(name));
    }
    return partitions;
}

void read_columns(const CatalogQuery& query, TableList& tables, Unreadable& unreadable) {
    for (const auto& row : query(std::string{columns})) {
        const TableName name{text_at(row, 0), text_at(row, 1)};
        Table* table = tables.find(name);
        if (table == nullptr) continue;
        Column column;
        column.name = text_at(row, 2);
        column.type = text_at(row, 3);
        column.kind = kind_of(text_at(row, 4));
        column.nullable = truth_at(row, 5);
        column.comment = text_at(row, 6);
        // With rights on some columns the table is not closed as a whole; the columns that are get named.
        if (truth_at(row, 7)) {
            unreadable.whole_tables.erase(name);
        } else if (unreadable.schemas.count(name.schema) == 0) {
            table->readable = false;
            std::string& list = unreadable.columns[name];
            list += (list.empty() ? "" : ", ") + column.name;
        }
        table->columns.push_back(std::move(column));
    }
}

/// A table that somebody locks in the very moment costs all defaults, but never the audit.
void read_defaults(const CatalogQuery& query, TableList& tables) {
    try {
        for (const auto& row : query(std::string{defaults})) {
            Table* table = tables.find({text_at(row, 0), text_at(row, 1)});
            if (table == nullptr) continue;
            const auto column = std::find_if(table->columns.begin(), table->columns.end(),
                                             [&](const Column& each) { return each.name == text_at(row, 2); });
            if (column != table->columns.end()) column->default_value = row[3];
        }
    } catch (const sql::QueryError& error) {
        if (error.reason() != sql::QueryError::Reason::locked) throw;
    }
}

void read_keys(const CatalogQuery& query, TableList& tables) {
    for (const auto& row : query(std::string{keys})) {
        Table* table = tables.find({text_at(row, 0), text_at(row, 1)});
        if (table == nullptr) continue;
        if (text_at(row, 2) == "p") {
            table->primary_key.push_back(text_at(row, 4));
            continue;
        }
        ForeignKey& key = element_named(table->foreign_keys, text_at(row, 3));
        key.referenced = {text_at(row, 5), text_at(row, 6)};
        key.on_delete = text_at(row, 8);
        key.columns.push_back(text_at(row, 4));
        key.referenced_columns.push_back(text_at(row, 7));
    }
}

void read_indexes(const CatalogQuery& query, TableList& tables) {
    for (const auto& row : query(std::string{indexes})) {
        Table* table = tables.find({text_at(row, 0), text_at(row, 1)});
        if (table == nullptr) continue;
        Index& index = element_named(table->indexes, text_at(row, 2));
        index.columns.push_back(row[3].value_or("(expression)"));
        index.unique = truth_at(row, 4);
    }
}

/// A partitioned table keeps no rows and often has no estimate of its own. Sums are made from the leaves upwards.
void sum_partitions(TableList& tables, const std::vector<TableName>& partitions) {
    std::set<TableName> parents;
    for (const TableName& name : partitions) parents.insert(*tables.find(name)->partition_of);
    std::map<TableName, std::int64_t> sums;
    for (const TableName& name : partitions) {
        if (parents.count(name) != 0) continue;
        const Table& leaf = *tables.find(name);
        const Table* parent = tables.find(*leaf.partition_of);
        while (leaf.row_estimate && parent != nullptr) {
            sums[parent->name] += *leaf.row_estimate;
            parent = parent->partition_of ? tables.find(*parent->partition_of) : nullptr;
        }
    }
    for (const auto& [name, sum] : sums) {
        Table& parent = *tables.find(name);
        if (!parent.row_estimate) parent.row_estimate = sum;
    }
}

void add_gaps(TableList& tables, const Unreadable& unreadable, Catalog& catalog) {
    const std::string& account = catalog.account;
    for (const std::string& schema : unreadable.schemas) {
        catalog.gaps.push_back({schema, "the account may not use this schema; GRANT USAGE ON SCHEMA to " + account});
    }
    for (const TableName& name : unreadable.whole_tables) {
        tables.find(name)->readable = false;
        if (tables.find(name)->partition_of) continue;  // read through its parent
        catalog.gaps.push_back({to_string(name), "the account may not read it; GRANT SELECT ON it to " + account});
    }
    for (const auto& [name, list] : unreadable.columns) {
        if (unreadable.whole_tables.count(name) != 0 || tables.find(name)->partition_of) continue;
        catalog.gaps.push_back({to_string(name), "the account may not read the columns " + list +
                                                     "; GRANT SELECT ON the table to " + account});
    }
    for (const TableName& name : unreadable.filtered_tables) {
        catalog.gaps.push_back({to_string(name), "row-level security hides rows from the account; ALTER ROLE " +
                                                     account + " BYPASSRLS, or a policy that shows it all rows"});
    }
}

}  // namespace

void read_postgresql_structure(const CatalogQuery& query, Catalog& catalog) {
    TableList tables;
    Unreadable unreadable;
    const auto partitions = read_tables(query, tables, unreadable, catalog);
    read_columns(query, tables, unreadable);
    read_defaults(query, tables);
    read_keys(query, tables);
    read_indexes(query, tables);
    add_gaps(tables, unreadable, catalog);
    sum_partitions(tables, partitions);
    catalog.tables = std::move(tables).take();
}

}  // namespace crmaudit::connectors
