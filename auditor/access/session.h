// As whom somebody acts: after the login, or after taking on a role. Roles that are members of each other in a circle
// are followed once.
#pragma once

#include <optional>
#include <vector>

#include "auditor/access/index.h"
#include "auditor/access/path.h"

namespace crmaudit::access {

/// One whose grants count in a session, and the path on which they do; absent: they are one's own.
struct Holder {
    Id id = Permissions::none;
    std::optional<Path> path;
};

struct Session {
    Id login = Permissions::none;
    Id current = Permissions::none;  // whose rights views with the rights of their reader are checked against
    std::optional<Id> role;          // taken on by SET ROLE
    bool superuser = false;
    std::vector<Holder> holders;  // PUBLIC last
};

/// After the login, default role included.
Session session_of(const Index& index, Id principal);

/// After SET ROLE, which the principal must be able to do.
Session session_as(const Index& index, Id principal, Id role);

/// Within a view or a function that works with its owner's rights.
Session session_of_owner(const Index& index, Id owner);

/// The roles that a principal can become by SET ROLE, sorted.
std::vector<Id> settable_roles(const Index& index, Id principal);

/// All sessions in which a principal has rights that it does not have after the login anyway, that one first.
std::vector<Session> telling_sessions(const Index& index, Id principal);

/// Whether the session's user opens the database at all (CONNECT).
bool may_connect(const Index& index, const Session& session);

/// Whether the session may write files of the server or start programs there, and so carry off whatever it can read.
bool may_export(const Index& index, const Session& session);

/// The roles that the session may give to others, sorted.
std::vector<Id> roles_to_pass_on(const Index& index, const Session& session);

bool holds(const Session& session, Id holder);

}  // namespace crmaudit::access
