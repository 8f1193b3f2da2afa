// SQL Server (2017 and later). Its statements are parsed in tests; no server has ever run them.
#include <array>
#include <utility>

#include "connectors/connection_string.h"
#include "connectors/dialects/all.h"
#include "connectors/dialects/mssql_access.h"
#include "connectors/dialects/mssql_grammar.h"
#include "connectors/dialects/mssql_structure.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Reason = sql::QueryError::Reason;

class MssqlDialect final : public Dialect {
public:
    std::string_view name() const override { return "mssql"; }
    bool serves(std::string_view product) const override { return product == "Microsoft SQL Server"; }
    const sql::Grammar& grammar() const override { return grammar_; }

    std::string complete(const std::string& connection_string) const override {
        Attributes attributes = connection_attributes(connection_string);
        set_attribute(attributes, "ClientCharset", "UTF-8");
        return connectors::connection_string(attributes);
    }

    std::vector<SessionStatement> session(const ConnectOptions& options) const override {
        return {{"SET LOCK_TIMEOUT " + std::to_string(options.lock_limit.count()) + "000", "no time limit for locks"},
                {"SET DEADLOCK_PRIORITY LOW", "the audit may win a deadlock against the CRM"}};
    }

    /// One snapshot for the run needs a setting of the database, and otherwise locks would keep the CRM waiting.
    Snapshot snapshot(const CatalogQuery&) const override { return Snapshot::per_statement; }
    std::vector<std::string> begin_snapshot() const override { return {}; }
    bool limits_statements() const override { return false; }
    LargeResult large_result() const override { return LargeResult::whole; }
    std::size_t rows_per_block() const override { return 1; }

    Reason reason(std::string_view sqlstate, int native_error, std::string_view) const override {
        switch (native_error) {
            case 229:
            case 230:
            case 262:
            case 297:
            case 300:
            case 916:
            case 18456: return Reason::forbidden;
            case 207:
            case 208:
            case 2812:
            case 4060: return Reason::missing;
            case 1205:
            case 1222: return Reason::locked;
            default: break;
        }
        if (sqlstate == "HYT00" || sqlstate == "HYT01") return Reason::timeout;
        if (sqlstate == "HY008") return Reason::cancelled;
        return sqlstate.substr(0, 2) == "08" ? Reason::connection_lost : Reason::other;
    }

    Catalog read_catalog(const CatalogQuery& query) const override {
        Catalog catalog;
        for (const auto& row : query(std::string{mssql_identity})) {
            catalog.database = text_at(row, 0);
            catalog.default_schema = text_at(row, 1);
            catalog.account = text_at(row, 2);
            catalog.version = text_at(row, 3);
        }
        read_mssql_structure(query, catalog);
        catalog.missing_safeguards.push_back(
            "the session is not read-only; only the account's rights protect the database");
        catalog.missing_safeguards.push_back(
            "SQL Server: the statements of this audit have been parsed in tests, and never run on a server");
        read_mssql_permissions(query, catalog);
        catalog.gaps.push_back({"hosts", "linked servers are not looked for"});
        return catalog;
    }

private:
    MssqlGrammar grammar_;
};

}  // namespace

const Dialect& mssql_dialect() {
    static const MssqlDialect dialect;
    return dialect;
}

}  // namespace crmaudit::connectors
