#include "auditor/model/entity.h"

#include <algorithm>

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<EntityKind, 11> kind_names{{
    {EntityKind::person, "person"},
    {EntityKind::lead, "lead"},
    {EntityKind::message, "message"},
    {EntityKind::tracking_event, "tracking_event"},
    {EntityKind::consent_record, "consent_record"},
    {EntityKind::request, "request"},
    {EntityKind::activity, "activity"},
    {EntityKind::log, "log"},
    {EntityKind::plain, "plain"},
    {EntityKind::user, "user"},
    {EntityKind::outlet, "outlet"},
}};

constexpr NameTable<Role, 74> role_names{{
    {Role::created, "created"},
    {Role::modified, "modified"},
    {Role::activity, "activity"},
    {Role::relationship, "relationship"},
    {Role::converted, "converted"},
    {Role::email, "email"},
    {Role::source, "source"},
    {Role::collected_from_person, "collected_from_person"},
    {Role::first_message, "first_message"},
    {Role::notice, "notice"},
    {Role::marketing_sent, "marketing_sent"},
    {Role::marketing_listed, "marketing_listed"},
    {Role::marketing_granted, "marketing_granted"},
    {Role::marketing_refused, "marketing_refused"},
    {Role::marketing_evidence, "marketing_evidence"},
    {Role::marketing_objected, "marketing_objected"},
    {Role::marketing_granted_at, "marketing_granted_at"},
    {Role::marketing_pending, "marketing_pending"},
    {Role::marketing_other, "marketing_other"},
    {Role::tracked, "tracked"},
    {Role::tracked_at, "tracked_at"},
    {Role::tracking_granted, "tracking_granted"},
    {Role::tracking_refused, "tracking_refused"},
    {Role::tracking_granted_at, "tracking_granted_at"},
    {Role::tracking_refused_at, "tracking_refused_at"},
    {Role::individual_sent, "individual_sent"},
    {Role::responded, "responded"},
    {Role::clicked, "clicked"},
    {Role::customer, "customer"},
    {Role::similar_goods, "similar_goods"},
    {Role::objection_notice, "objection_notice"},
    {Role::legal_basis, "legal_basis"},
    {Role::legitimate_interest, "legitimate_interest"},
    {Role::interest_reason, "interest_reason"},
    {Role::deleted, "deleted"},
    {Role::deleted_at, "deleted_at"},
    {Role::erased, "erased"},
    {Role::leftover, "leftover"},
    {Role::hold, "hold"},
    {Role::retention_duty, "retention_duty"},
    {Role::residence, "residence"},
    {Role::nationality, "nationality"},
    {Role::other_country, "other_country"},
    {Role::phone, "phone"},
    {Role::name, "name"},
    {Role::birth_date, "birth_date"},
    {Role::event_time, "event_time"},
    {Role::event_count, "event_count"},
    {Role::event_address, "event_address"},
    {Role::event_place, "event_place"},
    {Role::event_client, "event_client"},
    {Role::event_forwarded, "event_forwarded"},
    {Role::request_erasure, "request_erasure"},
    {Role::request_rectification, "request_rectification"},
    {Role::request_access, "request_access"},
    {Role::received, "received"},
    {Role::answered, "answered"},
    {Role::owner, "owner"},
    {Role::personal, "personal"},
    {Role::body, "body"},
    {Role::outbound, "outbound"},
    {Role::bulk, "bulk"},
    {Role::template_text, "template"},
    {Role::first_contact, "first_contact"},
    {Role::sender, "sender"},
    {Role::can_log_in, "can_log_in"},
    {Role::last_login, "last_login"},
    {Role::administrator, "administrator"},
    {Role::sees_all, "sees_all"},
    {Role::sees_part, "sees_part"},
    {Role::visible_to_all, "visible_to_all"},
    {Role::outlet_name, "outlet_name"},
    {Role::outlet_target, "outlet_target"},
    {Role::last_used, "last_used"},
}};

constexpr NameTable<ValueType, 4> type_names{{
    {ValueType::text, "text"},
    {ValueType::date, "date"},
    {ValueType::flag, "flag"},
    {ValueType::number, "number"},
}};

constexpr NameTable<PathPurge, 3> path_purge_names{{
    {PathPurge::keep, "keep"},
    {PathPurge::links, "links"},
    {PathPurge::rows, "rows"},
}};

constexpr NameTable<Aggregate, 5> aggregate_names{{
    {Aggregate::any, "any"},
    {Aggregate::count, "count"},
    {Aggregate::latest, "latest"},
    {Aggregate::earliest, "earliest"},
    {Aggregate::first, "first"},
}};

}  // namespace

std::string_view to_string(EntityKind kind) { return name_in(kind_names, kind); }
std::optional<EntityKind> entity_kind_from(std::string_view name) { return value_in(kind_names, name); }
bool is_person(EntityKind kind) { return kind == EntityKind::person || kind == EntityKind::lead; }
std::string_view to_string(Role role) { return name_in(role_names, role); }
std::optional<Role> role_from(std::string_view name) { return value_in(role_names, name); }
std::string_view to_string(ValueType type) { return name_in(type_names, type); }
std::optional<ValueType> value_type_from(std::string_view name) { return value_in(type_names, name); }

ValueType value_type_of(Role role) {
    switch (role) {
        case Role::created:
        case Role::modified:
        case Role::activity:
        case Role::first_message:
        case Role::notice:
        case Role::marketing_sent:
        case Role::marketing_evidence:
        case Role::marketing_objected:
        case Role::marketing_granted_at:
        case Role::tracked_at:
        case Role::tracking_granted_at:
        case Role::tracking_refused_at:
        case Role::individual_sent:
        case Role::responded:
        case Role::clicked:
        case Role::birth_date:
        case Role::event_time:
        case Role::received:
        case Role::last_login:
        case Role::last_used:
        case Role::deleted_at: return ValueType::date;
        case Role::email:
        case Role::source:
        case Role::legal_basis:
        case Role::interest_reason:
        case Role::residence:
        case Role::nationality:
        case Role::other_country:
        case Role::phone:
        case Role::name:
        case Role::event_address:
        case Role::event_place:
        case Role::event_client:
        case Role::personal:
        case Role::body:
        case Role::outlet_name:
        case Role::outlet_target:
        case Role::sender: return ValueType::text;
        case Role::event_count: return ValueType::number;
        default: return ValueType::flag;
    }
}

std::string_view to_string(PathPurge purge) { return name_in(path_purge_names, purge); }
std::optional<PathPurge> path_purge_from(std::string_view name) { return value_in(path_purge_names, name); }

std::string_view to_string(Aggregate aggregate) { return name_in(aggregate_names, aggregate); }
std::optional<Aggregate> aggregate_from(std::string_view name) { return value_in(aggregate_names, name); }

const Attribute* Entity::find(std::string_view attribute_name) const {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const Attribute& a) { return a.name == attribute_name; });
    return found == attributes.end() ? nullptr : &*found;
}

const Path* Entity::path(std::string_view path_name) const {
    const auto found = std::find_if(paths.begin(), paths.end(), [&](const Path& p) { return p.name == path_name; });
    return found == paths.end() ? nullptr : &*found;
}

std::vector<const Attribute*> Entity::in_role(Role role) const {
    std::vector<const Attribute*> found;
    for (const auto& attribute : attributes) {
        if (attribute.role == role) found.push_back(&attribute);
    }
    return found;
}

const Absence* Entity::absence(Role role) const {
    const auto found = std::find_if(absent.begin(), absent.end(), [&](const Absence& a) { return a.role == role; });
    return found == absent.end() ? nullptr : &*found;
}

std::vector<TableName> tables_of(const Entity& entity, const Condition& condition) {
    std::vector<TableName> tables{entity.table};
    for_each_operand(condition, [&](const Operand& operand) {
        if (operand.source != Operand::Source::attribute) return;
        const Attribute* attribute = entity.find(operand.name);
        if (attribute == nullptr) return;
        const auto* related = std::get_if<Related>(&attribute->value);
        const Path* path = related == nullptr ? nullptr : entity.path(related->path);
        if (path == nullptr) return;
        for (const Join& join : path->joins) {
            if (std::find(tables.begin(), tables.end(), join.table) == tables.end()) tables.push_back(join.table);
        }
    });
    return tables;
}

}  // namespace crmaudit
