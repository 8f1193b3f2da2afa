// How the values of a table were chosen that the content scan looked at; for the report, which states method and bias.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "auditor/model/catalog.h"

namespace crmaudit {

enum class SampleMethod {
    everything,     // every row
    key_positions,  // one row from each of equally many stretches of the key's order
    blocks,         // whole blocks of storage, chosen by the database from the seed: rows that lie together go together
    row_chance,     // each row with the same chance, from the seed
};

std::string_view to_string(SampleMethod method);
std::optional<SampleMethod> sample_method_from(std::string_view name);

struct TableSample {
    TableName table;
    SampleMethod method = SampleMethod::everything;
    std::int64_t rows_read = 0;
    std::int64_t rows_total = 0;
    bool operator==(const TableSample&) const = default;
};

}  // namespace crmaudit
