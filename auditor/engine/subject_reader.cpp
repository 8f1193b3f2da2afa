#include "auditor/engine/subject_reader.h"

#include <algorithm>
#include <charconv>

#include "auditor/engine/query_reasons.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

using sql::QueryError;

constexpr std::size_t page_bytes = 16U << 20U;
constexpr std::size_t most_bytes = 128U << 20U;  // of all that is read of a person
constexpr std::size_t values_at_once = 200;
constexpr std::size_t bytes_of_character = 4;
constexpr std::int64_t most_of_page = 500;

/// The characters of "varchar(100)"; absent where a value may be of any length.
std::optional<std::size_t> declared_length(const Column& column) {
    if (column.kind != ColumnKind::text && column.kind != ColumnKind::unknown) return 64;
    const auto bracket = column.type.find('(');
    if (bracket == std::string::npos) return std::nullopt;
    std::size_t length = 0;
    const char* end = column.type.data() + column.type.size();
    if (std::from_chars(column.type.data() + bracket + 1, end, length).ec != std::errc{}) return std::nullopt;
    return length;
}

std::int64_t rows_of_page(const Table& table, std::size_t longest) {
    std::size_t bytes = 1;
    for (const Column& each : table.columns) {
        bytes += bytes_of_character * std::min(longest, declared_length(each).value_or(longest));
    }
    return std::clamp(static_cast<std::int64_t>(page_bytes / bytes), std::int64_t{1}, most_of_page);
}

}  // namespace

std::size_t SubjectReader::longest_value(const Table& table) {
    // Without a key the rows come in one result.
    return table.primary_key.empty() ? 4000 : 64U << 10U;
}

ReadRows SubjectReader::read(const Table& table, const std::optional<sql::SameValues>& same, const Condition& where,
                             std::int64_t most) {
    ReadRows read;
    sql::RowsQuestion question;
    question.table = table.name;
    question.key = table.primary_key;
    question.where = where;
    question.characters = longest_value(table);
    const std::size_t values = same ? same->values.size() : 1;
    for (std::size_t first = 0; first < values; first += values_at_once) {
        if (same) {
            question.same = same;
            const auto begin = same->values.begin() + static_cast<std::ptrdiff_t>(first);
            question.same->values.assign(begin,
                                         begin + static_cast<std::ptrdiff_t>(std::min(values_at_once, values - first)));
        }
        try {
            read_pages(table, question, most, read);
        } catch (const QueryError& error) {
            if (ends_the_run(error)) throw;
            note(to_string(table.name), error);
            return read;
        }
    }
    return read;
}

void SubjectReader::read_pages(const Table& table, sql::RowsQuestion question, std::int64_t most, ReadRows& read) {
    const auto known = static_cast<std::int64_t>(read.rows.size());
    const bool in_pages = !table.primary_key.empty();
    for (;;) {
        std::int64_t room = bytes_ < most_bytes ? most - static_cast<std::int64_t>(read.rows.size()) : 0;
        question.offset = static_cast<std::int64_t>(read.rows.size()) - known;
        // One more than is wanted tells whether there are more.
        question.limit = in_pages ? std::min(rows_of_page(table, question.characters), room + 1) : room + 1;
        question.cells = readable_columns(table);
        if (question.cells.empty()) return;
        std::vector<sql::Row> page;
        try {
            page = port_.select(renderer_.rows(question).named("subject"));
        } catch (const QueryError& error) {
            const bool may_be_a_column =
                error.reason() == QueryError::Reason::forbidden || error.reason() == QueryError::Reason::other;
            if (readable_.contains(table.name) || !may_be_a_column) throw;
            find_readable(table);
            continue;
        }
        for (const sql::Row& row : page) {
            if (room-- <= 0) break;
            sql::Row whole(table.columns.size());
            for (std::size_t i = 0; i < row.size(); ++i) {
                const auto at = std::find_if(table.columns.begin(), table.columns.end(),
                                             [&](const Column& each) { return each.name == question.cells[i].name; });
                bytes_ += row[i].value_or("").size();
                whole[static_cast<std::size_t>(at - table.columns.begin())] = row[i];
            }
            read.rows.push_back(std::move(whole));
        }
        if (room < 0 || (bytes_ >= most_bytes && !page.empty())) {
            const auto counted = port_.select(renderer_.count(question).named("subject"));
            const std::string cell = counted.empty() ? "" : counted.front().at(0).value_or("");
            std::int64_t all = 0;
            std::from_chars(cell.data(), cell.data() + cell.size(), all);
            read.left += std::max<std::int64_t>(all - (static_cast<std::int64_t>(read.rows.size()) - known), 0);
            return;
        }
        if (static_cast<std::int64_t>(page.size()) < question.limit) return;
    }
}

std::vector<Operand> SubjectReader::readable_columns(const Table& table) {
    std::vector<Operand> columns;
    const auto known = readable_.find(table.name);
    for (const Column& each : table.columns) {
        const bool readable = known == readable_.end() ||
                              std::find(known->second.begin(), known->second.end(), each.name) != known->second.end();
        if (readable) columns.push_back(column(each.name, each.kind));
    }
    return columns;
}

void SubjectReader::find_readable(const Table& table) {
    std::vector<std::string> readable;
    for (const Column& each : table.columns) {
        sql::RowsQuestion question;
        question.table = table.name;
        question.cells = {column(each.name, each.kind)};
        try {
            port_.select(renderer_.rows(question).named("subject"));
            readable.push_back(each.name);
        } catch (const QueryError& error) {
            if (ends_the_run(error)) throw;
            note(to_string(table.name) + "." + each.name, error);
        }
    }
    readable_[table.name] = std::move(readable);
}

void SubjectReader::note(const std::string& object, const QueryError& error) {
    const Gap gap{object, reasons::text(reason_code(error.reason()), error.sqlstate())};
    if (std::find(gaps_.begin(), gaps_.end(), gap) == gaps_.end()) gaps_.push_back(gap);
}

}  // namespace crmaudit::engine
