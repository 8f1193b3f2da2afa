// Views and functions lend rights: what they touch is checked against their owner, or against whoever uses them.
#pragma once

#include <map>

#include "auditor/access/reach.h"

namespace crmaudit::access {

/// What the owners of views and functions may do, worked out once for each.
class OwnerRights {
public:
    /// The index must outlive it.
    explicit OwnerRights(const Index& index) : index_(index) {}
    const Index& index() const { return index_; }
    const Reach& of(Id owner);

private:
    const Index& index_;
    std::map<Id, Reach> reach_;
};

/// Whether what a view does for this right, on one of its columns, is open to whom it is checked against. `reader` is
/// who runs the statement. True for whatever is no view.
bool passes(OwnerRights& owners, Id relation, Id column, Right right, const Reach& reader);

/// What statements of a session can do: granted, in schemas that it can name, views only as far as they work.
Reach direct_reach(OwnerRights& owners, const Session& session);

/// The same, and what is behind views and functions: the columns of tables that are read or changed through them.
Reach reach_through(OwnerRights& owners, const Session& session);

/// The functions that a session can call.
std::vector<Id> callable_functions(const Index& index, const Session& session);

/// Everything that a principal gets at: after the login, as any role that it can become, directly or through views and
/// functions.
Reach effective_reach(OwnerRights& owners, Id principal);

}  // namespace crmaudit::access
