#include "connectors/session.h"

#include <algorithm>

#include "connectors/canceller.h"
#include "connectors/connect_error.h"
#include "connectors/drivers.h"

namespace crmaudit::connectors {
namespace {

using Reason = sql::QueryError::Reason;

/// Letters of many scripts, one of them beyond the first plane.
constexpr const char* many_letters = "Größe 'Łódź' Ελλάδα Київ 東京 😀";

/// Counts and catalogs: many short cells.
const ReadOptions catalog_reading{.rows_per_block = 100, .cell_bytes = 256};

bool keep_reading(const sql::Row&) { return true; }

const Dialect& dialect_for(std::string_view product) {
    const auto all = dialects();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Dialect* d) { return d->serves(product); });
    return found == all.end() ? *all.back() : **found;
}

Attributes given_attributes(const ConnectOptions& options) {
    if (const auto fault = connection_string_fault(options.connection_string)) {
        throw ConnectError(ConnectError::Reason::configuration, "the connection string cannot be used: " + *fault);
    }
    Attributes given = connection_attributes(options.connection_string);
    Attributes whole = with_data_source(given);
    // A data source of a driver that is not known here stays what its driver makes of it.
    Attributes& attributes = find_driver(whole) == nullptr ? given : whole;
    check_attributes(attributes);
    if (options.password) {
        std::erase_if(attributes, [](const auto& attribute) { return attribute.first == "PASSWORD"; });
        set_attribute(attributes, "PWD", *options.password);
    }
    return attributes;
}

Attributes completed(const Attributes& attributes, const Dialect& dialect) {
    return connection_attributes(dialect.complete(connection_string(attributes)));
}

}  // namespace

Session::Session(const ConnectOptions& options) : statement_limit_(options.statement_limit) {
    try {
        connect(options);
        protect(options);
        begin_snapshot();
    } catch (const sql::QueryError& error) {
        if (product_ == "SQLite" && error.reason() != Reason::locked)
            throw connect_error({error.sqlstate(), 0, ""}, attributes_);
        throw ConnectError(ConnectError::Reason::unreachable,
                           std::string("the session could not be set up: ") + error.what());
    }
}

void Session::connect(const ConnectOptions& options) {
    const Attributes given = given_attributes(options);
    const Driver* driver = find_driver(given);
    dialect_ = &dialect_for(driver == nullptr ? "" : driver->product);
    attributes_ = completed(given, *dialect_);
    if (driver != nullptr) limit_connecting(attributes_, *driver, options.connect_limit);
    connection_ = std::make_unique<Connection>(attributes_);
    product_ = connection_->product();
    if (const Dialect& right = dialect_for(product_); &right != dialect_) {
        dialect_ = &right;
        attributes_ = completed(given, right);
        connection_.reset();
        connection_ = std::make_unique<Connection>(attributes_);
    }
    version_ = connection_->version();
    reader_ = std::make_unique<BlockReader>(connection_->handle(), *dialect_);
    // Until the session knows how it can be cancelled there is nothing long to cancel.
    watchdog_ = std::make_unique<Watchdog>([] {});
    watchdog_ = std::make_unique<Watchdog>(
        make_canceller(*connection_, *reader_, *dialect_, attributes_, single_cell(dialect_->cancelling_statement())));
}

void Session::protect(const ConnectOptions& options) {
    for (const auto& [text, safeguard, required] : dialect_->session(options)) {
        try {
            rows(text);
        } catch (const sql::QueryError& error) {
            if (required || error.reason() == Reason::connection_lost) throw;
            if (!safeguard.empty()) missing_safeguards_.push_back(safeguard);
        }
    }
    const std::string proof = dialect_->read_only_proof();
    if (proof.empty()) return;
    if (const std::string answer = single_cell(proof); answer != "1" && answer != "on") {
        throw ConnectError(ConnectError::Reason::configuration,
                           "the database does not keep this session read-only, so nothing was read");
    }
}

void Session::begin_snapshot() {
    const CatalogQuery query = [this](const std::string& text) { return rows(text); };
    if (dialect_->snapshot(query) == Snapshot::per_statement) {
        missing_safeguards_.emplace_back(
            "counts do not come from one snapshot: each statement sees the database as it then is");
        return;
    }
    connection_->begin();
    for (const auto& text : dialect_->begin_snapshot()) rows(text);
    in_snapshot_ = true;
}

ConnectionFacts Session::facts() {
    ConnectionFacts facts{
        connection_->driver_manager(), connection_->driver(), connection_->driver_version(), product_, version_,
        std::string{dialect_->name()}};
    if (const std::string proof = dialect_->read_only_proof(); !proof.empty()) {
        const std::string answer = single_cell(proof);
        facts.is_read_only = answer == "1" || answer == "on";
    }
    try {
        facts.keeps_text = single_cell("SELECT " + dialect_->grammar().text_literal(many_letters)) == many_letters;
    } catch (const sql::QueryError& error) {
        // A server that keeps fewer letters refuses them.
        if (error.reason() == Reason::connection_lost || error.reason() == Reason::cancelled) throw;
    }
    return facts;
}

void Session::read(const std::string& statement, const ReadOptions& options, const RowSink& sink) {
    const std::string savepoint = in_snapshot_ ? dialect_->savepoint() : "";
    if (savepoint.empty()) return run(statement, options, sink);
    run(savepoint, catalog_reading, keep_reading);
    try {
        run(statement, options, sink);
    } catch (...) {
        try {
            run(dialect_->rollback_to_savepoint(), catalog_reading, keep_reading);
        } catch (const sql::QueryError&) {
            // Lost or cancelled: what failed first says so.
        }
        throw;
    }
    run(dialect_->release_savepoint(), catalog_reading, keep_reading);
}

std::vector<sql::Row> Session::rows(const std::string& statement) {
    std::vector<sql::Row> rows;
    read(statement, catalog_reading, [&](const sql::Row& row) {
        rows.push_back(row);
        return true;
    });
    return rows;
}

std::string Session::single_cell(const std::string& statement) {
    if (statement.empty()) return {};
    const auto found = rows(statement);
    return found.empty() || found.front().empty() ? "" : found.front().front().value_or("");
}

void Session::run(const std::string& statement, const ReadOptions& options, const RowSink& sink) {
    const auto ended = [this](Reason reason, const std::string& state) {
        return reason == Reason::cancelled ? sql::QueryError(reason, state, "cancelled")
                                           : sql::QueryError(reason, state,
                                                             "stopped at the statement limit of " +
                                                                 std::to_string(statement_limit_.count()) + " s");
    };
    std::optional<Watchdog::Clock::duration> limit;
    if (!dialect_->limits_statements() && statement_limit_.count() > 0) limit = statement_limit_;
    const Watchdog::Watch watch(*watchdog_, limit);
    const auto interrupted = [&] { return watchdog_->cancelled() || watch.timed_out(); };
    std::string state = "HY008";
    try {
        if (!interrupted()) {
            reader_->read(statement, options, [&](const sql::Row& row) { return !interrupted() && sink(row); });
        }
    } catch (const sql::QueryError& error) {
        if (!interrupted()) throw;
        state = error.sqlstate();
    }
    // A driver may end an interrupted result as if it were complete.
    if (watchdog_->cancelled()) throw ended(Reason::cancelled, state);
    if (watch.timed_out()) throw ended(Reason::timeout, state);
}

}  // namespace crmaudit::connectors
