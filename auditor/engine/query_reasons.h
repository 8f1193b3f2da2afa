// Why a query gave no answer, in the codes that reports translate.
#pragma once

#include <string_view>

#include "auditor/sql/query_port.h"

namespace crmaudit::engine {

/// The code of model/reasons.h.
std::string_view reason_code(sql::QueryError::Reason reason);

/// Nothing more can be asked after it.
bool ends_the_run(const sql::QueryError& error);

/// Trying again in smaller parts would only take more of it.
bool is_about_time(const sql::QueryError& error);

}  // namespace crmaudit::engine
