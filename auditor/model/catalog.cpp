#include "auditor/model/catalog.h"

#include <algorithm>

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<ColumnKind, 10> kind_names{{
    {ColumnKind::unknown, "unknown"},
    {ColumnKind::text, "text"},
    {ColumnKind::integer, "integer"},
    {ColumnKind::decimal, "decimal"},
    {ColumnKind::boolean, "boolean"},
    {ColumnKind::date, "date"},
    {ColumnKind::timestamp, "timestamp"},
    {ColumnKind::time, "time"},
    {ColumnKind::binary, "binary"},
    {ColumnKind::other, "other"},
}};

constexpr NameTable<TableKind, 5> table_kind_names{{
    {TableKind::table, "table"},
    {TableKind::view, "view"},
    {TableKind::materialized_view, "materialized_view"},
    {TableKind::partition, "partition"},
    {TableKind::foreign_table, "foreign_table"},
}};

}  // namespace

std::string to_string(const TableName& name) { return name.schema.empty() ? name.name : name.schema + "." + name.name; }

std::string_view to_string(ColumnKind kind) { return name_in(kind_names, kind); }
std::optional<ColumnKind> column_kind_from(std::string_view name) { return value_in(kind_names, name); }
std::string_view to_string(TableKind kind) { return name_in(table_kind_names, kind); }

const Column* Table::find(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

const Table* Catalog::find(const TableName& name) const {
    const auto found = std::lower_bound(tables.begin(), tables.end(), name,
                                        [](const Table& table, const TableName& key) { return table.name < key; });
    return found == tables.end() || found->name != name ? nullptr : &*found;
}

bool may_hide_tables(const Catalog& catalog) {
    return std::any_of(catalog.gaps.begin(), catalog.gaps.end(), [](const CatalogGap& gap) {
        return gap.object != "grants" && gap.object != "hosts" && gap.object != "files";
    });
}

bool holds_rows(const Table& table) {
    return !table.partition_of && table.kind != TableKind::view && table.kind != TableKind::partition;
}

}  // namespace crmaudit
