// The database's ports under the clock of the whole run.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "auditor/app/interruption.h"
#include "auditor/model/result.h"
#include "auditor/sql/text_port.h"
#include "connectors/database.h"

namespace crmaudit::app {

/// After the end of --max-runtime queries fail one by one, so that the engine records what is left as not checked.
class TimedPort : public sql::QueryPort, public sql::ValuePort, public sql::TextPort {
    template <typename Ask>
    auto in_time(Ask ask) const {
        if (is_over()) throw out_of_time();
        try {
            return ask();
        } catch (const sql::QueryError& error) {
            if (error.reason() == sql::QueryError::Reason::cancelled && is_over()) throw out_of_time();
            throw;
        }
    }

    template <typename Ask>
    auto timed(const std::string& what, const std::string& object, Ask ask) {
        const auto start = std::chrono::steady_clock::now();
        auto answer = in_time(ask);
        const auto taken = std::chrono::steady_clock::now() - start;
        runs_.push_back({what, object, std::chrono::duration_cast<std::chrono::milliseconds>(taken).count()});
        return answer;
    }

public:
    TimedPort(connectors::Database& database, const Interruption& interruption)
        : database_(database), interruption_(interruption) {}

    std::vector<sql::Row> select(const sql::Query& query) override {
        const auto table = query.tables().empty() ? "" : to_string(query.tables().front());
        return timed(query.purpose(), table, [&] { return database_.select(query); });
    }

    TableSample read_values(const Table& table, const std::vector<std::string>& columns,
                            const sql::SampleRequest& request, const sql::ValueSink& sink) override {
        return timed("content", to_string(table.name),
                     [&] { return database_.read_values(table, columns, request, sink); });
    }

    /// Everything that was asked so far, in order, with the time each took.
    const std::vector<StatementRun>& runs() const { return runs_; }
    TableSample read_texts(const sql::TextQuery& query, const sql::TextRequest& request,
                           const sql::ValueSink& sink) override {
        return timed("messages", to_string(query.table().name),
                     [&] { return database_.read_texts(query, request, sink); });
    }

private:
    bool is_over() const { return interruption_.out_of_time() && interruption_.signal() == 0; }
    static sql::QueryError out_of_time() {
        return {sql::QueryError::Reason::out_of_time, "", "the time of the audit is over"};
    }

    connectors::Database& database_;
    const Interruption& interruption_;
    std::vector<StatementRun> runs_;
};

}  // namespace crmaudit::app
