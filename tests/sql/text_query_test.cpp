// SQL over one row of an entity: everything stands on its table alone, so that a key finds its rows.
#include "auditor/sql/text_query.h"

#include <gtest/gtest.h>

#include "tests/support/plain_grammar.h"

namespace crmaudit::sql {
namespace {

const testing::PlainGrammar grammar;

Entity message() {
    Entity entity;
    entity.name = "mail";
    entity.kind = EntityKind::message;
    entity.table = {"", "mails"};
    entity.key = {"id"};
    entity.live = {OneOf{column("gone", ColumnKind::text), {"0"}}};
    entity.paths = {
        {"texts", {{{"", "texts"}, {{"mail_id", "id", false}}, {OneOf{column("kind", ColumnKind::text), {"html"}}}}}},
        {"lists",
         {{{"", "sendings"}, {{"mail_id", "id", false}}, {}}, {{"", "lists"}, {{"id", "list_id", true}}, {}}}}};
    entity.attributes = {
        {"body", ValueType::text, Role::body, Related{"texts", Aggregate::first, column("html", ColumnKind::text), {}},
         false},
        {"out", ValueType::flag, Role::outbound, OwnCondition{{OneOf{column("way", ColumnKind::text), {"out"}}}},
         false},
        {"many", ValueType::flag, Role::bulk, Related{"lists", Aggregate::any, {}, {}}, false},
        {"user", ValueType::text, Role::sender, OwnColumn{column("user_id", ColumnKind::integer)}, false},
        {"sent", ValueType::date, Role::created, OwnColumn{column("sent_at", ColumnKind::timestamp)}, false}};
    return entity;
}

TextQuery query_of(const TextQuestion& question) {
    static const Table table;
    return text_query(grammar, parse_date("2026-06-15").value(), message(), table, question);
}

TEST(TextQuery, ReadsATextThroughAPathOnceForEachRow) {
    const TextQuery query = query_of({.where = {}, .flags = {}, .labels = {}, .texts = {"body"}, .dates = {}});
    ASSERT_EQ(query.texts().size(), 1U);
    EXPECT_EQ(query.texts()[0].sql,
              "(SELECT j1.\"html\" FROM \"texts\" j1 WHERE j1.\"mail_id\" = t.\"id\" AND (j1.\"kind\" IS NOT NULL AND "
              "FOLD(j1.\"kind\") = 'html') AND j1.\"html\" IS NOT NULL OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY)");
    EXPECT_EQ(query.texts()[0].kind, ColumnKind::text);
}

TEST(TextQuery, JudgesFlagsThroughPathsByExistence) {
    const TextQuery query =
        query_of({.where = {}, .flags = {holds("many")}, .labels = {"user"}, .texts = {}, .dates = {}});
    ASSERT_EQ(query.cells().size(), 2U);
    EXPECT_EQ(query.cells()[0],
              "FLAG(EXISTS (SELECT 1 FROM \"sendings\" j1 JOIN \"lists\" j2 ON TEXT(j2.\"id\") = TEXT(j1.\"list_id\") "
              "WHERE j1.\"mail_id\" = t.\"id\"))");
    EXPECT_EQ(query.cells()[1], "TEXT(t.\"user_id\")");
}

TEST(TextQuery, TakesLiveRowsThatMeetTheCondition) {
    const TextQuery query = query_of(
        {.where = all({message().live, holds("out")}), .flags = {}, .labels = {}, .texts = {}, .dates = {"sent"}});
    EXPECT_EQ(query.where(),
              "((t.\"gone\" IS NOT NULL AND FOLD(t.\"gone\") = '0') AND (t.\"way\" IS NOT NULL AND FOLD(t.\"way\") = "
              "'out'))");
    EXPECT_EQ(query.moment(),
              "CASE WHEN t.\"sent_at\" IS NOT NULL AND t.\"sent_at\" >= DATE '1900-01-01' AND t.\"sent_at\" < DATE "
              "'2026-06-16' THEN TEXT(t.\"sent_at\") END");
    EXPECT_EQ(query_of({.where = any({}), .flags = {}, .labels = {}, .texts = {}, .dates = {}}).where(), "FALSE");
}

}  // namespace
}  // namespace crmaudit::sql
