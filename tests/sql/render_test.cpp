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
    const std::string sql = Renderer{grammar, day("2026-06-15")}.evidence(person(), {"person", condition});
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
              R"(SELECT COUNT(*),
       COUNT(CASE WHEN COALESCE(p2."=deal", 0) = 1 THEN 1 END),
       COUNT(CASE WHEN (p1."=called" IS NOT NULL AND p1."=called" < DATE '2023-06-15') THEN 1 END),
       DAY(MIN(CASE WHEN NOT (COALESCE(p2."=deal", 0) = 1) THEN p1."=called" END))
FROM (SELECT t."id"
      FROM "crm"."person" t) b
LEFT JOIN (SELECT r."k1",
           MAX(r."^1") AS "=called"
    FROM (SELECT j1."person" AS "k1",
             CASE WHEN j1."at" >= DATE '1900-01-01' AND j1."at" < DATE '2026-06-16' THEN j1."at" END AS "^1"
          FROM "crm"."call" j1
          WHERE (j1."held" IS NOT NULL AND j1."held" IN (1))) r
    GROUP BY r."k1") p1
  ON p1."k1" = b."id"
LEFT JOIN (SELECT r."k1",
           MAX(CASE WHEN r."v1" IS TRUE THEN 1 ELSE 0 END) AS "=deal"
    FROM (SELECT j1."person" AS "k1",
             j2."open" AS "v1"
          FROM "crm"."link" j1
          JOIN "crm"."deal" j2 ON j2."id" = j1."deal") r
    GROUP BY r."k1") p2
  ON TEXT(p2."k1") = TEXT(b."id"))");
    EXPECT_EQ(query.width(), 4U);
    EXPECT_EQ(query.tables().size(), 4U);
}

TEST(Render, LeavesOutPathsThatNobodyAsksFor) {
    const Query query = Renderer{grammar, day("2026-06-15")}.measure(person(), {{Measure::What::count, {}, ""}});
    EXPECT_EQ(query.text(), "SELECT COUNT(*)\nFROM (SELECT 1 AS one\n      FROM \"crm\".\"person\" t) b");
}

TEST(Render, EveryConditionIsTotal) {
    EXPECT_EQ(where(missing(column("a", ColumnKind::text))), "b.\"!a\" = 1");
    EXPECT_EQ(where(missing(column("a", ColumnKind::text), {"N/A", "Ü"})), "b.\"~a\" IN ('', 'n/a', FOLD('Ü'))");
    EXPECT_EQ(where(missing(column("d", ColumnKind::date))), "b.\"@d\" IS NULL");
    EXPECT_EQ(where(missing(column("n", ColumnKind::integer))), "b.\"n\" IS NULL");
    EXPECT_EQ(where(missing(column("x", ColumnKind::binary))), "b.\"x\" IS NULL");
    EXPECT_EQ(where({OneOf{column("n", ColumnKind::integer), {"1", "2"}}}),
              "(b.\"n\" IS NOT NULL AND b.\"n\" IN (1, 2))");
    EXPECT_EQ(where({OneOf{column("n", ColumnKind::integer), {"one"}}}), "b.\"~n\" = 'one'");
    EXPECT_EQ(where({OneOf{column("f", ColumnKind::boolean), {"0"}}}), "b.\"f\" IS FALSE");
    EXPECT_EQ(where({ListHas{column("l", ColumnKind::text), {"Consent"}}}),
              "(b.\"l\" IS NOT NULL AND (HAS(b.\"~l\", 'consent')))");
    EXPECT_EQ(where(any({})), "FALSE");
}

TEST(Render, WorksOutTextsAndMomentsOfAColumnOnce) {
    const Renderer renderer{grammar, day("2026-06-15")};
    const Operand made = column("made", ColumnKind::timestamp);
    const std::string sql =
        renderer
            .measure(person(), {{Measure::What::count, {OneOf{column("a", ColumnKind::text), {"x"}}}, ""},
                                {Measure::What::count, {OneOf{column("a", ColumnKind::text), {"y"}}}, ""},
                                {Measure::What::count, {Before{made, day("2020-01-01")}}, ""}})
            .text();
    EXPECT_NE(sql.find("CASE WHEN t.\"a\" IS NULL THEN '' ELSE FOLD(t.\"a\") END AS \"~a\""), std::string::npos) << sql;
    EXPECT_EQ(sql.find("FOLD", sql.find("FOLD") + 1), std::string::npos) << sql;
    EXPECT_NE(sql.find("t.\"made\" END AS \"^made\""), std::string::npos) << sql;
    EXPECT_EQ(sql.find("\"@made\""), std::string::npos) << "nobody asks whether it is implausible";
    EXPECT_EQ(sql.find("\"@a\""), std::string::npos) << "nobody asks for it as a moment";
}

TEST(Render, ALongNameOfAColumnGetsNoMark) {
    const std::string name(63, 'n');
    EXPECT_EQ(where({OneOf{column(name, ColumnKind::text), {"x"}}}),
              "(b.\"" + name + "\" IS NOT NULL AND FOLD(b.\"" + name + "\") = 'x')");
}

TEST(Render, ImplausibleDatesNeverCount) {
    EXPECT_EQ(where({Before{attribute("created"), day("2023-06-15")}}),
              R"((b."^made" IS NOT NULL AND b."^made" < DATE '2023-06-15'))");
    EXPECT_EQ(where({Before{attribute("created"), day("2099-01-01")}}),
              R"((b."^made" IS NOT NULL AND b."^made" < DATE '2026-06-16'))");
    EXPECT_EQ(where({Since{attribute("created"), day("2023-06-15")}}),
              R"((b."^made" IS NOT NULL AND b."^made" >= DATE '2023-06-15'))");
    EXPECT_EQ(where({Since{attribute("called"), day("1800-01-01")}}),
              R"((p1."=called" IS NOT NULL AND p1."=called" >= DATE '1900-01-01'))");
    EXPECT_EQ(where(missing(attribute("called"))), R"(p1."=called" IS NULL)");
    EXPECT_EQ(where(present(attribute("called"))), R"(p1."=called" IS NOT NULL)");
    EXPECT_EQ(where({LaterThan{attribute("called"), attribute("created"), Period{1, 0}}}),
              R"((p1."=called" IS NOT NULL AND b."^made" IS NOT NULL AND p1."=called" > b."^made" + P1M))");
    EXPECT_EQ(where({Implausible{attribute("created")}}), R"((b."@made" IS NOT NULL AND b."^made" IS NULL))");
    EXPECT_EQ(where(missing(column("made", ColumnKind::timestamp))), R"(b."@made" IS NULL)")
        << "a column with an implausible date is not empty";
}

TEST(Render, EvaluatesWhichRowsAreLiveOnce) {
    Entity entity = person();
    entity.live = {OneOf{column("deleted", ColumnKind::integer), {"0"}}};
    const Renderer renderer{grammar, day("2026-06-15")};
    EXPECT_EQ(renderer
                  .measure(entity, {{Measure::What::count, entity.live, ""},
                                    {Measure::What::count, all({entity.live, missing(attribute("created"))}), ""}})
                  .text(),
              R"(SELECT COUNT(CASE WHEN b."=live=" = 1 THEN 1 END),
       COUNT(CASE WHEN (b."=live=" = 1 AND b."^made" IS NULL) THEN 1 END)
FROM (SELECT CASE WHEN t."made" >= DATE '1900-01-01' AND t."made" < DATE '2026-06-16' THEN t."made" END AS "^made",
             FLAG((t."deleted" IS NOT NULL AND t."deleted" IN (0))) AS "=live="
      FROM "crm"."person" t) b)");
}

TEST(Render, EvidenceListsKeysAndNothingElse) {
    const Renderer renderer{grammar, day("2026-06-15")};
    EXPECT_EQ(renderer.evidence(person(), {"person", holds("deal")}).substr(0, 14), "SELECT b.\"id\"\n");
    Entity keyless = person();
    keyless.key.clear();
    EXPECT_EQ(renderer.evidence(keyless, {"person", {}}).substr(0, 16), "SELECT COUNT(*)\n");
}

TEST(Render, RefusesAnAttributeThatIsNoFlag) {
    EXPECT_THROW(where(holds("created")), std::logic_error);
    EXPECT_THROW(where(holds("nothing")), std::logic_error);
}

TEST(Render, ReadsWhatIsRelatedForTheChosenKeysAlone) {
    const Renderer renderer{grammar, day("2026-06-15")};
    const std::string sql = renderer.keys(person(), holds("deal"), "chosen");
    EXPECT_EQ(sql.substr(0, sql.find('\n')), R"(SELECT b."id" AS "k1")");
    EXPECT_NE(sql.find(R"(FROM chosen w JOIN "crm"."person" t ON t."id" = w."k1")"), std::string::npos) << sql;
    EXPECT_NE(sql.find(R"(FROM (SELECT DISTINCT t."id" FROM chosen w JOIN "crm"."person" t ON t."id" = w."k1") j0
          JOIN "crm"."link" j1 ON TEXT(j1."person") = TEXT(j0."id")
          JOIN "crm"."deal" j2 ON j2."id" = j1."deal")"),
              std::string::npos)
        << sql;
}

TEST(Render, AsksTheRowsThemselvesWhereNothingElseHasASay) {
    const Renderer renderer{grammar, day("2026-06-15")};
    const Condition old{Before{attribute("created"), day("2020-01-01")}};
    EXPECT_EQ(renderer.keys(person(), old),
              R"(SELECT t."id" AS "k1"
FROM "crm"."person" t
WHERE (CASE WHEN t."made" >= DATE '1900-01-01' AND t."made" < DATE '2020-01-01' THEN t."made" END IS NOT NULL))");
    EXPECT_NE(renderer.keys(person(), old, "chosen").find("\nFROM chosen w JOIN \"crm\".\"person\" t ON"),
              std::string::npos);
    EXPECT_TRUE(renderer.row_condition(person(), old).has_value());
    EXPECT_FALSE(renderer.row_condition(person(), all({old, holds("deal")})).has_value());
    EXPECT_FALSE(renderer.row_condition(person(), negate(present(attribute("called")))).has_value());
}

TEST(Render, BelievesDatesAfterTheAuditWhereItIsTold) {
    const Condition recent{Since{attribute("called"), day("2026-01-01")}};
    const std::string audited = Renderer{grammar, day("2026-06-15")}.keys(person(), recent);
    const std::string believing = Renderer{grammar, Days{day("2026-06-15"), day("2999-12-30")}}.keys(person(), recent);
    EXPECT_NE(audited.find("< DATE '2026-06-16'"), std::string::npos) << audited;
    EXPECT_EQ(believing.find("2026-06-16"), std::string::npos) << believing;
    EXPECT_NE(believing.find("< DATE '2999-12-31'"), std::string::npos) << believing;
}

TEST(Render, GivesTheLastRowsByTheirTexts) {
    const Query query = Renderer{grammar, day("2026-06-15")}.last_rows(
        {"crm", "log"}, {column("day"), column("n", ColumnKind::integer)}, {column("day")}, 10, 20);
    EXPECT_EQ(query.width(), 2U);
    EXPECT_EQ(query.text(),
              "SELECT CAST(t.\"day\" AS VARCHAR(20)), CAST(t.\"n\" AS VARCHAR(20))\nFROM \"crm\".\"log\" t\n"
              "ORDER BY COALESCE(CAST(t.\"day\" AS VARCHAR(20)), '') DESC" +
                  grammar.rows_between(0, 10));
}

}  // namespace
}  // namespace crmaudit::sql
