// Which columns lead to the rows of which table: by a foreign key, or by their names alone.
#pragma once

#include <string>
#include <vector>

#include "auditor/discover/schema.h"

namespace crmaudit::discover {

struct Reference {
    TableName from;
    std::vector<std::string> columns;
    TableName to;
    std::vector<std::string> referenced;
    double confidence = 1;
    std::string reason;  // "foreign key", or what in the names says so

    bool operator==(const Reference&) const = default;
};

/// Below this a reference is only worth a note.
inline constexpr double followed_from = 0.5;

/// A pair such as parent_type and parent_id: which table the key leads to is told by values.
struct OpenReference {
    TableName from;
    std::string key;
    std::string kind;
};
std::vector<OpenReference> open_references_in(const Schema& schema, const Cues& cues);

/// All of them, in the order of tables and columns. A column that has a foreign key is not guessed at; one whose name
/// speaks of someone the row is not about (its author, its owner) is no reference by name. Kinds are comparable.
std::vector<Reference> references_in(const Schema& schema, const Cues& cues);

}  // namespace crmaudit::discover
