#include "auditor/engine/inventory_counts.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/catalog_builder.h"
#include "tests/support/plain_grammar.h"

namespace crmaudit::engine {
namespace {

using crmaudit::testing::catalog;
using sql::QueryError;

/// Answers the first cell with 10 and the others with 1, 2, 3, …
class CountingPort : public sql::QueryPort {
public:
    std::vector<sql::Row> select(const sql::Query& query) override {
        asked.push_back(query.text());
        if (refuse) refuse(query.text());
        sql::Row row;
        for (std::size_t i = 0; i < query.width(); ++i) row.push_back(std::to_string(i == 0 ? 10 : i));
        return {row};
    }

    std::vector<std::string> asked;
    std::function<void(const std::string&)> refuse;
};

Classification classified(const Catalog& found, Category category) {
    Classification classification;
    for (const Table& table : found.tables) {
        for (const Column& column : table.columns) {
            ColumnClassification entry;
            entry.table = table.name;
            entry.column = column.name;
            entry.category = category;
            classification.columns.push_back(entry);
        }
    }
    return classification;
}

class InventoryCounts : public ::testing::Test {
protected:
    std::vector<Gap> count(Classification& classification, const Catalog& found) {
        return count_inventory(classification, found, renderer, port);
    }

    CountingPort port;
    crmaudit::testing::PlainGrammar grammar;
    sql::Renderer renderer{grammar, parse_date("2026-06-15").value()};
};

TEST_F(InventoryCounts, AreOneStatementATable) {
    const Catalog found =
        catalog().table("a").column("x", "text").column("y", "date").table("b").column("z", "text").build();
    Classification classification = classified(found, Category::email);
    EXPECT_TRUE(count(classification, found).empty());
    EXPECT_EQ(port.asked.size(), 2U);
    EXPECT_EQ(classification.columns[0].counts, (ColumnCounts{1, 2, 3}));
    EXPECT_EQ(classification.columns[1].counts, (ColumnCounts{4, 5, 6}));
}

TEST_F(InventoryCounts, LeaveOutWhatIsNotPersonalAndWhatHasNoRowsOfItsOwn) {
    const Catalog found = catalog().table("a").column("x", "text").view("v").column("x", "text").build();
    Classification classification = classified(found, Category::email);
    classification.columns[0].category = Category::none;
    count(classification, found);
    EXPECT_TRUE(port.asked.empty());
}

TEST_F(InventoryCounts, CountNoDifferentValuesOfProseAndKnowThoseOfAKey) {
    const Catalog found = catalog().table("a").column("id", "integer").key("id").column("notes", "text").build();
    Classification classification = classified(found, Category::free_text);
    count(classification, found);
    EXPECT_EQ(port.asked.at(0).find("DISTINCT"), std::string::npos);
    EXPECT_EQ(classification.columns[0].counts, (ColumnCounts{1, 2, 2}));
    EXPECT_EQ(classification.columns[1].counts->distinct, std::nullopt);
}

TEST_F(InventoryCounts, CountAFieldThatIsKeptInRowsAmongItsOwnRows) {
    const Catalog found = catalog().table("a").column("field_id", "integer").column("value", "text").build();
    Classification classification = classified(found, Category::none);
    ColumnClassification field = classification.columns[1];
    field.category = Category::birth_date;
    field.field = LogicalField{"Geburtsdatum", "field_id", "17"};
    classification.columns.push_back(field);
    count(classification, found);
    ASSERT_EQ(port.asked.size(), 1U);
    EXPECT_NE(port.asked[0].find("17"), std::string::npos);
    EXPECT_TRUE(classification.columns[2].counts);
}

TEST_F(InventoryCounts, NameTheColumnThatCannotBeCountedAndCountTheOthers) {
    auto builder = catalog().table("a");
    for (const char* name : {"p", "q", "r", "s", "odd"}) builder.column(name, "text");
    const Catalog found = builder.build();
    Classification classification = classified(found, Category::email);
    port.refuse = [](const std::string& text) {
        if (text.find("\"odd\"") != std::string::npos) throw QueryError(QueryError::Reason::other, "42883", "");
    };
    EXPECT_EQ(count(classification, found), (std::vector<Gap>{{"a.odd", "statement_failed: 42883"}}));
    EXPECT_TRUE(classification.columns[3].counts);
    EXPECT_FALSE(classification.columns[4].counts);
}

TEST_F(InventoryCounts, DoNotTryAgainWhatTakesTooLong) {
    const Catalog found = catalog().table("a").column("x", "text").column("y", "text").build();
    Classification classification = classified(found, Category::email);
    port.refuse = [](const std::string&) { throw QueryError(QueryError::Reason::timeout, "57014", ""); };
    EXPECT_EQ(count(classification, found).size(), 2U);
    EXPECT_EQ(port.asked.size(), 1U);
}

TEST_F(InventoryCounts, AskAboutVeryManyColumnsInGroups) {
    auto builder = catalog().table("a");
    for (int i = 0; i < 120; ++i) builder.column("c" + std::to_string(i), "text");
    const Catalog found = builder.build();
    Classification classification = classified(found, Category::email);
    count(classification, found);
    EXPECT_EQ(port.asked.size(), 3U);
}

}  // namespace
}  // namespace crmaudit::engine
