#include "connectors/key_order.h"

#include <gtest/gtest.h>

#include "connectors/dialects/all.h"

namespace crmaudit::connectors {
namespace {

using Names = std::vector<std::string>;

Column column(const std::string& name, const std::string& type, ColumnKind kind, bool nullable = false) {
    Column result;
    result.name = name;
    result.type = type;
    result.kind = kind;
    result.nullable = nullable;
    return result;
}

Table table() {
    Table result;
    result.name = {"crm", "persons"};
    result.columns = {column("id", "int", ColumnKind::integer), column("mail", "varchar(20)", ColumnKind::text, true),
                      column("code", "varchar(20)", ColumnKind::text),
                      column("kind", "enum('b','a')", ColumnKind::text), column("size", "double", ColumnKind::decimal)};
    return result;
}

TEST(KeyOrder, FindsRowsByTheirKeys) {
    Table persons = table();
    persons.primary_key = {"id"};
    const auto single = key_order(mariadb_dialect(), persons).value();
    const std::vector<sql::Row> numbers{{"3"}, {"-7"}};
    EXPECT_EQ(single.is_one_of(numbers, "t."), "t.`id` IN (3, -7)");
    EXPECT_EQ(single.later({"3"}, "t."), "t.`id` > 3");
    persons.primary_key = {"id", "code"};
    const auto both = key_order(mariadb_dialect(), persons).value();
    const std::vector<sql::Row> pairs{{"3", "a'b"}, {"4", "c"}};
    EXPECT_EQ(both.is_one_of(pairs, "t."), "((t.`id` = 3 AND t.`code` = 'a''b') OR (t.`id` = 4 AND t.`code` = 'c'))");
}

TEST(RangeKey, IsThePrimaryKeyWhereItsTextComparesAsItSorts) {
    Table persons = table();
    persons.primary_key = {"id", "code"};
    EXPECT_EQ(range_key(mariadb_dialect(), persons), (Names{"id", "code"}));
    persons.primary_key = {"id", "kind"};
    EXPECT_EQ(range_key(mariadb_dialect(), persons), Names{});
    persons.primary_key = {"size"};
    EXPECT_EQ(range_key(mariadb_dialect(), persons), Names{});
}

TEST(RangeKey, IsOtherwiseAUniqueIndexWithoutNulls) {
    Table persons = table();
    persons.indexes = {{"by_mail", {"mail"}, true}, {"by_kind", {"kind"}, true}, {"some", {"code"}, false}};
    EXPECT_EQ(range_key(mariadb_dialect(), persons), Names{});
    persons.indexes.push_back({"by_code", {"code"}, true});
    EXPECT_EQ(range_key(mariadb_dialect(), persons), Names{"code"});
}

TEST(RangeKey, IsMissingWhereAColumnIsUnknown) {
    Table persons = table();
    persons.primary_key = {"gone"};
    EXPECT_EQ(range_key(mariadb_dialect(), persons), Names{});
}

}  // namespace
}  // namespace crmaudit::connectors
