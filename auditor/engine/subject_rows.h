// All rows that belong to one person, from the person's own outwards: along the profile's paths, foreign keys and
// columns that point at them, and wherever their address stands. What several share is followed no further, so that
// nobody else's rows are reached.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/subject_reader.h"
#include "auditor/engine/subject_source.h"
#include "auditor/model/subject.h"

namespace crmaudit::engine {

struct FoundRows {
    const Table* table = nullptr;
    SubjectLink link = SubjectLink::own;
    std::string via;
    std::vector<sql::Row> rows;
    std::int64_t left = 0;
};

struct PersonRows {
    std::vector<FoundRows> tables;    // the person's own first; one for each table and link
    std::set<std::string> addresses;  // the person's, folded
    bool shares_addresses = false;    // one of them was not looked for
};

/// Whether an address is another person's too.
using IsShared = std::function<bool(const std::string& address)>;

/// `addresses`: those that are known to be the person's already. What is found by an address alone may be the other's
/// where it is shared: such addresses are not looked for. `most` rows of a table. A person without an entity is
/// nobody whom the profile maps: only where the addresses stand is looked up.
PersonRows rows_of(const SubjectPerson& person, const std::set<std::string>& addresses, const SubjectSource& source,
                   SubjectReader& reader, const IsShared& is_shared, std::int64_t most);

}  // namespace crmaudit::engine
