// Which tables hold persons whose data rules are about, by which key, and which are left out on purpose.
#pragma once

#include <string>
#include <vector>

#include "auditor/discover/entity_draft.h"

namespace crmaudit::discover {

struct PersonTable {
    const TableView* table = nullptr;
    std::vector<std::string> key;
    bool is_lead = false;
    Reason reason;
};

struct Persons {
    std::vector<PersonTable> tables;    // sorted by name
    std::vector<std::string> left_out;  // tables that hold persons and are not judged, and why
};

/// Staff and logins are left out while there is anyone else. A view counts only where no table has persons.
Persons find_persons(const Schema& schema, const std::vector<Reference>& references);

}  // namespace crmaudit::discover
