#include "auditor/app/failures.h"

#include <csignal>
#include <filesystem>
#include <new>

#include "auditor/sql/query_port.h"
#include "auditor/xml/document.h"
#include "connectors/database.h"

namespace crmaudit::app {
namespace {

ExitCode code_of(connectors::ConnectError::Reason reason) {
    switch (reason) {
        case connectors::ConnectError::Reason::unreachable: return ExitCode::unreachable;
        case connectors::ConnectError::Reason::not_permitted: return ExitCode::not_permitted;
        default: return ExitCode::bad_configuration;
    }
}

Failure of_query(const sql::QueryError& error) {
    using Reason = sql::QueryError::Reason;
    if (error.reason() == Reason::connection_lost) {
        return {ExitCode::unreachable,
                "the connection to the database was lost, nothing was written; run again when it is back"};
    }
    if (error.reason() == Reason::forbidden) return {ExitCode::not_permitted, error.what()};
    return {ExitCode::unreachable, error.what()};
}

/// One line, whatever an exception says.
std::string one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    }
    return text;
}

}  // namespace

Failure to_failure(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const Failure& failure) {
        return {failure.code(), one_line(failure.what())};
    } catch (const xml::DocumentError& error) {
        return {ExitCode::bad_configuration, one_line(error.what())};
    } catch (const connectors::ConnectError& error) {
        return {code_of(error.reason()), one_line(error.what())};
    } catch (const sql::QueryError& error) {
        const Failure failure = of_query(error);
        return {failure.code(), one_line(failure.what())};
    } catch (const std::filesystem::filesystem_error& error) {
        return {ExitCode::cannot_write, one_line(error.what())};
    } catch (const std::bad_alloc&) {
        return {ExitCode::internal_error, "out of memory"};
    } catch (const std::exception& error) {
        return {ExitCode::internal_error, one_line(std::string{"internal error: "} + error.what())};
    } catch (...) {
        return {ExitCode::internal_error, "internal error"};
    }
}

Failure ended_by(int signal) {
    const bool interrupted = signal == SIGINT;
    return {interrupted ? ExitCode::interrupted : ExitCode::terminated,
            std::string{"ended by "} + (interrupted ? "SIGINT" : "SIGTERM") + "; nothing was written"};
}

}  // namespace crmaudit::app
