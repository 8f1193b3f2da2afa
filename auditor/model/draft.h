// A draft: a profile made from a database's own structure, with the reason for every part of it and for what it lacks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/model/profile.h"

namespace crmaudit {

/// Why a part of the draft is there, or why it is not. Holds names of tables and columns, never a value.
struct DraftNote {
    std::string entity;   // empty: about the database as a whole
    std::string element;  // "path", "attribute" or "live"; empty: the entity itself
    std::string name;     // of the path or attribute
    std::string text;     // the evidence, in words
    std::optional<double> confidence;
    bool doubtful = false;  // a person should look at it before relying on it
    /// What was left out, ready to be put in by a person who knows better.
    std::optional<Attribute> suggestion = {};
    bool operator==(const DraftNote&) const = default;
};

/// A column whose classification is not certain; a person may declare it.
struct DoubtfulColumn {
    DeclaredColumn column;
    double confidence = 0;
    std::string evidence;
    bool operator==(const DoubtfulColumn&) const = default;
};

struct Draft {
    Profile profile;
    std::vector<DraftNote> notes;
    std::vector<DoubtfulColumn> doubtful_columns;
};

}  // namespace crmaudit
