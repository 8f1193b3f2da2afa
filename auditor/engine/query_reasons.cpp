#include "auditor/engine/query_reasons.h"

#include "auditor/model/reasons.h"

namespace crmaudit::engine {

using sql::QueryError;

std::string_view reason_code(QueryError::Reason reason) {
    switch (reason) {
        case QueryError::Reason::forbidden: return reasons::forbidden;
        case QueryError::Reason::locked: return reasons::locked;
        case QueryError::Reason::timeout: return reasons::timeout;
        case QueryError::Reason::out_of_time: return reasons::out_of_time;
        case QueryError::Reason::missing: return reasons::missing_object;
        case QueryError::Reason::unsupported: return reasons::no_key;
        default: return reasons::statement_failed;
    }
}

bool ends_the_run(const QueryError& error) {
    return error.reason() == QueryError::Reason::connection_lost || error.reason() == QueryError::Reason::cancelled;
}

bool is_about_time(const QueryError& error) {
    return error.reason() == QueryError::Reason::timeout || error.reason() == QueryError::Reason::out_of_time;
}

}  // namespace crmaudit::engine
