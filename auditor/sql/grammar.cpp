#include "auditor/sql/grammar.h"

namespace crmaudit::sql {

std::string Grammar::quote(const TableName& table) const {
    return table.schema.empty() ? quote(std::string_view{table.name})
                                : quote(std::string_view{table.schema}) + "." + quote(std::string_view{table.name});
}

std::string Grammar::boolean_is(const std::string& expression, bool value) const {
    return expression + (value ? " IS TRUE" : " IS FALSE");
}

std::string Grammar::binary_is_empty(const std::string& expression) const { return expression + " IS NULL"; }

}  // namespace crmaudit::sql
