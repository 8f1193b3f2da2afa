#include "connectors/database.h"

#include <algorithm>

#include "connectors/row_sampler.h"
#include "connectors/session.h"
#include "connectors/text_reader.h"

namespace crmaudit::connectors {
namespace {

std::string names(const std::vector<TableName>& tables) {
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(tables.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + to_string(tables[i]);
    return tables.size() > shown ? text + ", …" : text;
}

sql::QueryError about(const std::string& object, const sql::QueryError& error) {
    return {error.reason(), error.sqlstate(), object + ": " + error.what()};
}

class OpenDatabase : public Database {
public:
    explicit OpenDatabase(const ConnectOptions& options) : session_(options) {}

    const sql::Grammar& grammar() const override { return session_.dialect().grammar(); }

    std::vector<sql::Row> select(const sql::Query& query) override {
        try {
            return session_.rows(query.text());
        } catch (const sql::QueryError& error) {
            if (query.tables().empty()) throw;
            throw about(names(query.tables()), error);
        }
    }

    TableSample read_values(const Table& table, const std::vector<std::string>& columns,
                            const sql::SampleRequest& request, const sql::ValueSink& sink) override {
        try {
            return read_sample(session_, table, columns, request, sink);
        } catch (const sql::QueryError& error) {
            throw about(to_string(table.name), error);
        }
    }

    TableSample read_texts(const sql::TextQuery& query, const sql::TextRequest& request,
                           const sql::ValueSink& sink) override {
        try {
            return connectors::read_texts(session_, query, request, sink);
        } catch (const sql::QueryError& error) {
            throw about(to_string(query.table().name), error);
        }
    }

    Catalog read_catalog() override {
        Catalog catalog =
            session_.dialect().read_catalog([this](const std::string& text) { return session_.rows(text); });
        catalog.dialect = session_.dialect().name();
        catalog.product = session_.product();
        if (catalog.version.empty()) catalog.version = session_.version();  // drivers spell it oddly: 15.0.18 for 15.18
        const auto& missing = session_.missing_safeguards();
        catalog.missing_safeguards.insert(catalog.missing_safeguards.begin(), missing.begin(), missing.end());
        return catalog;
    }

    ConnectionFacts facts() override { return session_.facts(); }

    void cancel() noexcept override { session_.cancel(); }

private:
    Session session_;
};

}  // namespace

std::unique_ptr<Database> open_database(const ConnectOptions& options) {
    return std::make_unique<OpenDatabase>(options);
}

}  // namespace crmaudit::connectors
