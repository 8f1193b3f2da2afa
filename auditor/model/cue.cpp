#include "auditor/model/cue.h"

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

using enum Cue;

constexpr NameTable<Cue, 37> names{{
    {staff, "staff"},
    {customer, "customer"},
    {lead, "lead"},
    {relationship, "relationship"},
    {bulk, "bulk"},
    {automatic, "automatic"},
    {tracked, "tracked"},
    {copy, "copy"},
    {key, "key"},
    {bystander, "bystander"},
    {qualifier, "qualifier"},
    {target_kind, "target_kind"},
    {created, "created"},
    {modified, "modified"},
    {deleted, "deleted"},
    {deleted_at, "deleted_at"},
    {active, "active"},
    {converted, "converted"},
    {source, "source"},
    {contacted, "contacted"},
    {happened, "happened"},
    {sent, "sent"},
    {planned, "planned"},
    {closed, "closed"},
    {open, "open"},
    {closed_at, "closed_at"},
    {granted, "granted"},
    {refused, "refused"},
    {listed, "listed"},
    {subscribed_at, "subscribed_at"},
    {agreed_at, "agreed_at"},
    {objected_at, "objected_at"},
    {notice, "notice"},
    {tracking_granted, "tracking_granted"},
    {tracking_refused, "tracking_refused"},
    {state, "state"},
    {purpose, "purpose"},
}};

}  // namespace

std::string_view to_string(Cue cue) { return name_in(names, cue); }
std::optional<Cue> cue_from(std::string_view name) { return value_in(names, name); }

}  // namespace crmaudit
