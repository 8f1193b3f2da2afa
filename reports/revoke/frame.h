// What stands around statements that change grants, in the words of each product's own client: the guard, and that
// nothing goes on after an error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::reports::revoke {

/// A condition, SQL, and what to say where it does not hold.
struct Check {
    std::string message;
    std::string condition;
};

struct Part {
    std::string comment;  // whole lines
    std::vector<std::string> statements;
};

/// Ends a block for MariaDB's client; no name in a script may hold it.
constexpr std::string_view delimiter = "//crmaudit//";

std::string framed(const Source& source, const sql::Grammar& grammar, const std::vector<Check>& checks,
                   const std::vector<Part>& parts);

}  // namespace crmaudit::reports::revoke
