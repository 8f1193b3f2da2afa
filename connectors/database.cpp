#include "connectors/database.h"

#include <algorithm>

#include "connectors/session.h"

namespace crmaudit::connectors {
namespace {

std::string names(const std::vector<TableName>& tables) {
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(tables.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + to_string(tables[i]);
    return tables.size() > shown ? text + ", …" : text;
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
            throw sql::QueryError(error.reason(), error.sqlstate(), names(query.tables()) + ": " + error.what());
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

    void cancel() noexcept override { session_.cancel(); }

private:
    Session session_;
};

}  // namespace

std::unique_ptr<Database> open_database(const ConnectOptions& options) {
    return std::make_unique<OpenDatabase>(options);
}

}  // namespace crmaudit::connectors
