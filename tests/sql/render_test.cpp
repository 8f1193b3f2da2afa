#include "auditor/sql/render.h"

#include <gtest/gtest.h>

#include "tests/support/plain_grammar.h"

namespace crmaudit::sql {
namespace {

const crmaudit::testing::PlainGrammar grammar;

Date day(const char* iso) { return parse_date(iso).value(); }

Entity person() {
    Entity entity;
    entity.name = "person";
    entity.kind = EntityKind::person;
    entity.table = {"crm", "person"};
    entity.key = {"id"};
    Join call{{"crm", "call"}, {{"person", "id", false}}, {OneOf{column("held", ColumnKind::integer), {"1"}}}};
    Join link{{"crm", "link"}, {{"person", "id", true}}, {}};
    Join deal{{"crm", "deal"}, {{"id", "deal", false}}, {}};
    entity.paths = {{"calls", {call}}, {"deals", {link, deal}}};
    entity.attributes = {
        {"created", ValueType::date, Role::created, OwnColumn{column("made", ColumnKind::timestamp)}, false},
        {"called", ValueType::date, Role::activity,
         Related{"calls", Aggregate::latest, column("at", ColumnKind::timestamp), {}}, false},
        {"deal", ValueType::flag, Role::relationship,
         Related{"deals", Aggregate::any, {}, {OneOf{column("open", ColumnKind::boolean), {"1"}}}}, false},
    };
    return entity;
}

std::string where(const Condition& condition) {
    const std::string sql = Renderer{grammar, day("2026-06-15")}.evidence(person(), condition);
    const auto start = sql.find("\nWHERE ") + 7;
    return sql.substr(start, sql.rfind("\nORDER BY") - start);
}

TEST(Render, AggregatesEachRelatedPathOnceForAllMeasures) {
    const Renderer renderer{grammar, day("2026-06-15")};
    const std::vector<Measure> measures{
        {Measure::What::count, {}, ""},
        {Measure::What::count, holds("deal"), ""},
        {Measure::What::count, {Before{attribute("called"), day("2023-06-15")}}, ""},
        {Measure::What::earliest, negate(holds("deal")), "called"},
    };
    const Query query = renderer.measure(person(), measures);
    EXPECT_EQ(query.text(),
              "SELECT COUNT(*),\n"
              "       COUNT(CASE WHEN COALESCE(p2.a1, 0) = 1 THEN 1 END),\n"
              "       COUNT(CASE WHEN (p1.a1 IS NOT NULL AND p1.a1 < DATE '2023-06-15') THEN 1 END),\n"
              "       DAY(MIN(CASE WHEN NOT (COALESCE(p2.a1, 0) = 1) AND p1.a1 IS NOT NULL THEN p1.a1 END))\n"
              "FROM \"crm\".\"person\" b\n"
              "LEFT JOIN (SELECT j1.\"person\" AS k1, MAX(CASE WHEN j1.\"at\" IS NOT NULL AND j1.\"at\" >= DATE "
              "'1900-01-01' AND j1.\"at\" < DATE '2026-06-16' THEN j1.\"at\" END) AS a1\n"
              "    FROM \"crm\".\"call\" j1\n"
              "    WHERE (j1.\"held\" IS NOT NULL AND j1.\"held\" IN (1))\n"
              "    GROUP BY j1.\"person\") p1\n"
              "  ON p1.k1 = b.\"id\"\n"
              "LEFT JOIN (SELECT j1.\"person\" AS k1, MAX(FLAG(j2.\"open\" IS TRUE)) AS a1\n"
              "    FROM \"crm\".\"link\" j1\n"
              "    JOIN \"crm\".\"deal\" j2 ON j2.\"id\" = j1.\"deal\"\n"
              "    GROUP BY j1.\"person\") p2\n"
              "  ON TEXT(p2.k1) = TEXT(b.\"id\")");
    EXPECT_EQ(query.width(), 4U);
    EXPECT_EQ(query.tables().size(), 4U);
}

TEST(Render, LeavesOutPathsThatNobodyAsksFor) {
    const Query query = Renderer{grammar, day("2026-06-15")}.measure(person(), {{Measure::What::count, {}, ""}});
    EXPECT_EQ(query.text(), "SELECT COUNT(*)\nFROM \"crm\".\"person\" b");
}

TEST(Render, EveryConditionIsTotal) {
    EXPECT_EQ(where(missing(column("a", ColumnKind::text))), "(b.\"a\" IS NULL OR FOLD(b.\"a\") = '')");
    EXPECT_EQ(where(missing(column("a", ColumnKind::text), {"N/A", "Ü"})),
              "(b.\"a\" IS NULL OR FOLD(b.\"a\") IN ('', 'n/a', FOLD('Ü')))");
    EXPECT_EQ(where(missing(column("d", ColumnKind::date))), "b.\"d\" IS NULL");
    EXPECT_EQ(where(missing(column("n", ColumnKind::integer))), "b.\"n\" IS NULL");
    EXPECT_EQ(where({OneOf{column("n", ColumnKind::integer), {"1", "2"}}}),
              "(b.\"n\" IS NOT NULL AND b.\"n\" IN (1, 2))");
    EXPECT_EQ(where({OneOf{column("n", ColumnKind::integer), {"one"}}}),
              "(b.\"n\" IS NOT NULL AND FOLD(TEXT(b.\"n\")) = 'one')");
    EXPECT_EQ(where({OneOf{column("f", ColumnKind::boolean), {"0"}}}), "b.\"f\" IS FALSE");
    EXPECT_EQ(where({ListHas{column("l", ColumnKind::text), {"Consent"}}}),
              "(b.\"l\" IS NOT NULL AND (HAS(FOLD(b.\"l\"), 'consent')))");
    EXPECT_EQ(where(any({})), "FALSE");
}

TEST(Render, ImplausibleDatesNeverCount) {
    EXPECT_EQ(where({Before{attribute("created"), day("2023-06-15")}}),
              "(b.\"made\" IS NOT NULL AND b.\"made\" >= DATE '1900-01-01' AND b.\"made\" < DATE '2023-06-15')");
    EXPECT_EQ(where({Before{attribute("created"), day("2099-01-01")}}),
              "(b.\"made\" IS NOT NULL AND b.\"made\" >= DATE '1900-01-01' AND b.\"made\" < DATE '2026-06-16')");
    EXPECT_EQ(where(missing(attribute("called"))), "NOT (p1.a1 IS NOT NULL)");
    EXPECT_EQ(where({LaterThan{attribute("called"), attribute("created"), Period{1, 0}}}),
              "(p1.a1 IS NOT NULL AND b.\"made\" IS NOT NULL AND b.\"made\" >= DATE '1900-01-01' AND b.\"made\" < DATE "
              "'2026-06-16' AND p1.a1 > b.\"made\" + P1M)");
}

TEST(Render, EvidenceListsKeysAndNothingElse) {
    const Renderer renderer{grammar, day("2026-06-15")};
    EXPECT_EQ(renderer.evidence(person(), holds("deal")).substr(0, 14), "SELECT b.\"id\"\n");
    Entity keyless = person();
    keyless.key.clear();
    EXPECT_EQ(renderer.evidence(keyless, {}).substr(0, 16), "SELECT COUNT(*)\n");
}

TEST(Render, RefusesAnAttributeThatIsNoFlag) {
    EXPECT_THROW(where(holds("created")), std::logic_error);
    EXPECT_THROW(where(holds("nothing")), std::logic_error);
}

}  // namespace
}  // namespace crmaudit::sql
