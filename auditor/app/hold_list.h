// The keys of a hold file: one a line, for rows that must not be erased for now. They are somebody's rows, so no
// message and no report holds one.
#pragma once

#include <string>
#include <vector>

#include "auditor/app/audit_options.h"
#include "auditor/model/catalog.h"
#include "auditor/sql/condition_sql.h"

namespace crmaudit::app {

struct HeldKey {
    std::string key;
    int line = 0;
};

struct HoldList {
    HoldFile file;
    std::vector<HeldKey> keys;
};

/// Empty lines and lines that begin with # are passed over. Throws Failure (78) with file and line for what is no key,
/// for a file that others can read, and for one that holds no key or too many.
HoldList read_hold_list(const HoldFile& file);

/// The keys by entity. Throws Failure (78) for an entity that there is not, and for a key that is no number where the
/// entity's keys are numbers.
sql::KeyLists keys_by_entity(const std::vector<HoldList>& lists, const std::vector<Entity>& entities,
                             const Catalog& catalog);

}  // namespace crmaudit::app
