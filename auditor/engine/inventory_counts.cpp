#include "auditor/engine/inventory_counts.h"

#include <algorithm>
#include <map>

#include "auditor/engine/fused.h"
#include "auditor/engine/query_reasons.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

using sql::QueryError;
using Tally = sql::Renderer::Tally;
using Columns = std::vector<ColumnClassification*>;

constexpr std::size_t most_together = 50;

/// A value of its own in every row, so that nothing need be counted to know how many there are.
bool is_key(const Table& table, const ColumnClassification& column) {
    return table.primary_key.size() == 1 && table.primary_key.front() == column.column && !column.field;
}

Tally tally_of(const Table& table, const ColumnClassification& column) {
    const Column& found = *table.find(column.column);
    Tally tally{crmaudit::column(found.name, found.kind)};
    if (column.field) {
        const Column* key = table.find(column.field->key_column);
        tally.where = {
            OneOf{crmaudit::column(column.field->key_column, key == nullptr ? ColumnKind::unknown : key->kind),
                  {column.field->key_value}}};
    }
    // Texts are hardly ever the same, and comparing them is the dearest thing that could be asked of a database.
    const bool prose = column.category == Category::free_text || found.kind == ColumnKind::binary;
    tally.distinct = !prose && !is_key(table, column) && !column.field;
    return tally;
}

class TableCount {
public:
    TableCount(const Table& table, const sql::Renderer& renderer, sql::QueryPort& port, std::vector<Gap>& gaps)
        : table_(table), renderer_(renderer), port_(port), gaps_(gaps) {}

    /// Together; where that fails by one of them, in halves until it stands alone.
    void count(const Columns& columns) {
        try {
            read(columns);
        } catch (const QueryError& error) {
            if (ends_the_run(error)) throw;
            const bool splits = columns.size() > 1 && error.reason() == QueryError::Reason::other;
            if (!splits) {
                const std::string reason = reasons::text(reason_code(error.reason()), error.sqlstate());
                for (const ColumnClassification* each : columns) gaps_.push_back({name_of(*each), reason});
                return;
            }
            const auto middle = columns.begin() + static_cast<std::ptrdiff_t>(columns.size() / 2);
            count({columns.begin(), middle});
            count({middle, columns.end()});
        }
    }

private:
    void read(const Columns& columns) {
        std::vector<Tally> tallies;
        for (const ColumnClassification* each : columns) tallies.push_back(tally_of(table_, *each));
        const sql::Query query = renderer_.tally(table_.name, tallies).named("inventory");
        auto rows = port_.select(query);
        if (rows.size() != 1 || rows.front().size() != query.width()) {
            throw QueryError(QueryError::Reason::other, "", "a counting statement gave no complete row");
        }
        const sql::Row& row = rows.front();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            ColumnCounts counts{count_in(row[3 * i + 1]), count_in(row[3 * i + 2]), std::nullopt};
            if (tallies[i].distinct) counts.distinct = count_in(row[3 * i + 3]);
            if (is_key(table_, *columns[i])) counts.distinct = counts.filled;
            columns[i]->counts = counts;
        }
    }

    const Table& table_;
    const sql::Renderer& renderer_;
    sql::QueryPort& port_;
    std::vector<Gap>& gaps_;
};

}  // namespace

std::vector<Gap> count_inventory(Classification& classification, const Catalog& catalog, const sql::Renderer& renderer,
                                 sql::QueryPort& port) {
    std::map<TableName, Columns> by_table;
    for (ColumnClassification& each : classification.columns) {
        if (each.category != Category::none) by_table[each.table].push_back(&each);
    }
    std::vector<Gap> gaps;
    for (const auto& [name, columns] : by_table) {
        const Table* table = catalog.find(name);
        if (table == nullptr || !holds_rows(*table)) continue;
        TableCount count{*table, renderer, port, gaps};
        for (std::size_t i = 0; i < columns.size(); i += most_together) {
            const std::size_t end = std::min(i + most_together, columns.size());
            count.count(
                {columns.begin() + static_cast<std::ptrdiff_t>(i), columns.begin() + static_cast<std::ptrdiff_t>(end)});
        }
    }
    return gaps;
}

}  // namespace crmaudit::engine
