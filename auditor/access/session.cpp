#include "auditor/access/session.h"

#include <algorithm>

#include "auditor/access/name_pattern.h"

namespace crmaudit::access {
namespace {

using Membership = Permissions::Membership;

/// Everybody that is reached from the start along the memberships that count, the start first.
template <typename Counts>
std::vector<Id> closure(const Index& index, Id start, Counts counts) {
    std::vector<Id> reached{start};
    std::vector<bool> seen(index.facts.principals.size(), false);
    seen[start] = true;
    for (std::size_t i = 0; i < reached.size(); ++i) {
        for (const Id place : index.memberships.of(reached[i])) {
            const Membership& membership = index.facts.memberships[place];
            if (membership.role >= seen.size() || seen[membership.role] || !counts(membership)) continue;
            seen[membership.role] = true;
            reached.push_back(membership.role);
        }
    }
    return reached;
}

/// Adds a role, or oneself, with everything that it inherits.
void add_holders(const Index& index, Id start, std::optional<Path> own, Path inherited, Session& session) {
    for (const Id id : closure(index, start, [](const Membership& m) { return m.inherits; })) {
        if (id == start) {
            session.holders.push_back({id, own});
        } else {
            const bool is_plain = own.value_or(Path::inherited_role) == Path::inherited_role;
            const bool is_predefined = index.facts.principals[id].is_predefined;
            session.holders.push_back({id, is_plain && is_predefined ? Path::predefined_role : inherited});
        }
    }
}

/// Oneself, and what the same user was given from more hosts, the most precise first: it counts where there is nothing
/// for the account itself.
void add_account(const Index& index, Id account, Session& session) {
    session.holders.push_back({account, std::nullopt});
    const auto& principals = index.facts.principals;
    const auto namesakes = index.namesakes.find(principals[account].user);
    if (principals[account].host.empty() || namesakes == index.namesakes.end()) return;
    const std::size_t start = session.holders.size();
    for (const Id id : namesakes->second) {
        if (id != account && fits(principals[id].host, principals[account].host))
            session.holders.push_back({id, Path::host_pattern});
    }
    std::sort(session.holders.begin() + static_cast<std::ptrdiff_t>(start), session.holders.end(),
              [&](const Holder& a, const Holder& b) {
                  return precision(principals[a.id].host) > precision(principals[b.id].host);
              });
}

std::vector<Id> every_role(const Index& index, Id but) {
    std::vector<Id> roles;
    for (Id id = 0; id < index.facts.principals.size(); ++id) {
        if (id != but && index.facts.principals[id].exists) roles.push_back(id);
    }
    return roles;
}

/// Whom a principal can become, the nearest first: they have most of what those behind them have.
std::vector<Id> roles_within_reach(const Index& index, Id principal) {
    std::vector<Id> roles;
    if (index.facts.roles_add_to_own) {
        for (const Id place : index.memberships.of(principal)) {
            const Membership& membership = index.facts.memberships[place];
            if (membership.may_set && membership.role < index.facts.principals.size()) roles.push_back(membership.role);
        }
    } else if (index.facts.principals[principal].superuser) {
        roles = every_role(index, principal);
    } else {
        roles = closure(index, principal, [](const Membership& m) { return m.may_set; });
        roles.erase(roles.begin());
    }
    return roles;
}

}  // namespace

Session session_of(const Index& index, Id principal) {
    const auto& self = index.facts.principals[principal];
    Session session{principal, principal, std::nullopt, self.superuser, {}};
    if (index.facts.roles_add_to_own) {
        add_account(index, principal, session);
        if (self.default_role != Permissions::none && self.default_role != principal) {
            add_holders(index, self.default_role, Path::default_role, Path::default_role, session);
        }
    } else {
        const auto own = self.is_predefined ? std::optional{Path::predefined_role} : std::nullopt;
        add_holders(index, principal, own, Path::inherited_role, session);
    }
    session.holders.push_back({Permissions::everybody, Path::everybody});
    return session;
}

Session session_as(const Index& index, Id principal, Id role) {
    Session session{principal, principal, role, false, {}};
    if (index.facts.roles_add_to_own) {
        session.superuser = index.facts.principals[principal].superuser;
        add_account(index, principal, session);
    } else {
        session.current = role;
        session.superuser = index.facts.principals[role].superuser;
    }
    add_holders(index, role, Path::set_role, Path::set_role, session);
    session.holders.push_back({Permissions::everybody, Path::everybody});
    return session;
}

Session session_of_owner(const Index& index, Id owner) {
    if (!index.facts.roles_add_to_own) return session_of(index, owner);
    // No role is active there, unless a role is the owner.
    Session session{owner, owner, std::nullopt, index.facts.principals[owner].superuser, {}};
    if (index.facts.principals[owner].host.empty()) {
        add_holders(index, owner, std::nullopt, Path::inherited_role, session);
    } else {
        add_account(index, owner, session);
    }
    session.holders.push_back({Permissions::everybody, Path::everybody});
    return session;
}

std::vector<Id> settable_roles(const Index& index, Id principal) {
    std::vector<Id> roles = roles_within_reach(index, principal);
    std::sort(roles.begin(), roles.end());
    return roles;
}

std::vector<Session> telling_sessions(const Index& index, Id principal) {
    std::vector<Session> sessions{session_of(index, principal)};
    if (sessions.front().superuser) return sessions;  // nothing can be added
    std::vector<bool> is_known(index.facts.principals.size(), false);
    const auto learn = [&](const Session& session) {
        for (const Holder& holder : session.holders) {
            if (holder.id < is_known.size()) is_known[holder.id] = true;
        }
    };
    learn(sessions.front());
    for (const Id role : roles_within_reach(index, principal)) {
        // Whoever has a role's rights has all that the role inherits, but not what it is by itself.
        if (is_known[role] && !index.facts.principals[role].superuser) continue;
        sessions.push_back(session_as(index, principal, role));
        if (sessions.back().superuser) break;
        learn(sessions.back());
    }
    return sessions;
}

bool holds(const Session& session, Id holder) {
    return std::any_of(session.holders.begin(), session.holders.end(), [&](const Holder& h) { return h.id == holder; });
}

bool may_connect(const Index& index, const Session& session) {
    if (session.superuser) return true;
    for (const Holder& holder : session.holders) {
        if (index.slot(holder.id) > index.everybody()) continue;
        for (const Id place : index.grants.of(index.slot(holder.id))) {
            const auto& grant = index.facts.grants[place];
            if (grant.level == Permissions::Level::server && (grant.rights & rights::connect) != 0) return true;
        }
    }
    return false;
}

bool may_export(const Index& index, const Session& session) {
    return session.superuser || std::any_of(session.holders.begin(), session.holders.end(), [&](const Holder& h) {
               return h.id < index.facts.principals.size() && !index.facts.principals[h.id].exports.empty();
           });
}

std::vector<Id> roles_to_pass_on(const Index& index, const Session& session) {
    if (session.superuser) return every_role(index, Permissions::none);
    // An admin option counts through every membership, whether it inherits or not.
    std::vector<Id> roles;
    for (const Id id : closure(index, session.current, [](const Membership&) { return true; })) {
        for (const Id place : index.memberships.of(id)) {
            const Membership& membership = index.facts.memberships[place];
            if (membership.may_pass_on) roles.push_back(membership.role);
        }
    }
    if (index.facts.creators_give_roles) {
        const bool creates = index.facts.principals[session.current].creates_roles;
        for (Id id = 0; creates && id < index.facts.principals.size(); ++id) {
            if (index.facts.principals[id].exists) roles.push_back(id);
        }
    }
    // Only a superuser makes others superusers.
    std::erase_if(roles,
                  [&](Id id) { return id >= index.facts.principals.size() || index.facts.principals[id].superuser; });
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return roles;
}

}  // namespace crmaudit::access
