// The forms in which conditions look at one column: as it is, as folded text, as a moment, as a plausible moment, and
// whether anything is in it. A statement evaluates the forms it names once for each row and names them for everything
// that asks.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "auditor/sql/condition_sql.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::sql {

class ColumnForms {
public:
    /// How the statement calls a form, given its mark: one of '~', '@', '^', '!'.
    using Name = std::function<std::string(char mark)>;
    using Visit = std::function<void(const std::string& name, const std::string& expression)>;

    ColumnForms(const Grammar& grammar, Date latest) : grammar_(grammar), latest_(latest) {}

    /// `value`, a column or a moment, with the names of its forms.
    Value named(Value value, const Name& name) const;

    /// Calls `visit` with each form's name and the expression behind it. `raw` is the value before it was named.
    /// Where `codes`, SQL literals of folded text, are all that the text is compared with, one that is written just so
    /// is not folded first.
    void for_each(const Value& raw, const Name& name, const std::vector<std::string>& codes, const Visit& visit) const;

private:
    const Grammar& grammar_;
    Date latest_;
};

}  // namespace crmaudit::sql
