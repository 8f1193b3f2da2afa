// A column that speaks in some rows only is nothing in all others.
#include <gtest/gtest.h>

#include "auditor/sql/render.h"
#include "tests/support/plain_grammar.h"

namespace crmaudit::sql {
namespace {

const crmaudit::testing::PlainGrammar grammar;

Entity person() {
    const Condition withdrawn{OneOf{column("basis", ColumnKind::text), {"withdrawn"}}};
    Entity entity;
    entity.name = "person";
    entity.table = {"", "person"};
    entity.key = {"id"};
    entity.attributes = {
        {"withdrawn_at", ValueType::date, std::nullopt, OwnColumn{column("reviewed", ColumnKind::date), withdrawn},
         false},
        {"reason", ValueType::text, std::nullopt, OwnColumn{column("note", ColumnKind::text), withdrawn}, false},
        {"final", ValueType::flag, std::nullopt, OwnColumn{column("closed", ColumnKind::boolean), withdrawn}, false}};
    return entity;
}

std::string evidence(const Condition& condition) {
    return Renderer{grammar, parse_date("2026-06-15").value()}.evidence(person(), {"person", condition});
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string withdrawn = R"((t."basis" IS NOT NULL AND FOLD(t."basis") = 'withdrawn'))";

TEST(ConditionalColumn, IsADateInItsRowsOnly) {
    const std::string sql = evidence({Before{attribute("withdrawn_at"), parse_date("2026-01-01").value()}});
    EXPECT_TRUE(contains(sql, "CASE WHEN " + withdrawn + " THEN CASE WHEN t.\"reviewed\" >= DATE '1900-01-01'")) << sql;
}

TEST(ConditionalColumn, IsATextInItsRowsOnly) {
    const std::string sql = evidence(present(attribute("reason")));
    EXPECT_TRUE(contains(sql, "FLAG((CASE WHEN " + withdrawn + " THEN t.\"note\" END IS NULL OR ")) << sql;
}

TEST(ConditionalColumn, IsAFlagThatNeedsTheConditionToo) {
    const std::string sql = evidence(holds("final"));
    EXPECT_TRUE(contains(sql, "FLAG((" + withdrawn + " AND t.\"closed\" IS TRUE)) AS \"=final\"")) << sql;
}

}  // namespace
}  // namespace crmaudit::sql
