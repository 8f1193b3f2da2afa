// The catalog: an immutable snapshot of a database's structure and permissions. No rows, no values.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/location.h"

namespace crmaudit {

struct Permissions;  // permissions.h

/// Schema is the database name on MariaDB and empty on SQLite.
struct TableName {
    std::string schema;
    std::string name;
    auto operator<=>(const TableName&) const = default;
};

/// "schema.name", or "name" without a schema; for messages, never for SQL.
std::string to_string(const TableName& name);

/// How values of a column can be compared, reduced from the database's own type name.
enum class ColumnKind { unknown, text, integer, decimal, boolean, date, timestamp, time, binary, other };

std::string_view to_string(ColumnKind kind);
std::optional<ColumnKind> column_kind_from(std::string_view name);

struct Column {
    std::string name;
    std::string type;  // as the database writes it, for instance "varchar(100)"
    ColumnKind kind = ColumnKind::unknown;
    bool nullable = true;
    std::optional<std::string> default_value;  // never leaves the process
    std::string comment;
    std::string collation{};  // where a database refuses to compare columns of two collations; else empty
    bool operator==(const Column&) const = default;
};

struct ForeignKey {
    std::string name;
    std::vector<std::string> columns;
    TableName referenced;
    std::vector<std::string> referenced_columns;
    std::string on_delete;  // NO ACTION, RESTRICT, CASCADE, SET NULL, SET DEFAULT
    bool operator==(const ForeignKey&) const = default;
};

struct Index {
    std::string name;
    std::vector<std::string> columns;
    bool unique = false;
    bool operator==(const Index&) const = default;
};

enum class TableKind { table, view, materialized_view, partition, foreign_table };

std::string_view to_string(TableKind kind);

struct Table {
    TableName name;
    TableKind kind = TableKind::table;
    std::string comment;
    std::vector<Column> columns;
    std::vector<std::string> primary_key;
    std::vector<ForeignKey> foreign_keys;
    std::vector<Index> indexes;
    std::optional<std::int64_t> row_estimate;
    std::optional<TableName> partition_of;  // counted through its parent, never twice
    bool readable = true;                   // the account may SELECT every column
    bool consistent = true;                 // takes part in the run's snapshot (MyISAM, Aria, MEMORY do not)

    const Column* find(std::string_view column) const;
    bool operator==(const Table&) const = default;
};

struct Principal {
    std::string name;  // 'user'@'host' on MariaDB
    bool can_login = true;
    bool superuser = false;
    bool operator==(const Principal&) const = default;
};

struct Membership {
    std::string role;
    std::string member;
    bool admin_option = false;
    bool operator==(const Membership&) const = default;
};

/// A grant as the database records it. An empty table means the whole schema, an empty schema the whole server.
struct Grant {
    std::string grantee;  // "PUBLIC" when is_public
    bool is_public = false;
    std::string privilege;  // SELECT, INSERT, …, upper case
    TableName object;
    std::string column;  // empty: all columns
    bool grantable = false;
    auto operator<=>(const Grant&) const = default;
};

/// Something that exists, or may exist, and could not be read.
struct CatalogGap {
    std::string object;  // a schema, a table, "grants" or "hosts"
    std::string reason;
    bool operator==(const CatalogGap&) const = default;
};

/// The file that a database is, or one beside it, and who may read it.
struct DatabaseFile {
    std::string name;          // without its directory; "." for the directory
    std::string what;          // "database", "directory", "journal", "wal", "shared_memory", "copy"
    std::string mode;          // as ls writes it: "rw-r--r--"
    bool read_by_all = false;  // every account of the machine gets at it
    bool written_by_all = false;
    bool read_by_group = false;
    std::string owner;  // of the file; empty where the number has no name
    bool operator==(const DatabaseFile&) const = default;
};

struct Catalog {
    std::string dialect;  // name of the dialect that read it
    std::string product;
    std::string version;
    std::string database;
    std::string default_schema;
    std::string account;
    bool has_permissions = true;                  // SQLite has none
    std::vector<std::string> account_can_write;   // evidence; empty for a read-only account
    std::vector<std::string> missing_safeguards;  // a limit or guard that this database cannot give, said in the report
    std::vector<Table> tables;                    // sorted by name
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    std::vector<Grant> grants;
    /// Everything that decides who gets at what; null where the database has nothing of the kind, or where the account
    /// sees no more than its own rights. Then the lists above are all that is known.
    std::shared_ptr<const Permissions> permissions;
    std::vector<DatabaseFile> files;  // of a database that is a file
    std::vector<FoundHost> hosts;     // foreign servers, replicas, tables that live elsewhere
    std::vector<CatalogGap> gaps;
    std::vector<std::string> left_out;  // tables that the operator chose not to look at

    const Table* find(const TableName& name) const;
};

/// Whether tables may exist that the account does not see; gaps about grants and hosts hide none.
bool may_hide_tables(const Catalog& catalog);

/// A table whose rows are its own: not a view, and not a partition that its parent already counts.
bool holds_rows(const Table& table);

}  // namespace crmaudit
