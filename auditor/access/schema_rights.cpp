#include "auditor/access/schema_rights.h"

#include <algorithm>
#include <map>

#include "auditor/access/name_pattern.h"

namespace crmaudit::access {
namespace {

using Pattern = Permissions::SchemaPattern;

/// Holders whose patterns are looked at together: oneself from all hosts, an active role with all of its roles, PUBLIC.
enum class Group { own, role, everybody };

Group group_of(const Holder& holder) {
    if (holder.id == Permissions::everybody) return Group::everybody;
    return !holder.path || *holder.path == Path::host_pattern ? Group::own : Group::role;
}

struct Candidate {
    int host = 0;  // its precision; of accounts only
    const Pattern* pattern = nullptr;
    std::optional<Path> path;
};

/// Of the candidates whose pattern takes in the schema, those that the server asks: the most precise one, by host
/// before database, and what a role's roles have under the same pattern.
void add(const std::vector<Candidate>& candidates, Id schema, const std::string& name,
         std::vector<SchemaRight>& rights) {
    const Candidate* best = nullptr;
    for (const Candidate& candidate : candidates) {
        if (!fits(candidate.pattern->pattern, name)) continue;
        const auto rank = [](const Candidate& c) { return std::pair{c.host, precision(c.pattern->pattern)}; };
        if (best == nullptr || rank(*best) < rank(candidate)) best = &candidate;
    }
    if (best == nullptr) return;
    for (const Candidate& candidate : candidates) {
        if (candidate.host != best->host || candidate.pattern->pattern != best->pattern->pattern) continue;
        const Path own = is_pattern(candidate.pattern->pattern) ? Path::pattern_grant : Path::schema_grant;
        rights.push_back({schema, candidate.pattern->rights, candidate.path.value_or(own)});
    }
}

}  // namespace

std::vector<SchemaRight> schema_rights(const Index& index, const Session& session) {
    std::map<Group, std::vector<Candidate>> groups;
    for (const Holder& holder : session.holders) {
        if (index.slot(holder.id) > index.everybody()) continue;
        const Group group = group_of(holder);
        const bool has_host = group == Group::own && holder.id < index.facts.principals.size();
        const int host = has_host ? precision(index.facts.principals[holder.id].host) : 0;
        for (const Id place : index.patterns.of(index.slot(holder.id)))
            groups[group].push_back({host, &index.facts.patterns[place], holder.path});
    }
    std::vector<SchemaRight> rights;
    for (const auto& [group, candidates] : groups) {
        for (Id schema = 0; schema < index.facts.schemas.size(); ++schema)
            add(candidates, schema, index.facts.schemas[schema].name, rights);
    }
    return rights;
}

}  // namespace crmaudit::access
