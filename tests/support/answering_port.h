// A query port that gives the same rows for every statement, or refuses all of them, and keeps the last statement.
#pragma once

#include <string>
#include <vector>

#include "auditor/sql/query_port.h"

namespace crmaudit::testing {

class AnsweringPort : public sql::QueryPort {
public:
    std::vector<sql::Row> select(const sql::Query& query) override {
        statement = query.text();
        if (forbidden) throw sql::QueryError(sql::QueryError::Reason::forbidden, "42501", "no");
        return rows;
    }
    std::vector<sql::Row> rows;
    std::string statement;
    bool forbidden = false;
};

}  // namespace crmaudit::testing
