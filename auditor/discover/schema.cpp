#include "auditor/discover/schema.h"

#include <algorithm>

#include "auditor/model/tokens.h"

namespace crmaudit::discover {
namespace {

bool says_it(const std::vector<FoundCue>& cues, Cue cue) {
    return std::any_of(cues.begin(), cues.end(), [&](const FoundCue& found) { return found.cue == cue; });
}

/// Bytes of the character that begins there; 0 when that is none.
std::size_t length_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2U
                               : lead >= 0xE0 && lead < 0xF0 ? 3U
                               : lead >= 0xF0 && lead < 0xF5 ? 4U
                                                             : 0U;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    if (length == 3) {
        const unsigned code = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
        if ((code >= 0xD800 && code < 0xE000) || code >= 0xFFFE) return 0;
    }
    return length;
}

std::set<std::string> words_of(std::string_view name) {
    std::set<std::string> words;
    for (const std::string& token : tokens_of(name)) {
        for (std::string& form : singulars(token)) words.insert(std::move(form));
    }
    return words;
}

}  // namespace

bool ColumnView::says(Cue cue) const { return says_it(cues, cue); }

bool ColumnView::says_only(Cue cue) const {
    return std::any_of(cues.begin(), cues.end(),
                       [&](const FoundCue& found) { return found.cue == cue && found.whole; });
}

bool TableView::says(Cue cue) const { return says_it(cues, cue); }

const ColumnView* TableView::find(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const ColumnView& view) { return view.column->name == column; });
    return found == columns.end() ? nullptr : &*found;
}

bool TableView::holds(Category category) const {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const ColumnView& view) { return view.category == category; });
}

Schema::Schema(const Catalog& catalog, const Classification& classification, const Cues& cues) : catalog_(&catalog) {
    std::map<TableName, Topic> topics;
    for (const TableTopic& each : classification.tables) topics[each.table] = each.topic;
    std::map<TableName, std::map<std::string_view, const ColumnClassification*>> verdicts;
    for (const ColumnClassification& each : classification.columns) {
        if (!each.field) verdicts[each.table][each.column] = &each;
    }
    for (const Table& table : catalog.tables) {
        const bool is_view = table.kind == TableKind::view || table.kind == TableKind::materialized_view;
        if (!holds_rows(table) && !is_view) continue;
        if (!table.readable) {
            left_aside_.push_back(to_string(table.name) + ": this account may not read it");
            continue;
        }
        if (!is_writable(table.name.name) || !(table.name.schema.empty() || is_writable(table.name.schema))) {
            left_aside_.push_back(to_string(table.name) + ": no file can hold this name");
            continue;
        }
        TableView view{&table, topics[table.name], cues.in(table.name.name), {}};
        const auto silent = words_of(table.name.name);
        const auto& known = verdicts[table.name];
        for (const Column& column : table.columns) {
            if (!is_writable(column.name)) {
                left_aside_.push_back(to_string(table.name) + "." + column.name + ": no file can hold this name");
                continue;
            }
            ColumnView each{&column, Category::none, 0, cues.in(column.name, silent)};
            if (const auto verdict = known.find(column.name); verdict != known.end()) {
                each.category = verdict->second->category;
                each.confidence = verdict->second->confidence;
            }
            view.columns.push_back(std::move(each));
        }
        tables_.push_back(std::move(view));
    }
    std::stable_partition(tables_.begin(), tables_.end(),
                          [](const TableView& view) { return holds_rows(*view.table); });
    for (std::size_t i = 0; i < tables_.size(); ++i) positions_[tables_[i].table->name] = i;
}

const TableView* Schema::find(const TableName& name) const {
    const auto found = positions_.find(name);
    return found == positions_.end() ? nullptr : &tables_[found->second];
}

double sureness_of_dates(const ColumnView& view, std::string_view dialect) {
    switch (view.column->kind) {
        case ColumnKind::date:
        case ColumnKind::timestamp: return 1;
        case ColumnKind::integer: return dialect == "generic" ? 0 : 0.6;  // since 1970, or something else
        case ColumnKind::text:
        case ColumnKind::unknown: return dialect == "sqlite" ? 0.8 : 0;  // SQLite has no type for dates
        default: return 0;
    }
}

double sureness_of_flags(const ColumnView& view) {
    if (view.column->kind == ColumnKind::boolean) return 1;
    return view.column->kind == ColumnKind::integer ? 0.8 : 0;
}

bool is_writable(std::string_view name) {
    if (name.empty()) return false;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t length = length_of(name.substr(at));
        const auto byte = static_cast<unsigned char>(name[at]);
        if (length == 0 || byte < 0x20 || byte == 0x7F) return false;
        at += length;
    }
    return true;
}

}  // namespace crmaudit::discover
