// What a catalog says about the structure of a real database.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "connectors/dialect.h"
#include "connectors/session.h"
#include "tests/live/catalog_fixture.h"

namespace crmaudit::live {
namespace {

class OfPostgresql : public OfCatalog {};
class OfMariadb : public OfCatalog {};
class OfSqlite : public OfCatalog {};

TEST_P(OfCatalog, NamesTheDatabaseAndHasNothingElseInAnEmptyOne) {
    const Catalog catalog = read();
    EXPECT_EQ(catalog.dialect, to_string(GetParam()));
    EXPECT_EQ(catalog.database, is(Product::sqlite) ? "crm.sqlite" : scratch_.name());
    EXPECT_EQ(catalog.default_schema, schema());
    EXPECT_EQ(catalog.has_permissions, !is(Product::sqlite));
    EXPECT_FALSE(catalog.version.empty());
    EXPECT_TRUE(catalog.tables.empty());
    EXPECT_TRUE(catalog.gaps.empty()) << gap(catalog, "grants");
    EXPECT_TRUE(catalog.missing_safeguards.empty() || is(Product::sqlite));
}

TEST_P(OfCatalog, NamesTheVersionAsTheServerDoes) {
    const std::string version = read().version;
    const char* statement = scratch_.product() == Product::sqlite       ? "SELECT sqlite_version()"
                            : scratch_.product() == Product::postgresql ? "SHOW server_version"
                                                                        : "SELECT VERSION()";
    const std::string whole = scratch_.admin().value(statement).value();
    EXPECT_FALSE(version.empty());
    EXPECT_EQ(whole.substr(0, version.size()), version);
}

TEST_P(OfCatalog, KnowsColumnsKeysAndIndexes) {
    run("CREATE TABLE parents (b integer NOT NULL, a integer NOT NULL, name varchar(100) DEFAULT 'x' NOT NULL, "
        "note text, PRIMARY KEY (b, a))");
    run("CREATE TABLE children (id integer PRIMARY KEY, pb integer, pa integer, code varchar(10), "
        "CONSTRAINT to_parent FOREIGN KEY (pb, pa) REFERENCES parents (b, a) ON DELETE CASCADE)");
    run("CREATE UNIQUE INDEX by_code ON children (code)");
    run("CREATE INDEX by_name ON parents (name, a)");
    const Catalog catalog = read();
    ASSERT_EQ(catalog.tables.size(), 2U);

    const Table& parents = table_in(catalog, "parents");
    EXPECT_EQ(parents.name.schema, schema());
    EXPECT_EQ(parents.kind, TableKind::table);
    EXPECT_TRUE(parents.readable);
    EXPECT_TRUE(parents.consistent);
    EXPECT_EQ(parents.primary_key, (std::vector<std::string>{"b", "a"}));
    ASSERT_EQ(parents.columns.size(), 4U);
    EXPECT_EQ(parents.columns[0].name, "b");
    EXPECT_EQ(parents.columns[0].kind, ColumnKind::integer);
    EXPECT_FALSE(parents.columns[2].nullable);
    EXPECT_EQ(parents.columns[2].kind, ColumnKind::text);
    EXPECT_NE(parents.columns[2].type.find("100"), std::string::npos);
    EXPECT_NE(parents.columns[2].default_value.value_or("").find("'x'"), std::string::npos);
    EXPECT_TRUE(parents.columns[3].nullable);
    EXPECT_EQ(parents.columns[3].default_value, std::nullopt);

    const Table& children = table_in(catalog, "children");
    ASSERT_EQ(children.foreign_keys.size(), 1U);
    const ForeignKey& key = children.foreign_keys.front();
    EXPECT_EQ(key.columns, (std::vector<std::string>{"pb", "pa"}));
    EXPECT_EQ(key.referenced, parents.name);
    EXPECT_EQ(key.referenced_columns, (std::vector<std::string>{"b", "a"}));
    EXPECT_EQ(key.on_delete, "CASCADE");
    const auto index = [](const Table& table, const std::string& name) {
        for (const Index& candidate : table.indexes) {
            if (candidate.name == name) return candidate;
        }
        return Index{};
    };
    EXPECT_EQ(index(children, "by_code"), (Index{"by_code", {"code"}, true}));
    EXPECT_EQ(index(parents, "by_name"), (Index{"by_name", {"name", "a"}, false}));
}

TEST_P(OfCatalog, KnowsViewsAndSurvivesBrokenOnes) {
    run("CREATE TABLE t (id integer PRIMARY KEY, v varchar(10))");
    run("CREATE TABLE gone (id integer)");
    run("CREATE VIEW whole AS SELECT id, v FROM t");
    if (!is(Product::postgresql)) run("CREATE VIEW broken AS SELECT id FROM gone");
    run("DROP TABLE gone");
    const Catalog catalog = read();
    EXPECT_EQ(table_in(catalog, "whole").kind, TableKind::view);
    EXPECT_EQ(table_in(catalog, "whole").columns.size(), 2U);
    EXPECT_TRUE(table_in(catalog, "whole").readable);
    EXPECT_FALSE(holds_rows(table_in(catalog, "whole")));
    if (is(Product::postgresql)) return;  // which lets no view break
    EXPECT_FALSE(table_in(catalog, "broken").readable);
    EXPECT_NE(gap(catalog, qualified("broken")), "");
}

/// Structure takes fifteen statements at most. Who gets at what stands in as many system catalogs again: principals,
/// memberships, owners, grants of each level, views, functions, policies, defaults, ways out.
constexpr int statements_about_access = 20;

TEST_P(OfCatalog, ReadsTwoThousandTablesInAHandfulOfStatements) {
    constexpr int tables = 2000;
    int statements = 0;
    const auto read_counted = [&] {
        connectors::Session session{scratch_.options()};
        statements = 0;
        return session.dialect().read_catalog([&](const std::string& text) {
            ++statements;
            return session.rows(text);
        });
    };
    read_counted();
    const int of_an_empty_database = statements;
    EXPECT_LE(of_an_empty_database, 15 + (is(Product::sqlite) ? 0 : statements_about_access));
    if (is(Product::postgresql)) {
        run("DO $$ BEGIN FOR i IN 1..2000 LOOP EXECUTE 'CREATE TABLE t' || i || ' (id integer PRIMARY KEY, v text)'; "
            "END LOOP; END $$");
    } else {
        if (is(Product::sqlite)) run("BEGIN");
        for (int i = 1; i <= tables; ++i) {
            run("CREATE TABLE t" + std::to_string(i) + " (id integer PRIMARY KEY, v " +
                (is(Product::sqlite) ? "TEXT)" : "text) ENGINE=MyISAM"));
        }
        if (is(Product::sqlite)) run("COMMIT");
    }
    const Catalog catalog = read_counted();
    EXPECT_EQ(catalog.tables.size(), 2000U);
    EXPECT_EQ(statements, of_an_empty_database) << "not one more for more tables";
    EXPECT_TRUE(std::is_sorted(catalog.tables.begin(), catalog.tables.end(),
                               [](const Table& a, const Table& b) { return a.name < b.name; }));
    for (const Table& table : catalog.tables) {
        ASSERT_EQ(table.columns.size(), 2U) << table.name.name;
        ASSERT_EQ(table.primary_key, std::vector<std::string>{"id"});
    }
    EXPECT_EQ(catalog.find({schema(), "t1234"})->name.name, "t1234");
}

TEST_P(OfCatalog, ReadsFiveHundredColumnsInTheirOrder) {
    std::string columns;
    for (int i = 1; i <= 500; ++i) columns += (i == 1 ? "c" : ", c") + std::to_string(i) + " integer";
    run("CREATE TABLE wide (" + columns + ")");
    const Catalog catalog = read();
    const Table& wide = table_in(catalog, "wide");
    ASSERT_EQ(wide.columns.size(), 500U);
    for (std::size_t i = 0; i < 500; ++i) EXPECT_EQ(wide.columns[i].name, "c" + std::to_string(i + 1));
}

TEST_P(OfCatalog, ReadsWhatTheStandardTellsOfAnyProductAndNamesTheRest) {
    run("CREATE TABLE parents (b integer NOT NULL, a integer NOT NULL, day date, PRIMARY KEY (b, a))");
    run("CREATE VIEW shown AS SELECT a FROM parents");
    connectors::Session session{scratch_.options()};
    const Catalog catalog =
        connectors::dialects().back()->read_catalog([&](const std::string& text) { return session.rows(text); });
    EXPECT_NE(gap(catalog, "grants"), "");
    EXPECT_NE(gap(catalog, "foreign keys"), "");
    if (is(Product::sqlite)) {  // which has no information schema
        EXPECT_NE(gap(catalog, "tables"), "");
        EXPECT_TRUE(catalog.tables.empty());
        return;
    }
    const Table* parents = catalog.find({schema(), "parents"});
    ASSERT_NE(parents, nullptr);
    EXPECT_EQ(parents->primary_key, (std::vector<std::string>{"b", "a"}));
    ASSERT_EQ(parents->columns.size(), 3U);
    EXPECT_EQ(parents->columns[2].kind, ColumnKind::date);
    EXPECT_FALSE(parents->columns[0].nullable);
    EXPECT_EQ(catalog.find({schema(), "shown"})->kind, TableKind::view);
}

TEST_P(OfPostgresql, CountsPartitionsAndInheritedTablesThroughTheirParent) {
    run("CREATE TABLE events (id integer, day date) PARTITION BY RANGE (day)");
    run("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')");
    run("CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') "
        "PARTITION BY RANGE (id)");
    run("CREATE TABLE events_2026_a PARTITION OF events_2026 FOR VALUES FROM (0) TO (1000)");
    run("INSERT INTO events SELECT i, '2025-05-05' FROM generate_series(1, 30) i");
    run("INSERT INTO events SELECT i, '2026-05-05' FROM generate_series(1, 12) i");
    run("CREATE TABLE base (id integer)");
    run("CREATE TABLE same () INHERITS (base)");
    run("CREATE TABLE more (extra text) INHERITS (base)");
    run("ANALYZE events_2025");
    run("ANALYZE events_2026_a");
    const Catalog catalog = read();
    EXPECT_TRUE(holds_rows(table_in(catalog, "events")));
    EXPECT_EQ(table_in(catalog, "events").row_estimate, 42);
    EXPECT_EQ(table_in(catalog, "events_2025").kind, TableKind::partition);
    EXPECT_EQ(table_in(catalog, "events_2026_a").partition_of, (TableName{"public", "events_2026"}));
    EXPECT_EQ(table_in(catalog, "same").partition_of, (TableName{"public", "base"}));
    // Its own column is seen nowhere else, so its rows count for themselves.
    EXPECT_EQ(table_in(catalog, "more").partition_of, std::nullopt);
    EXPECT_TRUE(holds_rows(table_in(catalog, "more")));
}

TEST_P(OfPostgresql, KnowsSchemasCommentsAndEveryKindOfRelation) {
    run("CREATE SCHEMA sales");
    run("CREATE TABLE sales.deals (id integer)");
    run("COMMENT ON TABLE sales.deals IS 'it''s a deal'");
    run("COMMENT ON COLUMN sales.deals.id IS 'Kundennummer'");
    run("CREATE MATERIALIZED VIEW kept AS SELECT id FROM sales.deals");
    run("CREATE EXTENSION postgres_fdw");
    run("CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw");
    run("CREATE FOREIGN TABLE remote (id integer) SERVER far");
    const Catalog catalog = read();
    EXPECT_EQ(table_in(catalog, "deals").name.schema, "sales");
    EXPECT_EQ(table_in(catalog, "deals").comment, "it's a deal");
    EXPECT_EQ(table_in(catalog, "deals").columns.at(0).comment, "Kundennummer");
    EXPECT_EQ(table_in(catalog, "kept").kind, TableKind::materialized_view);
    EXPECT_EQ(table_in(catalog, "remote").kind, TableKind::foreign_table);
    EXPECT_FALSE(table_in(catalog, "remote").consistent);
    for (const Table& table : catalog.tables) EXPECT_NE(table.name.schema.substr(0, 3), "pg_");
}

TEST_P(OfMariadb, NamesTablesThatTakeNoPartInASnapshot) {
    run("CREATE TABLE transactional (id integer COMMENT 'Kundennummer') COMMENT 'it''s InnoDB'");
    run("CREATE TABLE simple (id integer) ENGINE=MyISAM");
    run("CREATE TABLE crash_safe (id integer) ENGINE=Aria");
    run("CREATE TABLE split (id integer) PARTITION BY HASH (id) PARTITIONS 3");
    run("CREATE TABLE versioned (id integer) WITH SYSTEM VERSIONING");
    run("CREATE SEQUENCE numbers");
    const Catalog catalog = read();
    EXPECT_TRUE(table_in(catalog, "transactional").consistent);
    EXPECT_EQ(table_in(catalog, "transactional").comment, "it's InnoDB");
    EXPECT_EQ(table_in(catalog, "transactional").columns.at(0).comment, "Kundennummer");
    EXPECT_FALSE(table_in(catalog, "simple").consistent);
    EXPECT_FALSE(table_in(catalog, "crash_safe").consistent);
    EXPECT_TRUE(table_in(catalog, "split").consistent);
    EXPECT_TRUE(holds_rows(table_in(catalog, "split")));
    EXPECT_TRUE(has_table(catalog, "versioned"));
    EXPECT_FALSE(has_table(catalog, "numbers"));
}

TEST_P(OfSqlite, CountsTheTablesBehindAVirtualTableThroughIt) {
    run("CREATE VIRTUAL TABLE notes USING fts5(body)");
    run("CREATE TABLE notes_archive (body TEXT)");
    run("CREATE TABLE without_rows (b TEXT, a TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID");
    run("INSERT INTO notes_archive VALUES ('x'), ('y')");
    run("ANALYZE");
    const Catalog catalog = read();
    EXPECT_TRUE(holds_rows(table_in(catalog, "notes")));
    EXPECT_EQ(table_in(catalog, "notes").columns.size(), 1U);
    EXPECT_EQ(table_in(catalog, "notes_content").partition_of, (TableName{"", "notes"}));
    EXPECT_EQ(table_in(catalog, "notes_archive").partition_of, std::nullopt);
    EXPECT_EQ(table_in(catalog, "without_rows").primary_key, (std::vector<std::string>{"b", "a"}));
    EXPECT_FALSE(has_table(catalog, "sqlite_stat1"));
}

TEST_P(OfSqlite, FillsInReferencesToThePrimaryKeyThatIsNotNamed) {
    run("CREATE TABLE first (Key TEXT PRIMARY KEY)");
    run("CREATE TABLE second (f TEXT REFERENCES FIRST ON DELETE SET NULL, g TEXT REFERENCES gone (x))");
    const Catalog catalog = read();
    const Table& second = table_in(catalog, "second");
    ASSERT_EQ(second.foreign_keys.size(), 2U);
    EXPECT_EQ(second.foreign_keys[0].columns, std::vector<std::string>{"f"});
    EXPECT_EQ(second.foreign_keys[0].referenced_columns, std::vector<std::string>{"Key"});
    EXPECT_EQ(second.foreign_keys[0].on_delete, "SET NULL");
    EXPECT_EQ(second.foreign_keys[1].referenced.name, "gone");
}

const auto product_name = [](const auto& instance) { return to_string(instance.param); };
INSTANTIATE_TEST_SUITE_P(On, OfCatalog, ::testing::ValuesIn(all_products), product_name);
INSTANTIATE_TEST_SUITE_P(On, OfPostgresql, ::testing::Values(Product::postgresql), product_name);
INSTANTIATE_TEST_SUITE_P(On, OfMariadb, ::testing::Values(Product::mariadb), product_name);
INSTANTIATE_TEST_SUITE_P(On, OfSqlite, ::testing::Values(Product::sqlite), product_name);

}  // namespace
}  // namespace crmaudit::live
