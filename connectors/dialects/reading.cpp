#include "connectors/dialects/reading.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace crmaudit::connectors {

std::string text_at(const sql::Row& row, std::size_t index) {
    return index < row.size() ? row[index].value_or("") : std::string{};
}

bool truth_at(const sql::Row& row, std::size_t index) {
    const std::string text = text_at(row, index);
    return !text.empty() && std::string_view{"1tTyY"}.find(text.front()) != std::string_view::npos;
}

std::optional<std::int64_t> number_at(const sql::Row& row, std::size_t index) {
    const std::string text = text_at(row, index);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::size_t> declared_width(const Column& column) {
    constexpr std::size_t number_or_day = 64;
    constexpr std::size_t bytes_of_character = 4;
    switch (column.kind) {
        case ColumnKind::boolean:
        case ColumnKind::integer:
        case ColumnKind::date:
        case ColumnKind::time:
        case ColumnKind::timestamp: return number_or_day;
        case ColumnKind::text: break;
        default: return std::nullopt;
    }
    const auto bracket = column.type.find('(');  // varchar(100), but also enum('a')
    if (bracket == std::string::npos) return std::nullopt;
    std::uint32_t length = 0;
    const char* end = column.type.data() + column.type.size();
    const auto parsed = std::from_chars(column.type.data() + bracket + 1, end, length);
    if (parsed.ec != std::errc{}) return std::nullopt;
    return std::size_t{length} * bytes_of_character;
}

bool ends_the_run(const sql::QueryError& error) {
    using Reason = sql::QueryError::Reason;
    return error.reason() == Reason::connection_lost || error.reason() == Reason::cancelled ||
           error.reason() == Reason::out_of_time;
}

Table& TableList::add(const TableName& name) {
    Table& table = tables_[name];
    table.name = name;
    return table;
}

Table* TableList::find(const TableName& name) {
    const auto found = tables_.find(name);
    return found == tables_.end() ? nullptr : &found->second;
}

std::vector<Table> TableList::take() && {
    std::vector<Table> tables;
    tables.reserve(tables_.size());
    for (auto& [name, table] : tables_) tables.push_back(std::move(table));
    return tables;
}

std::vector<std::string> abridged(std::vector<std::string> evidence) {
    constexpr std::size_t most = 10;
    std::sort(evidence.begin(), evidence.end());
    evidence.erase(std::unique(evidence.begin(), evidence.end()), evidence.end());
    if (evidence.size() > most) {
        const auto more = evidence.size() - most;
        evidence.resize(most);
        evidence.push_back("and " + std::to_string(more) + " more");
    }
    return evidence;
}

}  // namespace crmaudit::connectors
