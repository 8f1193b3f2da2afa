// Legal holds that the configuration names: a table whose rows point to persons, or a list of keys. Both become
// attributes in the role of a hold, so that rules and reports treat them like those of a profile.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/entity.h"
#include "auditor/sql/condition_sql.h"

namespace crmaudit::engine {

/// A hold that does not fit the database: what is wrong and what to do, never a key.
class HoldError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A table whose column holds keys of an entity's rows.
struct HoldTable {
    std::string entity;
    std::string table;  // perhaps with its schema
    std::string column;
    std::string until;   // date column: a row no longer holds after that day; empty: it always holds
    std::string origin;  // what messages call the setting
    bool operator==(const HoldTable&) const = default;
};

/// Adds a path and an attribute to the entity for each table, bound to the catalog. Throws HoldError for an
/// entity, table or column that does not exist, and for an entity whose key is not one column.
void add_hold_tables(std::vector<Entity>& entities, const std::vector<HoldTable>& tables, const Catalog& catalog,
                     Date as_of);

/// Adds an attribute to the entity of each list. Throws HoldError like add_hold_tables.
void add_hold_lists(std::vector<Entity>& entities, const sql::KeyLists& lists, const Catalog& catalog);

}  // namespace crmaudit::engine
