// The columns of a joined table as a statement looks at them: as they are, as folded text, as moments. Each is
// evaluated once for each row and named for everything that asks.
#pragma once

#include <string>
#include <vector>

#include "auditor/sql/condition_sql.h"

namespace crmaudit::sql {

class RelatedColumns {
public:
    /// `table` is the alias of the joined table; the rows that hold the named columns are called r.
    RelatedColumns(const Grammar& grammar, std::string table) : grammar_(grammar), table_(std::move(table)) {}

    /// Throws std::logic_error for an attribute: joined tables have none.
    Value value(const Operand& operand);

    /// ", expression AS name" for every column and form that the text names.
    std::string named_in(const std::string& text) const;

private:
    const Grammar& grammar_;
    std::string table_;
    std::vector<Operand> columns_;
};

}  // namespace crmaudit::sql
