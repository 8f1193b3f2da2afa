// The schema as discovery reads it: every table that a mapping can name, with what classification and cues say of it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/discover/cues.h"
#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"

namespace crmaudit::discover {

struct ColumnView {
    const Column* column = nullptr;
    Category category = Category::none;
    double confidence = 0;
    std::vector<FoundCue> cues;

    bool says(Cue cue) const;
    bool says_only(Cue cue) const;  // and nothing else
};

struct TableView {
    const Table* table = nullptr;
    Topic topic = Topic::unknown;
    std::vector<FoundCue> cues;
    std::vector<ColumnView> columns;  // those that a mapping can name

    bool says(Cue cue) const;
    /// Null when there is none, or none that a mapping can name.
    const ColumnView* find(std::string_view column) const;
    bool holds(Category category) const;  // some column of that category
};

class Schema {
public:
    Schema(const Catalog& catalog, const Classification& classification, const Cues& cues);

    const Catalog& catalog() const { return *catalog_; }
    /// Tables of their own that the account may read, then views.
    const std::vector<TableView>& tables() const { return tables_; }
    const TableView* find(const TableName& name) const;
    /// Objects that were left aside, and why.
    const std::vector<std::string>& left_aside() const { return left_aside_; }

private:
    const Catalog* catalog_;
    std::vector<TableView> tables_;
    std::map<TableName, std::size_t> positions_;
    std::vector<std::string> left_aside_;
};

/// How surely the column's values are dates that every rule can read: 0 when they are not.
double sureness_of_dates(const ColumnView& view, std::string_view dialect);
/// How surely 1 stands for yes in it.
double sureness_of_flags(const ColumnView& view);

/// Whether XML can hold the name as it is.
bool is_writable(std::string_view name);

}  // namespace crmaudit::discover
