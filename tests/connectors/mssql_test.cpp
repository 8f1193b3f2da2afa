// What is sent to SQL Server, which no server has run: parsed, with every kind of condition, and what is made of the
// answers to it.
#include <gtest/gtest.h>

#include "auditor/sql/render.h"
#include "connectors/database.h"
#include "connectors/dialects/all.h"
#include "connectors/dialects/mssql_structure.h"
#include "tests/support/purge_result.h"
#include "tests/support/tsql.h"

namespace crmaudit::connectors {
namespace {

std::string ended(const std::string& statement) { return statement + ";\nGO\n"; }

TEST(Mssql, SendsOnlyWhatIsWellFormed) {
    std::string sent;
    for (const auto& each : mssql_dialect().session(ConnectOptions{})) sent += ended(each.text);
    sent += ended(std::string{mssql_identity});
    for (const std::string_view each : mssql_structure_statements()) sent += ended(std::string{each});
    EXPECT_EQ(support::unparsable_tsql(sent), "");
}

TEST(Mssql, CountsInOneWellFormedStatement) {
    const Entity person = test::purge_result("mssql", "dbo").entities.front();
    const sql::Renderer renderer{mssql_dialect().grammar(), parse_date("2026-06-15").value()};
    const Condition stale{OlderThan{attribute("created"), parse_period("P3Y").value()}};
    const Condition late{LaterThan{attribute("visited"), attribute("created"), parse_period("P1M2D").value()}};
    std::string sent =
        ended(renderer
                  .measure(person,
                           std::vector<sql::Measure>{
                               {sql::Measure::What::count, all({person.live, stale}), ""},
                               {sql::Measure::What::count, any({late, holds("deal")}), ""},
                               {sql::Measure::What::earliest, Condition{negate(stale)}, "created"},
                               {sql::Measure::What::latest, Condition{Implausible{attribute("created")}}, "visited"}},
                           sql::Ages{{"visited", "created"}, {}})
                  .text());
    sent += ended(renderer.evidence(person, {"person", stale}));
    EXPECT_EQ(support::unparsable_tsql(sent), "");
}

class MssqlConditions : public ::testing::TestWithParam<ColumnKind> {};

TEST_P(MssqlConditions, AreWellFormed) {
    const sql::Renderer renderer{mssql_dialect().grammar(), parse_date("2026-06-15").value()};
    const Operand it = column("it's", GetParam());
    std::string sent;
    for (const Condition& each :
         {Condition{Missing{it, {}}}, Condition{Missing{it, {"n/a"}}}, Condition{OneOf{it, {"1", "Ä"}}},
          Condition{ListHas{it, {"news"}}}, Condition{Before{it, parse_date("2020-01-01").value()}},
          Condition{Implausible{it}}, Condition{Like{it, {"*[a]%?"}}}}) {
        sent += ended("SELECT COUNT(*) FROM [a] t WHERE " + renderer.condition(each, "t"));
    }
    EXPECT_EQ(support::unparsable_tsql(sent), "");
}

INSTANTIATE_TEST_SUITE_P(Kinds, MssqlConditions,
                         ::testing::Values(ColumnKind::text, ColumnKind::integer, ColumnKind::boolean,
                                           ColumnKind::timestamp, ColumnKind::binary),
                         [](const auto& parameter) { return std::string{to_string(parameter.param)}; });

/// Answers of a server with two tables.
std::vector<sql::Row> answer(const std::string& statement) {
    using Rows = std::vector<sql::Row>;
    const auto statements = mssql_structure_statements();
    if (statement == mssql_identity) return {{"crm", "dbo", "auditor", "16.0.1000"}};
    if (statement == statements[0]) {
        return Rows{{"dbo", "person", "U ", "0", "0", "12"},
                    {"dbo", "seen", "V ", std::nullopt, std::nullopt, std::nullopt},
                    {"dbo", "visit", "U ", "0", "0", "34"}};
    }
    if (statement == statements[1]) {
        return Rows{{"dbo", "person", "id", "nvarchar(36)", "nvarchar", "0"},
                    {"dbo", "person", "made", "datetime2(3)", "datetime2", "1"},
                    {"dbo", "visit", "a", "int", "int", "0"},
                    {"dbo", "visit", "b", "int", "int", "0"}};
    }
    if (statement == statements[2]) {
        return Rows{{"dbo", "person", "pk", "id", "1", "1"},
                    {"dbo", "visit", "pk", "b", "1", "1"},
                    {"dbo", "visit", "pk", "a", "1", "1"},
                    {"dbo", "visit", "ix", "b", "0", "0"}};
    }
    if (statement == statements[3]) return Rows{{"dbo", "visit", "fk", "a", "dbo", "person", "id", "SET NULL"}};
    return {};
}

TEST(Mssql, MakesACatalogOfTheAnswers) {
    const Catalog catalog = mssql_dialect().read_catalog(answer);
    EXPECT_EQ(catalog.database, "crm");
    ASSERT_EQ(catalog.tables.size(), 3U);
    const Table& person = catalog.tables[0];
    EXPECT_EQ(person.columns.at(1).kind, ColumnKind::timestamp);
    EXPECT_FALSE(person.columns.at(0).nullable);
    EXPECT_EQ(person.row_estimate, 12);
    EXPECT_EQ(catalog.tables[1].kind, TableKind::view);
    const Table& visit = catalog.tables[2];
    EXPECT_EQ(visit.primary_key, (std::vector<std::string>{"b", "a"}));
    EXPECT_FALSE(visit.indexes.at(1).unique);
    EXPECT_EQ(visit.foreign_keys.at(0).referenced, (TableName{"dbo", "person"}));
    EXPECT_EQ(visit.foreign_keys.at(0).on_delete, "SET NULL");
    EXPECT_EQ(catalog.missing_safeguards.size(), 2U);  // not read-only, and never run
}

}  // namespace
}  // namespace crmaudit::connectors
