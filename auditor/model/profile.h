// A profile: where a known CRM keeps persons, consent, sources, activities, messages and tracking events.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/category.h"
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

/// What a person says that a column holds; that decides, whatever its name and content look like. `none` too.
struct DeclaredColumn {
    std::string table;
    std::string column;
    Category category = Category::none;
    bool operator==(const DeclaredColumn&) const = default;
};

/// The profile says that this CRM keeps no entity of a kind: no requests, no logs.
struct AbsentKind {
    EntityKind kind = EntityKind::plain;
    std::string reason;
    bool operator==(const AbsentKind&) const = default;
};

/// A column of the CRM's settings that names hosts of other services.
struct HostColumn {
    std::string table;
    std::string column;
    std::string what;  // "mail", "storage", "service"
    bool operator==(const HostColumn&) const = default;
};

/// Where the CRM itself remembers addresses that must not be written to, whoever has them. Other columns of a new row
/// get the values of `others`.
struct SuppressionPlace {
    TableName table;
    std::string address;  // column
    std::vector<Assignment> others;
    bool operator==(const SuppressionPlace&) const = default;
};

/// Where the CRM keeps one sort of its own ways out, see model/crm_outlet.h; rows that are not live are switched off.
struct MappedOutlets {
    std::string what;  // "oauth_client", "api_token", "api_user", "webhook", "mailbox", "mail_server", "export",
                       // "service"
    Entity entity;     // of the kind outlet
    bool operator==(const MappedOutlets&) const = default;
};

struct Profile {
    std::string name;
    std::string title;
    std::string versions;  // the range it was checked against
    /// The usual beginning of the names of its tables, where an installation may choose another. Names of tables hold
    /// {prefix} until it is known.
    std::string prefix;
    std::vector<Signature> signatures;
    std::vector<AbsentKind> absent;
    std::vector<HostColumn> hosts;
    std::vector<MappedOutlets> outlets;
    std::vector<Entity> entities;  // tables without a schema, kinds unknown until bound
    std::vector<DeclaredColumn> columns;
    std::vector<Statement> statements;
    std::vector<SuppressionPlace> suppression;
    bool discovered = false;  // made from the catalog of the database itself, not written by anybody
    std::string digest;       // SHA-256 of the file
};

}  // namespace crmaudit
