#include "auditor/engine/content_scan.h"

#include <algorithm>
#include <map>

#include "auditor/classify/content_verdict.h"
#include "auditor/classify/declared.h"
#include "auditor/engine/query_reasons.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

using Classified = std::vector<ColumnClassification*>;

bool is_in_key(const Table& table, const std::string& column) {
    const auto holds = [&](const std::vector<std::string>& columns) {
        return std::find(columns.begin(), columns.end(), column) != columns.end();
    };
    return holds(table.primary_key) || std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                                                   [&](const ForeignKey& key) { return holds(key.columns); });
}

/// One table on its way through the scan: the columns that are read, and whose values each cell is.
class TableScan {
public:
    TableScan(const Table& table, Classified columns, const classify::ValueScanner& scanner, Date as_of)
        : columns_(std::move(columns)) {
        for (const ColumnClassification* each : columns_) {
            value_cells_.push_back(cell_of(each->column));
            key_cells_.push_back(each->field ? std::optional{cell_of(each->field->key_column)} : std::nullopt);
            scans_.emplace_back(scanner, table.find(each->column)->kind, as_of);
        }
    }

    const std::vector<std::string>& names() const { return names_; }

    void add(const sql::Row& row) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (key_cells_[i] && row[*key_cells_[i]] != columns_[i]->field->key_value) continue;
            if (const sql::Cell& cell = row[value_cells_[i]]) {
                scans_[i].add(*cell);
            } else {
                scans_[i].add_missing();
            }
        }
    }

    void finish(const classify::ValueScanner& scanner) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            columns_[i]->content = scans_[i].result();
            classify::weigh_content(*columns_[i], scanner);
        }
    }

private:
    /// The position of a column's cell in the rows that are read.
    std::size_t cell_of(const std::string& name) {
        const auto known = std::find(names_.begin(), names_.end(), name);
        if (known != names_.end()) return static_cast<std::size_t>(known - names_.begin());
        names_.push_back(name);
        return names_.size() - 1;
    }

    Classified columns_;
    std::vector<std::string> names_;
    std::vector<std::size_t> value_cells_;
    std::vector<std::optional<std::size_t>> key_cells_;
    std::vector<classify::ColumnScan> scans_;
};

std::string reason_of(const sql::QueryError& error) {
    return reasons::text(reason_code(error.reason()), error.sqlstate());
}

/// A column that is not granted fails the whole statement, as does one whose values cannot be text.
bool may_lie_in_a_column(const sql::QueryError& error) {
    using Reason = sql::QueryError::Reason;
    return error.reason() == Reason::other || error.reason() == Reason::forbidden || error.reason() == Reason::missing;
}

class ContentRun {
public:
    ContentRun(const classify::ValueScanner& scanner, sql::ValuePort& port, const ContentOptions& options)
        : scanner_(scanner), port_(port), options_(options) {
        scan_.extent = options.extent;
        scan_.seed = options.seed;
        scan_.rows = static_cast<std::int64_t>(options.rows);
        scan_.longest_value = static_cast<std::int64_t>(options.longest_value);
    }

    /// The columns together; where that fails for a reason that may lie in one of them, each by itself.
    void read(const Table& table, const Classified& columns) {
        try {
            scan_.samples.push_back(read_together(table, columns));
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            if (may_lie_in_a_column(error) && columns.size() > 1) return read_singly(table, columns);
            scan_.gaps.push_back({to_string(table.name), reason_of(error)});
        }
    }

    ContentScan result() && { return std::move(scan_); }

private:
    TableSample read_together(const Table& table, const Classified& columns) {
        TableScan scan{table, columns, scanner_, options_.as_of};
        const sql::SampleRequest request{options_.extent == ContentExtent::full, options_.seed, options_.rows,
                                         options_.longest_value};
        TableSample sample = port_.read_values(table, scan.names(), request, [&](const sql::Row& row) {
            scan.add(row);
            return true;
        });
        scan.finish(scanner_);
        return sample;
    }

    void read_singly(const Table& table, const Classified& columns) {
        std::optional<TableSample> sample;
        std::vector<Gap> gaps;
        for (ColumnClassification* each : columns) {
            try {
                sample = read_together(table, {each});
            } catch (const sql::QueryError& error) {
                if (ends_the_run(error)) throw;
                gaps.push_back({name_of(*each), reason_of(error)});
            }
        }
        if (sample) {
            scan_.samples.push_back(*sample);
            scan_.gaps.insert(scan_.gaps.end(), gaps.begin(), gaps.end());
        } else {
            scan_.gaps.push_back({to_string(table.name), gaps.front().reason});
        }
    }

    const classify::ValueScanner& scanner_;
    sql::ValuePort& port_;
    const ContentOptions& options_;
    ContentScan scan_;
};

}  // namespace

bool is_scanned(const Table& table, const Column& column, const ColumnClassification& classified) {
    switch (column.kind) {
        case ColumnKind::boolean:
        case ColumnKind::time:
        case ColumnKind::binary: return false;
        default: break;
    }
    if (classified.category == Category::person_key || is_in_key(table, column.name)) return false;
    return !classify::is_declared(classified);
}

ContentScan scan_content(const Catalog& catalog, Classification& classification, const classify::ValueScanner& scanner,
                         sql::ValuePort& port, const ContentOptions& options) {
    ContentRun run{scanner, port, options};
    if (options.extent == ContentExtent::none) return std::move(run).result();
    std::map<TableName, Classified> by_table;
    for (ColumnClassification& each : classification.columns) by_table[each.table].push_back(&each);
    for (const Table& table : catalog.tables) {
        if (!holds_rows(table)) continue;
        Classified wanted;
        for (ColumnClassification* each : by_table[table.name]) {
            const Column* column = table.find(each->column);
            if (column != nullptr && is_scanned(table, *column, *each)) wanted.push_back(each);
        }
        if (!wanted.empty()) run.read(table, wanted);
    }
    return std::move(run).result();
}

}  // namespace crmaudit::engine
