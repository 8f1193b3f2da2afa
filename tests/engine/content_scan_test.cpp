#include "auditor/engine/content_scan.h"

#include <gtest/gtest.h>

#include <functional>

#include "policies/load.h"
#include "tests/support/catalog_builder.h"
#include "tests/support/classify_support.h"
#include "tests/support/values_in_memory.h"

namespace crmaudit::engine {
namespace {

using crmaudit::testing::catalog;
using sql::QueryError;
using test::ValuesInMemory;

const classify::ValueScanner& scanner() {
    static const classify::ValueScanner patterns{policies::shipped_patterns()};
    return patterns;
}

ContentOptions options() { return {.seed = 7, .as_of = parse_date("2026-06-15").value()}; }

const ColumnClassification& column(const Classification& classification, const std::string& name) {
    for (const ColumnClassification& each : classification.columns) {
        if (field_name_of(each) == name) return each;
    }
    throw std::runtime_error("no column " + name);
}

std::vector<std::string> addresses() {
    std::vector<std::string> values;
    for (int i = 0; i < 200; ++i) values.push_back("person" + std::to_string(i) + "@example.org");
    return values;
}

Catalog unnamed_field() {
    return catalog().table("contacts").column("id", "integer").key("id").column("field_17", "text").build();
}

TEST(ContentScan, DecidesWhereTheNameSaysNothing) {
    const Catalog found = unnamed_field();
    Classification classification = test::shipped_classifier().classify(found);
    ASSERT_EQ(column(classification, "field_17").category, Category::none);
    ValuesInMemory port;
    port.values["field_17"] = addresses();
    const ContentScan scan = scan_content(found, classification, scanner(), port, options());
    EXPECT_EQ(column(classification, "field_17").category, Category::email);
    EXPECT_EQ(column(classification, "field_17").by_name, Category::none);
    ASSERT_EQ(scan.samples.size(), 1U);
    EXPECT_EQ(scan.samples[0].rows_read, 200);
    EXPECT_EQ(scan.seed, 7U);
    EXPECT_EQ(port.asked, (std::vector<std::string>{"contacts: field_17"})) << "keys are not read";
}

TEST(ContentScan, ReadsNothingWhenItIsSwitchedOff) {
    const Catalog found = unnamed_field();
    Classification classification = test::shipped_classifier().classify(found);
    ValuesInMemory port;
    ContentOptions off = options();
    off.extent = ContentExtent::none;
    EXPECT_TRUE(scan_content(found, classification, scanner(), port, off).samples.empty());
    EXPECT_TRUE(port.asked.empty());
    EXPECT_FALSE(column(classification, "field_17").content);
}

TEST(ContentScan, LeavesOutWhatAPersonDeclaredAndWhatCannotHoldAValue) {
    const Catalog found = catalog()
                              .table("contacts")
                              .column("id", "integer")
                              .key("id")
                              .column("company_id", "integer")
                              .refers("company_id", "company", "id")
                              .column("is_active", "boolean")
                              .column("portrait", "blob")
                              .column("notes", "text")
                              .column("cf_1", "text")
                              .table("company")
                              .column("id", "integer")
                              .key("id")
                              .build();
    Classification classification = test::shipped_classifier().classify(found);
    for (ColumnClassification& each : classification.columns) {
        if (each.column == "cf_1") each.evidence = {{EvidenceKind::declared, Category::health, 1, "declared"}};
    }
    ValuesInMemory port;
    scan_content(found, classification, scanner(), port, options());
    EXPECT_EQ(port.asked, (std::vector<std::string>{"contacts: notes"}));
}

TEST(ContentScan, NamesATableThatCannotBeReadAndGoesOn) {
    const Catalog found =
        catalog().table("a").column("x", "text").table("b").column("y", "text").table("c").column("z", "text").build();
    Classification classification = test::shipped_classifier().classify(found);
    ValuesInMemory port;
    port.refuse = [](const std::string& table, const std::vector<std::string>&) {
        if (table == "a") throw QueryError(QueryError::Reason::unsupported, "", "no key");
        if (table == "b") throw QueryError(QueryError::Reason::locked, "55P03", "locked");
    };
    const ContentScan scan = scan_content(found, classification, scanner(), port, options());
    EXPECT_EQ(scan.gaps, (std::vector<Gap>{{"a", "no_key"}, {"b", "locked: 55P03"}}));
    EXPECT_EQ(scan.samples.size(), 1U);
}

TEST(ContentScan, ReadsTheOtherColumnsWhereOneCannotBeRead) {
    const Catalog found = catalog()
                              .table("contacts")
                              .column("field_17", "text")
                              .column("shape", "geometry")
                              .column("misc", "text")
                              .build();
    Classification classification = test::shipped_classifier().classify(found);
    ValuesInMemory port;
    port.values["field_17"] = addresses();
    port.refuse = [](const std::string&, const std::vector<std::string>& columns) {
        if (std::find(columns.begin(), columns.end(), "shape") != columns.end())
            throw QueryError(QueryError::Reason::other, "22P02", "cannot be text");
    };
    const ContentScan scan = scan_content(found, classification, scanner(), port, options());
    EXPECT_EQ(scan.gaps, (std::vector<Gap>{{"contacts.shape", "statement_failed: 22P02"}}));
    EXPECT_EQ(column(classification, "field_17").category, Category::email);
    EXPECT_EQ(scan.samples.size(), 1U) << "a table is one sample, in however many parts it was read";
}

TEST(ContentScan, ReadsTheOtherColumnsWhereOneIsNotGranted) {
    const Catalog found = catalog().table("contacts").column("field_17", "text").column("misc", "text").build();
    Classification classification = test::shipped_classifier().classify(found);
    ValuesInMemory port;
    port.values["field_17"] = addresses();
    port.refuse = [](const std::string&, const std::vector<std::string>& columns) {
        if (std::find(columns.begin(), columns.end(), "misc") != columns.end())
            throw QueryError(QueryError::Reason::forbidden, "42501", "not granted");
    };
    const ContentScan scan = scan_content(found, classification, scanner(), port, options());
    EXPECT_EQ(scan.gaps, (std::vector<Gap>{{"contacts.misc", "forbidden: 42501"}}));
    EXPECT_EQ(column(classification, "field_17").category, Category::email);
}

TEST(ContentScan, NamesATableOnceWhereNoneOfItsColumnsCanBeRead) {
    const Catalog found = catalog().table("contacts").column("field_17", "text").column("misc", "text").build();
    Classification classification = test::shipped_classifier().classify(found);
    ValuesInMemory port;
    port.refuse = [](const std::string&, const std::vector<std::string>&) {
        throw QueryError(QueryError::Reason::forbidden, "42501", "not granted");
    };
    const ContentScan scan = scan_content(found, classification, scanner(), port, options());
    EXPECT_EQ(scan.gaps, (std::vector<Gap>{{"contacts", "forbidden: 42501"}}));
    EXPECT_TRUE(scan.samples.empty());
}

TEST(ContentScan, EndsWithTheConnection) {
    const Catalog found = unnamed_field();
    Classification classification = test::shipped_classifier().classify(found);
    ValuesInMemory port;
    port.refuse = [](const std::string&, const std::vector<std::string>&) {
        throw QueryError(QueryError::Reason::connection_lost, "08S01", "gone");
    };
    EXPECT_THROW(scan_content(found, classification, scanner(), port, options()), QueryError);
}

TEST(ContentScan, GivesEachFieldThatIsKeptInRowsItsOwnValues) {
    const Catalog found =
        catalog().table("custom_values").column("field_id", "integer").column("value", "text").build();
    Classification classification = test::shipped_classifier().classify(found);
    for (const char* key : {"1", "2"}) {
        ColumnClassification field;
        field.table = found.tables[0].name;
        field.column = "value";
        field.field = LogicalField{std::string{"field "} + key, "field_id", key};
        classification.columns.push_back(field);
    }
    ValuesInMemory port;
    for (int i = 0; i < 300; ++i) {
        const bool first = i % 3 == 0;
        port.values["field_id"].push_back(first ? "1" : "2");
        port.values["value"].push_back(first ? "person" + std::to_string(i) + "@example.org" : "blue");
    }
    scan_content(found, classification, scanner(), port, options());
    EXPECT_EQ(column(classification, "value [field 1]").category, Category::email);
    EXPECT_EQ(column(classification, "value [field 1]").content->filled, 100);
    EXPECT_EQ(column(classification, "value [field 2]").category, Category::none);
    EXPECT_EQ(column(classification, "value [field 2]").content->filled, 200);
}

}  // namespace
}  // namespace crmaudit::engine
