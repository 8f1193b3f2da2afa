// Who gets at which personal data, worked out once for an audit: the checks and the access matrix read it from here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auditor/access/through_views.h"
#include "auditor/model/access_matrix.h"
#include "auditor/model/classification.h"

namespace crmaudit::access {

/// One way to one category of data, with the column that it leads to.
struct Way {
    Category category = Category::none;
    AccessRight right = AccessRight::read;
    Path path = Path::direct_grant;
    bool all_rows = true;  // false: row-level security decides row by row
    Id relation = Permissions::none;
    Id column = Permissions::none;
};

/// A relation with personal data that somebody gets at.
struct TableReach {
    Id relation = Permissions::none;
    Rights rights = 0;
    Paths paths;            // to reading or changing it
    bool all_rows = false;  // false: row-level security decides row by row
};

struct PrincipalReach {
    std::vector<Way> ways;             // sorted by category, right and path, one of each
    std::vector<TableReach> tables;    // sorted by relation
    std::vector<TableReach> gives;     // what it may give to others without owning it, sorted by relation
    bool is_superuser = false;         // after the login or after taking on a role
    std::vector<Id> roles;             // whose rights it has or can take on, without itself, sorted
    std::vector<std::string> powers;   // as Permissions::Principal::powers, its own and its roles', sorted
    std::vector<std::string> exports;  // likewise
};

class Evaluation {
public:
    /// From the catalog's permissions, or its plain list of grants where it has no more.
    Evaluation(const Catalog& catalog, const Classification& classification);

    const Permissions& facts() const { return *facts_; }
    const PrincipalReach& of(Id principal) const { return reach_[principal]; }
    /// What everybody has without any role: PUBLIC.
    const PrincipalReach& everybody() const { return reach_.back(); }
    /// Those whom a report names: they exist and are not the product's own.
    const std::vector<Id>& principals() const { return principals_; }
    /// Categories that the database holds, in their order.
    const std::vector<Category>& categories() const { return categories_; }
    /// Relations with a column of core personal data, sorted.
    const std::vector<Id>& personal_relations() const { return personal_; }

    TableName table(Id relation) const;
    /// "crm.contacts.birthdate", or the table where there is no column.
    std::string name_of(Id relation, Id column = Permissions::none) const;
    /// Whether it is the audit's own account.
    bool is_own(Id principal) const;

private:
    bool is_judged(Id principal) const;
    struct Holding {  // a column with data
        Id column = Permissions::none;
        Category category = Category::none;
    };
    void find_holdings(const Classification& classification);
    PrincipalReach reach_of(OwnerRights& owners, Id principal) const;
    void add(const Index& index, const Session& session, const Reach& reach, PrincipalReach& to) const;
    void add_given(const Index& index, const Session& session, Id principal, PrincipalReach& to) const;

    std::shared_ptr<const Permissions> facts_;
    std::string account_;
    std::vector<std::vector<Holding>> holdings_;  // by relation
    std::vector<Category> categories_;
    std::vector<Id> personal_;
    std::vector<Id> principals_;
    bool something_is_given_ = false;    // some grant may be passed on
    std::vector<PrincipalReach> reach_;  // by principal; everybody last
};

}  // namespace crmaudit::access
