#include "auditor/engine/deletion_log.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "auditor/engine/query_reasons.h"
#include "auditor/model/deletions.h"
#include "auditor/model/own_tables.h"
#include "auditor/model/plain_entity.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

/// In the order in which cells are read.
constexpr std::array columns{"script",   "rule_id", "entity", "policy",      "policy_digest", "audited_on",
                             "expected", "deleted", "spared", "not_reached", "run_on"};
constexpr std::array latest_by{"run_on", "audited_on", "script"};
constexpr std::size_t longest_cell = 256;

bool holds_only(std::string_view text, std::string_view allowed) {
    return !text.empty() && text.size() < longest_cell && text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view hexadecimal = "0123456789abcdef";
constexpr std::string_view name = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

std::optional<std::int64_t> amount(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

bool is_entity(const std::string& text, const AuditResult& result, const Catalog& catalog) {
    return holds_only(text, name) ||
           std::any_of(result.entities.begin(), result.entities.end(),
                       [&](const Entity& each) { return each.name == text; }) ||
           std::any_of(catalog.tables.begin(), catalog.tables.end(),
                       [&](const Table& each) { return plain_entity_name(each.name) == text; });
}

/// Absent for a row that no script has written: what stands in it could be anything, somebody's name too.
std::optional<Deletion> read_row(const sql::Row& row, const AuditResult& result, const Catalog& catalog) {
    std::vector<std::string> cells;
    for (const sql::Cell& cell : row) cells.push_back(cell.value_or(""));
    if (cells.size() != columns.size()) return std::nullopt;
    Deletion deletion{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[10]};
    const bool has_form = holds_only(deletion.script, hexadecimal) && deletion.script.size() == 12 &&
                          holds_only(deletion.rule, name) && is_entity(deletion.entity, result, catalog) &&
                          (deletion.policy == result.run.policy || holds_only(deletion.policy, name)) &&
                          holds_only(deletion.policy_digest, hexadecimal) && deletion.policy_digest.size() == 64 &&
                          parse_date(deletion.cut_off) && parse_date(deletion.run_on);
    if (!has_form) return std::nullopt;
    const std::array<std::int64_t*, 4> counts{&deletion.expected, &deletion.done, &deletion.spared,
                                              &deletion.not_reached};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto value = amount(cells[6 + i]);
        if (!value) return std::nullopt;
        *counts[i] = *value;
    }
    return deletion;
}

std::optional<std::vector<Operand>> operands(const Table& table, std::span<const char* const> names,
                                             std::vector<CatalogGap>& gaps) {
    std::vector<Operand> found;
    for (const char* each : names) {
        const Column* column = table.find(each);
        if (column == nullptr) {
            gaps.push_back({to_string(table.name), reasons::text("strange_log", each)});
            return std::nullopt;
        }
        found.push_back(crmaudit::column(each, column->kind));
    }
    return found;
}

void read_log(AuditResult& result, const Catalog& catalog, const Table& table, const sql::Renderer& renderer,
              sql::QueryPort& port) {
    std::vector<CatalogGap>& gaps = result.source.gaps;
    const auto cells = operands(table, columns, gaps);
    if (!cells) return;
    std::vector<sql::Row> rows;
    try {
        rows = port.select(renderer
                               .last_rows(table.name, *cells, *operands(table, latest_by, gaps),
                                          static_cast<std::int64_t>(most_deletions), longest_cell)
                               .named("deletion_log"));
    } catch (const sql::QueryError& error) {
        if (ends_the_run(error)) throw;
        gaps.push_back({to_string(table.name), reasons::text(reason_code(error.reason()), error.sqlstate())});
        return;
    }
    std::size_t strange = 0;
    for (const sql::Row& row : rows) {
        if (auto deletion = read_row(row, result, catalog)) {
            result.deletions.push_back(std::move(*deletion));
        } else {
            ++strange;
        }
    }
    if (strange > 0) gaps.push_back({to_string(table.name), reasons::text("strange_rows", std::to_string(strange))});
}

std::int64_t found_now(const AuditResult& result, const Deletion& deletion) {
    std::int64_t found = 0;
    for (const Finding& finding : result.findings) {
        const bool is_gone = finding.state == FindingState::fixed;
        if (finding.rule == deletion.rule && finding.object.entity == deletion.entity && !is_gone) {
            found += finding.affected;
        }
    }
    return found;
}

}  // namespace

std::vector<Table> take_own_tables(Catalog& catalog) {
    std::vector<Table> own;
    std::erase_if(catalog.tables, [&](const Table& table) {
        if (!is_own_table(table.name.name)) return false;
        std::erase_if(catalog.gaps, [&](const CatalogGap& gap) { return gap.object == to_string(table.name); });
        if (table.name.name != deletion_log) catalog.left_out.push_back(to_string(table.name));
        own.push_back(table);
        return true;
    });
    return own;
}

void add_deletions(AuditResult& result, const Catalog& catalog, const std::vector<Table>& own_tables,
                   const sql::Renderer& renderer, sql::QueryPort& port) {
    for (const Table& table : own_tables) {
        if (table.name.name == deletion_log) read_log(result, catalog, table, renderer, port);
    }
    sort_deletions(result.deletions);
    if (result.deletions.size() > most_deletions) result.deletions.resize(most_deletions);
    for (Deletion& each : result.deletions) {
        if (is_checked_again(result, each)) each.still_found = found_now(result, each);
    }
}

}  // namespace crmaudit::engine
