#include "auditor/engine/fused.h"

#include <algorithm>

namespace crmaudit::engine {

std::size_t Fused::add(sql::Measure measure) {
    const auto known = std::find(measures_.begin(), measures_.end(), measure);
    if (known != measures_.end()) return static_cast<std::size_t>(known - measures_.begin());
    measures_.push_back(std::move(measure));
    return measures_.size() - 1;
}

std::int64_t count_in(const sql::Cell& cell) {
    std::int64_t number = 0;
    if (cell) {
        const char* end = cell->data() + cell->size();
        const auto [stop, error] = std::from_chars(cell->data(), end, number);
        if (error == std::errc() && stop == end && number >= 0) return number;
    }
    throw sql::QueryError(sql::QueryError::Reason::other, "", "a count came back as something that is no number");
}

void Fused::set_rows(std::vector<sql::Row> rows, bool by_year) {
    first_ = by_year ? 1 : 0;
    const bool complete = (by_year || rows.size() == 1) &&
                          std::all_of(rows.begin(), rows.end(),
                                      [&](const sql::Row& row) { return row.size() == measures_.size() + first_; });
    if (!complete) {
        throw sql::QueryError(sql::QueryError::Reason::other, "", "a counting statement gave no complete row");
    }
    rows_ = std::move(rows);
}

std::int64_t Fused::count(std::size_t position) const {
    std::int64_t sum = 0;
    for (const sql::Row& row : rows_) sum += count_in(cell(row, position));
    return sum;
}

std::optional<Date> Fused::day(std::size_t position) const {
    const bool earliest = measures_.at(position).what == sql::Measure::What::earliest;
    std::optional<Date> found;
    for (const sql::Row& row : rows_) {
        const sql::Cell& text = cell(row, position);
        const auto day = text ? parse_date(std::string_view{*text}.substr(0, 10)) : std::nullopt;
        if (day && (!found || (earliest ? *day < *found : *day > *found))) found = day;
    }
    return found;
}

std::vector<AgeBar> Fused::ages(std::size_t all, std::size_t affected) const {
    std::vector<AgeBar> bars;
    if (first_ == 0) return bars;
    for (const sql::Row& row : rows_) {
        const int year = static_cast<int>(count_in(row.front()));
        if (year == sql::no_year) continue;
        bars.push_back({year, year, count_in(cell(row, all)), count_in(cell(row, affected))});
    }
    std::sort(bars.begin(), bars.end(), [](const AgeBar& a, const AgeBar& b) { return a.from < b.from; });
    return bars;
}

}  // namespace crmaudit::engine
