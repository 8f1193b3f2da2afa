#include <strings.h>

#include <algorithm>

#include "connectors/connection_string.h"
#include "connectors/dialects/all.h"
#include "connectors/dialects/reading.h"
#include "connectors/dialects/sqlite_catalog.h"
#include "connectors/dialects/sqlite_grammar.h"

namespace crmaudit::connectors {
namespace {

/// A path in a file: URI; ';' and braces would end the attribute that carries it.
std::string percent_encoded(std::string_view path) {
    constexpr std::string_view special = "%?#;{}";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char c : path) {
        if (special.find(c) == std::string_view::npos) {
            text += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text += '%';
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

/// The database as a URI that opens it for reading only, whatever mode was asked for.
std::string read_only_uri(const std::string& database) {
    if (database.substr(0, 5) != "file:") return "file:" + percent_encoded(database) + "?mode=ro";
    const auto question = database.find('?');
    std::string uri = database.substr(0, question) + "?mode=ro";
    if (question == std::string::npos) return uri;
    std::string_view parameters{database};
    parameters.remove_prefix(question + 1);
    while (!parameters.empty()) {
        const auto end = std::min(parameters.find('&'), parameters.size());
        const auto parameter = parameters.substr(0, end);
        if (!parameter.empty() && parameter.substr(0, 5) != "mode=") uri += "&" + std::string{parameter};
        parameters.remove_prefix(std::min(end + 1, parameters.size()));
    }
    return uri;
}

class SqliteDialect final : public Dialect {
public:
    std::string_view name() const override { return "sqlite"; }
    bool serves(std::string_view product) const override { return product == "SQLite"; }
    const sql::Grammar& grammar() const override { return grammar_; }

    std::string complete(const std::string& connection_string) const override {
        Attributes attributes = connection_attributes(connection_string);
        if (const auto* database = find_attribute(attributes, "DATABASE")) {
            set_attribute(attributes, "DATABASE", read_only_uri(*database));
        }
        set_attribute(attributes, "NOCREAT", "1");  // a missing file would be made otherwise
        set_attribute(attributes, "STEPAPI", "1");  // rows as they are found, not the whole result in memory
        return connectors::connection_string(attributes);
    }

    std::vector<SessionStatement> session(const ConnectOptions& options) const override {
        const auto patience = std::chrono::duration_cast<std::chrono::milliseconds>(options.lock_limit).count();
        return {
            {"PRAGMA query_only = 1", "the session is not read-only", true},
            {"PRAGMA busy_timeout = " + std::to_string(patience), "no time limit for locks"},
            // SQLite runs within this process and fills its cache with whatever it reads: a
            // sixty-fourth, and as much again for sorting, keep the whole program below 64 MiB for tables of any size.
            {"PRAGMA cache_size = -" + std::to_string(options.hash_memory_mib * 1024 / 64), ""},
        };
    }

    std::string read_only_proof() const override { return "SELECT query_only FROM pragma_query_only"; }

    Snapshot snapshot(const CatalogQuery& query) const override {
        const auto rows = query("SELECT journal_mode FROM pragma_journal_mode");
        const bool is_wal = !rows.empty() && text_at(rows.front(), 0) == "wal";
        return is_wal ? Snapshot::transaction : Snapshot::per_statement;
    }
    std::vector<std::string> begin_snapshot() const override { return {"SELECT COUNT(*) FROM sqlite_master"}; }

    bool limits_statements() const override { return false; }
    Cancellation cancellation() const override { return Cancellation::idle_statement; }
    /// A cell of a block cannot be read again: the driver would give the last row's.
    std::size_t rows_per_block() const override { return 1; }

    /// A column of a declared type keeps its values in that type where it can; real numbers are written shorter than
    /// they are.
    bool sorts_as_written(const Column& column) const override {
        switch (column.kind) {
            case ColumnKind::integer:
            case ColumnKind::text:
            case ColumnKind::date:
            case ColumnKind::timestamp: return true;
            default: return false;
        }
    }

    /// In a transaction the driver forgets StepAPI and buffers whole results. Not quoted: a quoted name that is no
    /// column would quietly be a text, while a table WITHOUT ROWID must fail.
    std::string row_number(const Table& table) const override {
        for (const char* name : {"rowid", "_rowid_", "oid"}) {
            const bool taken = std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
                return strcasecmp(column.name.c_str(), name) == 0;
            });
            if (!taken) return name;
        }
        return {};
    }

    sql::QueryError::Reason reason(std::string_view, int native_error, std::string_view message) const override {
        using Reason = sql::QueryError::Reason;
        switch (native_error & 0xFF) {  // the upper bits refine the code
            case 3:
            case 23: return Reason::forbidden;
            case 5:
            case 6: return Reason::locked;
            case 9: return Reason::cancelled;
            case 14: return Reason::connection_lost;
            default: break;
        }
        const bool is_missing = message.find("no such table") != std::string_view::npos ||
                                message.find("no such column") != std::string_view::npos;
        return is_missing ? Reason::missing : Reason::other;
    }

    Catalog read_catalog(const CatalogQuery& query) const override { return read_sqlite_catalog(query); }

private:
    SqliteGrammar grammar_;
};

}  // namespace

const Dialect& sqlite_dialect() {
    static const SqliteDialect dialect;
    return dialect;
}

}  // namespace crmaudit::connectors
