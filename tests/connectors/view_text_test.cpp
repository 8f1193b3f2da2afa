#include "connectors/dialects/view_text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace crmaudit::connectors {
namespace {

bool names(const std::vector<ViewedColumn>& columns, const std::string& table, const std::string& column) {
    return std::find(columns.begin(), columns.end(), ViewedColumn{{"crm", table}, column}) != columns.end();
}

TEST(ViewText, NamesColumnsOfTablesOfViewsAndAfterAliases) {
    const auto columns = columns_in_view(
        "select `crm`.`t`.`id` AS `id`,`x`.`na``me` AS `n`,`v`.`mail` AS `mail` from ((`crm`.`t` join "
        "`crm`.`persons` `x` on(`x`.`key` = `crm`.`t`.`id`)) join `crm`.`v`)");
    EXPECT_TRUE(names(columns, "t", "id"));
    EXPECT_TRUE(names(columns, "persons", "na`me"));
    EXPECT_TRUE(names(columns, "persons", "key"));
    EXPECT_TRUE(names(columns, "v", "mail"));
    EXPECT_FALSE(names(columns, "t", "key"));
}

TEST(ViewText, LooksAtNoLiteralAndEndsWithTheText) {
    const auto columns = columns_in_view("select 'it\\'s `crm`.`t`.`id`' AS `x` from `crm`.`t` where `crm`.`t`.`open");
    EXPECT_FALSE(names(columns, "t", "id"));
    EXPECT_TRUE(names(columns, "t", ""));
    EXPECT_TRUE(columns_in_view("").empty());
    EXPECT_TRUE(columns_in_view("'unended").empty());
}

}  // namespace
}  // namespace crmaudit::connectors
