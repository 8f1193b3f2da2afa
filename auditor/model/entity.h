// Entities: what a profile says a CRM keeps (persons, messages, tracking events, …) and how to read facts about each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/condition.h"

namespace crmaudit {

/// user: who works with the CRM. outlet: something of the CRM's own that passes data on, see model/crm_outlet.h.
enum class EntityKind {
    person,
    lead,
    message,
    tracking_event,
    consent_record,
    request,
    activity,
    log,
    plain,
    user,
    outlet,
};

std::string_view to_string(EntityKind kind);
std::optional<EntityKind> entity_kind_from(std::string_view name);

/// Leads are persons too; they only have a conversion besides.
bool is_person(EntityKind kind);

/// What an attribute means to the checks. A role may have several attributes, for instance one per activity source.
enum class Role {
    created,                // date: when the record was collected
    modified,               // date: weak evidence of activity
    activity,               // date: latest contact of one source; opens never count
    relationship,           // flag: a running relationship (open deal, contract, case, request, own employee)
    converted,              // flag: a lead became a customer
    email,                  // text: has an address mail can be sent to
    source,                 // text: where the record came from
    collected_from_person,  // flag: the person was the source (Art. 13 rather than 14)
    first_message,          // date: first message or disclosure to the person
    notice,                 // date: the person was informed
    marketing_sent,         // date: latest bulk or marketing mail
    marketing_listed,       // flag: on a list that such mail goes to
    marketing_granted,      // flag: a positive sign of consent
    marketing_refused,      // flag: objection, opt-out, withdrawal
    marketing_evidence,     // date or text: proof of the consent
    marketing_objected,     // date: latest objection
    marketing_granted_at,   // date: latest consent; an event, as an objection is
    marketing_pending,      // flag: asked for a consent that was never confirmed
    marketing_other,        // flag: the consent field says nothing either way
    tracked,                // flag: opens or clicks are kept for this person
    tracked_at,             // date: latest open or click
    tracking_granted,       // flag: a positive sign of consent to tracking
    tracking_refused,       // flag
    tracking_granted_at,    // date: latest consent
    tracking_refused_at,    // date: latest withdrawal
    individual_sent,        // date: latest mail that staff sent to this person alone
    responded,              // date: latest contact that came from the person
    clicked,                // date: latest click in a message
    customer,               // flag: has bought something
    similar_goods,          // flag: what is advertised resembles what was bought
    objection_notice,       // flag: told of the right to object, at collection and in each message
    legal_basis,            // text: on what the processing rests
    legitimate_interest,    // flag: it rests on a legitimate interest
    interest_reason,        // text: which
    deleted,                // flag: deleted for the CRM's users, still in the table
    deleted_at,             // date
    erased,                 // flag: what the CRM leaves of a person it has erased
    leftover,               // flag: personal data in a place that an erasure empties
    hold,                   // flag: must not be erased for now, by a lawyer's word
    retention_duty,         // flag: documents about the person must be kept by law
    residence,              // text: country
    nationality,            // text: country
    other_country,          // text: country of any further address
    phone,                  // text
    name,                   // text: one attribute for each part that tells persons apart
    birth_date,             // date
    event_time,             // date: when a message was opened or a link followed
    event_count,            // number: how often
    event_address,          // text: from which network address or server
    event_place,            // text: from where
    event_client,           // text: with which browser, system or device
    event_forwarded,        // flag: passed on
    request_erasure,        // flag: what a request asks for
    request_rectification,  // flag
    request_access,         // flag
    received,               // date: the request came in
    answered,               // flag: it was dealt with
    owner,                  // flag: a person that the row belongs to exists
    personal,               // text: personal data in the row itself
    body,                   // text: of a message, HTML as a rule
    outbound,               // flag: sent by the company
    bulk,                   // flag: sent to many
    template_text,          // flag: messages are made from it
    first_contact,          // flag: the first message to somebody
    sender,                 // text: key of the user who sent it
    can_log_in,             // flag: a user who can log in; without such an attribute every live one can
    last_login,             // date: latest sign that the user was there
    administrator,          // flag: may do everything in the CRM
    sees_all,               // flag: sees every person, whoever looks after them
    sees_part,              // flag: something keeps the user from persons that are not theirs
    visible_to_all,         // flag: of a person: every user of the CRM sees the record
    outlet_name,            // text: what its configuration calls an outlet
    outlet_target,          // text: where to; of it only the host is told
    last_used,              // date: when an outlet was used last
};

std::string_view to_string(Role role);
std::optional<Role> role_from(std::string_view name);

enum class ValueType { text, date, flag, number };

std::string_view to_string(ValueType type);
std::optional<ValueType> value_type_from(std::string_view name);

/// What attributes in this role hold; evidence of consent, a date as a rule, may be text as well.
ValueType value_type_of(Role role);

/// One pair of an equality join. `as_text` is set by binding where kinds or collations differ.
struct JoinColumn {
    std::string column;    // of the joined table
    std::string previous;  // of the table before it; of the entity's table in the first step
    bool as_text = false;
    bool operator==(const JoinColumn&) const = default;
};

struct Join {
    TableName table;
    std::vector<JoinColumn> on;
    Condition where;  // over columns of `table`
    bool operator==(const Join&) const = default;
};

/// What becomes of the rows that a path leads to when the row of the entity is deleted: they stay; those of its first
/// table go; or all go, those of a later table unless another row of the table before still points at them.
enum class PathPurge { keep, links, rows };

std::string_view to_string(PathPurge purge);
std::optional<PathPurge> path_purge_from(std::string_view name);

/// A way from an entity to rows that belong to it. The first join pairs with the entity's key, and only with it.
struct Path {
    std::string name;
    std::vector<Join> joins;
    PathPurge purge = PathPurge::keep;
    bool operator==(const Path&) const = default;
};

/// `first` is the least text, folded.
enum class Aggregate { any, count, latest, earliest, first };

std::string_view to_string(Aggregate aggregate);
std::optional<Aggregate> aggregate_from(std::string_view name);

/// A column of the entity's own table; nothing in rows that do not meet the condition.
struct OwnColumn {
    Operand column;
    Condition where = {};
    bool operator==(const OwnColumn&) const = default;
};
/// A condition over columns of the entity's own table.
struct OwnCondition {
    Condition where;
    bool operator==(const OwnCondition&) const = default;
};
/// Something computed once over the rows that a path leads to; `where` and `column` refer to its last table.
struct Related {
    std::string path;
    Aggregate aggregate = Aggregate::any;
    Operand column;  // for latest, earliest and first; for any, where it must be filled
    Condition where;
    bool operator==(const Related&) const = default;
};

struct Attribute {
    std::string name;
    ValueType type = ValueType::text;
    std::optional<Role> role;
    std::variant<OwnColumn, OwnCondition, Related> value;
    /// A place that not every installation has; left out without a word where the catalog lacks it.
    bool optional = false;
    bool operator==(const Attribute&) const = default;
};

/// The profile says that this CRM has no place for something; not a gap in the mapping.
struct Absence {
    Role role;
    std::string reason;
    std::string without_table = {};  // said only of databases that lack this table, a part not installed
    bool operator==(const Absence&) const = default;
};

/// A role that the profile maps and the catalog lacks, by name.
struct Unbound {
    Role role;
    std::string reason;
    bool operator==(const Unbound&) const = default;
};

/// A column that is set to a text, or emptied. With a path, in the rows of its last table.
struct Assignment {
    std::string path;
    std::string column;
    std::optional<std::string> value;
    bool operator==(const Assignment&) const = default;
};

struct Entity {
    std::string name;
    EntityKind kind = EntityKind::plain;
    TableName table;
    std::vector<std::string> key;
    Condition live;  // over columns of `table`; rows that are not live were deleted for the CRM's users
    std::vector<Path> paths;
    std::vector<Attribute> attributes;
    std::vector<Absence> absent;
    std::vector<Unbound> unbound;              // filled in by binding
    std::vector<Assignment> restriction = {};  // what tells the CRM to use a row no more
    bool optional = false;                     // not in every installation

    const Attribute* find(std::string_view attribute_name) const;
    const Path* path(std::string_view path_name) const;
    std::vector<const Attribute*> in_role(Role role) const;
    const Absence* absence(Role role) const;
    bool operator==(const Entity&) const = default;
};

/// An entity with a condition: a set of rows, described and never fetched. With `unique_over`, columns of the entity's
/// table, only those of these rows that share their combination of values with no other of them; with `shared_over`,
/// only those that share it.
struct RowSet {
    std::string entity;
    Condition condition;
    std::vector<Operand> unique_over = {};
    std::vector<Operand> shared_over = {};
    bool operator==(const RowSet&) const = default;
};

/// Every table that reading these attributes of the entity touches, the entity's own first, without repeats.
std::vector<TableName> tables_of(const Entity& entity, const Condition& condition);

}  // namespace crmaudit
