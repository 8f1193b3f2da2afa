// A profile: where a known CRM keeps persons, consent, sources, activities, messages and tracking events.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/entity.h"
#include "auditor/model/text.h"

namespace crmaudit {

/// A table, with columns it must have, by which a profile recognises its CRM.
struct Signature {
    std::string table;
    std::vector<std::string> columns;
};

/// What the CRM does by itself, repeated in the report beside the findings of a topic ("tracking").
struct Statement {
    std::string topic;
    Texts texts;
    std::string source;
    bool operator==(const Statement&) const = default;
};

/// Tables that look like CRM tables by name but are not copies, or known technical tables.
struct Profile {
    std::string name;
    std::string title;
    std::string versions;  // the range it was checked against
    std::vector<Signature> signatures;
    std::vector<Entity> entities;  // tables without a schema, kinds unknown until bound
    std::vector<Statement> statements;
    std::string digest;  // SHA-256 of the file
};

}  // namespace crmaudit
