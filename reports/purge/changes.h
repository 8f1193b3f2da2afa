// Columns that a purge sets: emptied because nobody needs what stands in them, or set to what tells the CRM to leave a
// row alone. And why a column cannot be set.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "auditor/model/result.h"
#include "reports/purge/reach.h"

namespace crmaudit::reports::purge {

/// What a column is set to: nothing, a text, or a text with the row's key behind it.
struct Setting {
    std::string column;
    std::optional<std::string> value;
    bool with_key = false;
};

/// Settings of the entity's own rows, those that meet `where`; with a path, of the rows that it leads to.
struct Change {
    TableName table;
    std::vector<std::string> key;
    std::optional<Path> path;
    Condition where;
    std::vector<Setting> settings;
};

struct Changes {
    std::vector<Change> changes;
    Condition pending;                  // something is not yet as it will be
    std::vector<Attribute> attributes;  // that `pending` asks for, beside those of the entity
};

/// Empties what the finding is about: its column, or the columns of the rule's roles.
std::variant<Changes, Problem> emptied(const AuditResult& result, const Entity& entity, const Finding& finding);

/// Sets what the profile says marks a row as out of use.
std::variant<Changes, Problem> restricted(const AuditResult& result, const Entity& entity);

}  // namespace crmaudit::reports::purge
