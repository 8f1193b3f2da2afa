// The columns of a joined table as a statement looks at them, see ColumnForms.
#pragma once

#include <string>
#include <vector>

#include "auditor/sql/column_forms.h"

namespace crmaudit::sql {

class RelatedColumns {
public:
    /// `table` is the alias of the joined table; the rows that hold the named columns are called r.
    /// `conditions` are all that the statement asks of them, `shown` the columns whose text it aggregates.
    RelatedColumns(const Grammar& grammar, Date latest, std::string table, std::vector<Condition> conditions,
                   std::vector<Operand> shown)
        : grammar_(grammar),
          forms_(grammar, latest),
          table_(std::move(table)),
          conditions_(std::move(conditions)),
          shown_(std::move(shown)) {}

    /// Throws std::logic_error for an attribute: joined tables have none.
    Value value(const Operand& operand);

    /// ", expression AS name" for every column and form that the text names.
    std::string named_in(const std::string& text) const;

private:
    /// What the column is compared with as text, as SQL literals; empty where it is looked at in another way too.
    std::vector<std::string> codes(const Operand& operand) const;

    const Grammar& grammar_;
    ColumnForms forms_;
    std::string table_;
    std::vector<Condition> conditions_;
    std::vector<Operand> shown_;
    std::vector<Operand> columns_;
};

}  // namespace crmaudit::sql
