// A port that tries whether tables can be read and counts nothing: what an account may not see shows in a moment, on
// tables of any size.
#pragma once

#include "auditor/sql/query_port.h"

namespace crmaudit::app {

class TouchingPort : public sql::QueryPort {
public:
    /// What it tries goes to `database`, which outlives it.
    explicit TouchingPort(sql::QueryPort& database) : database_(database) {}

    /// Every question fails but the one whether a table is readable, which the engine asks when others fail.
    std::vector<sql::Row> select(const sql::Query& query) override {
        if (query.purpose() == "readable") return database_.select(query);
        throw sql::QueryError{sql::QueryError::Reason::other, "", "nothing is counted"};
    }

private:
    sql::QueryPort& database_;
};

}  // namespace crmaudit::app
