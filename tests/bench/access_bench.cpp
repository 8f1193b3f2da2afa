// How long it takes to say for everybody what is within reach: 10,000 roles with 100,000 grants on 1,000 tables, in
// nested groups as companies have them.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <memory>

#include "auditor/access/matrix.h"
#include "auditor/access/through_views.h"
#include "tests/support/dice.h"

namespace {

using namespace crmaudit;
using Id = Permissions::Id;

constexpr Id tables = 1000;
constexpr Id columns = 20;

Permissions tables_with_grants(Id principals, std::size_t grants, test::Dice& dice) {
    Permissions facts;
    for (Id i = 0; i < principals; ++i)
        facts.principals.push_back({.name = "role_" + std::to_string(i), .can_login = i % 10 != 0});
    facts.grants.push_back({Permissions::everybody, 0, Permissions::none, Permissions::Level::server, rights::connect});
    for (Id i = 0; i < 20; ++i) {
        facts.schemas.push_back({"schema_" + std::to_string(i), 0});
        facts.grants.push_back({Permissions::everybody, i, Permissions::none, Permissions::Level::schema, rights::use});
    }
    for (Id i = 0; i < tables; ++i) {
        Permissions::Relation table{i % 20, "table_" + std::to_string(i), TableKind::table, i % principals, {}};
        for (Id c = 0; c < columns; ++c) table.columns.push_back("column_" + std::to_string(c));
        // Every tenth is a view on the one before.
        if (i % 10 == 9) {
            table.kind = TableKind::view;
            table.reads.push_back({i - 1, {0, 1, 2, 3}});
        }
        facts.relations.push_back(std::move(table));
    }
    while (facts.grants.size() < grants) {
        const bool is_column = dice.below(4) == 0;
        facts.grants.push_back({static_cast<Id>(dice.below(principals)), static_cast<Id>(dice.below(tables)),
                                is_column ? static_cast<Id>(dice.below(columns)) : Permissions::none,
                                is_column ? Permissions::Level::column : Permissions::Level::relation,
                                static_cast<Rights>(1 + dice.below(15))});
    }
    return facts;
}

/// Every tenth principal is a role; roles are members of roles before them, everybody of up to five roles.
Permissions company(std::size_t grants) {
    test::Dice dice{1};
    Permissions facts = tables_with_grants(10000, grants, dice);
    for (Id i = 1; i < 10000; ++i) {
        const bool is_role = i % 10 == 0;
        const auto count = is_role ? dice.below(2) : 1 + dice.below(5);
        for (std::uint64_t j = 0; j < count; ++j) {
            const auto role = static_cast<Id>(10 * dice.below(is_role ? i / 10 : 1000));
            facts.memberships.push_back({role, i, dice.below(4) != 0});
        }
    }
    return facts;
}

void evaluate(benchmark::State& state, const Permissions& facts) {
    std::size_t found = 0;
    for (auto _ : state) {
        const access::Index index{facts};
        access::OwnerRights owners{index};
        for (Id id = 0; id < facts.principals.size(); ++id) found += access::effective_reach(owners, id).size();
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
    state.counters["reached"] = static_cast<double>(found) / static_cast<double>(state.iterations());
}

void evaluate_company(benchmark::State& state) { evaluate(state, company(static_cast<std::size_t>(state.range(0)))); }
BENCHMARK(evaluate_company)->Arg(100000)->Unit(benchmark::kMillisecond);

/// The same as an audit does it: every second column holds personal data, and the matrix of the report is made.
void make_matrix(benchmark::State& state) {
    Catalog catalog;
    catalog.permissions = std::make_shared<const Permissions>(company(static_cast<std::size_t>(state.range(0))));
    Classification classification;
    for (Id table = 0; table < tables; ++table) {
        const auto& relation = catalog.permissions->relations[table];
        for (Id column = 0; column < columns; column += 2) {
            auto& each = classification.columns.emplace_back();
            each.table = {catalog.permissions->schemas[relation.schema].name, relation.name};
            each.column = relation.columns[column];
            each.category = column % 4 == 0 ? Category::email : Category::birth_date;
        }
    }
    std::size_t rows = 0;
    for (auto _ : state) rows = access::matrix_of({catalog, classification}).rows.size();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
    state.counters["rows"] = static_cast<double>(rows);
}
BENCHMARK(make_matrix)->Arg(100000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
