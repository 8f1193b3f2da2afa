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

std::optional<Date> Fused::day(std::size_t position) const {
    const sql::Cell& cell = row_.at(position);
    return cell ? parse_date(std::string_view{*cell}.substr(0, 10)) : std::nullopt;
}

}  // namespace crmaudit::engine
