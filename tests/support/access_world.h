// What a test of effective rights knows about a database that it made: which relations there are and what views and
// functions lead to; and what one session was found to be able to do there.
#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "auditor/access/reach.h"

namespace crmaudit::live {

struct AccessWorld {
    struct Relation {
        std::string schema;
        std::string name;
        TableKind kind = TableKind::table;
        std::vector<std::string> columns;
        std::size_t below = 0;          // of a view: the relation that it reads
        std::vector<std::string> uses;  // its columns that it reads
        bool has_row_security = false;
    };
    struct Function {
        std::string schema;
        std::string name;
        std::size_t relation = 0;
        std::string column;
        access::Right right = access::Right::read;
    };
    std::vector<Relation> relations;
    std::vector<Function> functions;
};

/// What one session could do: by relation, column (0 for DELETE) and right; and the functions that it could call.
struct Tried {
    std::set<std::tuple<std::size_t, std::size_t, access::Right>> on_relations;
    std::set<std::size_t> functions;
};

/// Calls `visit(relation, column, right)`; for DELETE once a relation, with its first column.
template <typename Visit>
void each_cell(const AccessWorld& world, Visit visit) {
    for (std::size_t r = 0; r < world.relations.size(); ++r) {
        for (std::size_t c = 0; c < world.relations[r].columns.size(); ++c) {
            for (const access::Right right : access::all_rights) {
                if (right != access::Right::remove || c == 0) visit(r, c, right);
            }
        }
    }
}

/// What was tried, and what that leads to behind views and functions.
Tried with_behind(const AccessWorld& world, const Tried& tried);

}  // namespace crmaudit::live
