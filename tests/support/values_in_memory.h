// A port whose tables stand in memory: column by column, the same for every table.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "auditor/sql/value_port.h"

namespace crmaudit::test {

class ValuesInMemory : public sql::ValuePort {
public:
    TableSample read_values(const Table& table, const std::vector<std::string>& columns, const sql::SampleRequest&,
                            const sql::ValueSink& sink) override {
        std::string question = table.name.name + ":";
        std::size_t rows = 0;
        for (const std::string& column : columns) {
            question += " " + column;
            rows = std::max(rows, values[column].size());
        }
        asked.push_back(question);
        if (refuse) refuse(table.name.name, columns);
        TableSample sample{table.name, SampleMethod::everything, 0, static_cast<std::int64_t>(rows)};
        for (std::size_t i = 0; i < rows; ++i) {
            sql::Row row;
            for (const std::string& column : columns) {
                const auto& cells = values[column];
                row.push_back(i < cells.size() ? sql::Cell{cells[i]} : std::nullopt);
            }
            ++sample.rows_read;
            if (!sink(row)) break;
        }
        return sample;
    }

    std::map<std::string, std::vector<std::string>> values;  // by column
    std::function<void(const std::string& table, const std::vector<std::string>& columns)> refuse;
    std::vector<std::string> asked;  // "table: column column"
};

}  // namespace crmaudit::test
