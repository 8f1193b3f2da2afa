// What a sample holds: long values cut by the database, rows of tables of every shape and by keys of every type.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "auditor/sql/sample_positions.h"
#include "tests/live/sample_fixture.h"

namespace crmaudit::live {
namespace {

using namespace std::string_literals;
using Reason = sql::QueryError::Reason;

Reason reason_of(connectors::Database& database, const Table& table, const std::vector<std::string>& columns) {
    try {
        sampled(database, table, columns);
    } catch (const sql::QueryError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr(table.name.name));
        return error.reason();
    }
    throw std::runtime_error("not refused");
}

class SampleValues : public testing::TestWithParam<Product> {
protected:
    bool is(Product product) const { return GetParam() == product; }
    void run(const std::string& statement) { scratch_.admin().run(statement); }
    std::string quoted(const std::string& name) const {
        return is(Product::mariadb) ? "`" + name + "`" : "\"" + name + "\"";
    }
    std::string text_of_i() const { return is(Product::mariadb) ? "CAST(i AS CHAR)" : "CAST(i AS VARCHAR(20))"; }

    Scratch scratch_{GetParam()};
};

TEST_P(SampleValues, StandAtPositionsThatFollowFromTheSeed) {
    run("CREATE TABLE persons (id integer PRIMARY KEY, kind integer)");
    run("INSERT INTO persons SELECT i, i % 7" + numbers(GetParam(), 20000));
    std::vector<std::string> expected;
    for (const auto position : sql::sample_positions(20000, 1000, sql::seed_for(5, "persons")))
        expected.push_back(std::to_string(position));
    EXPECT_EQ(sampled(scratch_, "persons", {"id"}, {.seed = 5}).column(0), expected);
    EXPECT_EQ(sampled(scratch_, "persons", {"id"}, {.seed = 5}).column(0), expected);
    EXPECT_NE(sampled(scratch_, "persons", {"id"}, {.seed = 6}).column(0), expected);
}

TEST_P(SampleValues, OfASmallTableAreAllOfThem) {
    run("CREATE TABLE persons (id integer PRIMARY KEY)");
    run("INSERT INTO persons SELECT i" + numbers(GetParam(), 1000));
    const auto all = sampled(scratch_, "persons", {"id"});
    EXPECT_EQ(all.sample.method, SampleMethod::everything);
    EXPECT_EQ(all.sample.rows_read, 1000);
    EXPECT_EQ(all.sample.rows_total, 1000);
    EXPECT_EQ(all.rows.size(), 1000U);
}

TEST_P(SampleValues, OfAnEmptyTableAreNone) {
    run("CREATE TABLE persons (id integer, name varchar(10))");
    const auto none = sampled(scratch_, "persons", {"id", "name"});
    EXPECT_EQ(none.sample.rows_total, 0);
    EXPECT_TRUE(none.rows.empty());
}

TEST_P(SampleValues, AreAllWhenEverythingIsAskedFor) {
    run("CREATE TABLE persons (id integer PRIMARY KEY, note varchar(2000))");
    run("INSERT INTO persons SELECT i, " + repeated(GetParam(), "x", 1500) + numbers(GetParam(), 30000));
    const auto all = sampled(scratch_, "persons", {"id"}, {.everything = true});
    EXPECT_EQ(all.sample.method, SampleMethod::everything);
    EXPECT_EQ(all.sample.rows_read, 30000);
    const auto ids = all.column(0);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 30000U);
}

TEST_P(SampleValues, AreAllWhenReadInManyPagesOfANumberedKey) {
    // As text the numbers sort otherwise: pages cut by that order would lose rows.
    run("CREATE TABLE persons (id integer PRIMARY KEY, a text, b text, c text, k1 integer)");
    run("INSERT INTO persons SELECT i, 'x', 'y', 'z', -i" + numbers(GetParam(), 2500));
    const auto all = sampled(scratch_, "persons", {"id", "a", "b", "c"},
                             {.everything = true, .longest_value = std::size_t{1} << 20U});
    EXPECT_EQ(all.sample.rows_read, 2500);
    const auto ids = all.column(0);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 2500U);
}

TEST_P(SampleValues, AreNotDistortedByGapsInTheKey) {
    run("CREATE TABLE persons (id integer PRIMARY KEY)");
    run("INSERT INTO persons SELECT i" + numbers(GetParam(), 1000));
    run("INSERT INTO persons SELECT 1000000000 + i" + numbers(GetParam(), 9000));
    const auto sample = sampled(scratch_, "persons", {"id"});
    int low = 0;
    for (const auto& id : sample.column(0)) low += std::stoll(id) <= 1000 ? 1 : 0;
    EXPECT_EQ(low, 100);
    EXPECT_EQ(sample.rows.size(), 1000U);
}

TEST_P(SampleValues, ComeByCompositeKeysAndUniqueIndexesToo) {
    run("CREATE TABLE links (kind varchar(20) NOT NULL, id varchar(20) NOT NULL, PRIMARY KEY (kind, id))");
    run("CREATE TABLE codes (code varchar(20) NOT NULL, n integer)");
    run("CREATE UNIQUE INDEX by_code ON codes (code)");
    const std::string kind = "CASE WHEN i % 3 = 0 THEN 'it''s' WHEN i % 3 = 1 THEN '\\\\a' ELSE 'Ä:b' END";
    run("INSERT INTO links SELECT " + kind + ", " + text_of_i() + numbers(GetParam(), 150000));
    run("INSERT INTO codes SELECT " + text_of_i() + ", i" + numbers(GetParam(), 5000));
    const auto links = sampled(scratch_, "links", {"kind", "id"});
    EXPECT_EQ(links.sample.method, SampleMethod::key_positions);
    EXPECT_EQ(std::set<sql::Row>(links.rows.begin(), links.rows.end()).size(), 1000U);
    const auto kinds = links.column(0);
    EXPECT_NEAR(static_cast<double>(std::count(kinds.begin(), kinds.end(), "it's")), 333, 2);
    EXPECT_EQ(sampled(scratch_, "codes", {"n"}).sample.method, SampleMethod::key_positions);
}

TEST_P(SampleValues, DoNotComeByAUniqueIndexThatTakesNulls) {
    run("CREATE TABLE persons (id integer, mail varchar(20))");
    run("CREATE UNIQUE INDEX by_id ON persons (id)");
    run("INSERT INTO persons SELECT CASE WHEN i <= 5000 THEN i END, 'x'" + numbers(GetParam(), 10000));
    const auto sample = sampled(scratch_, "persons", {"id"});
    // SQLite numbers its rows; what the others do without a key is in sample_test.
    EXPECT_EQ(sample.sample.method == SampleMethod::key_positions, is(Product::sqlite));
    EXPECT_NEAR(static_cast<double>(sample.filled(0)) / static_cast<double>(sample.rows.size()), 0.5, 0.1);
}

TEST_P(SampleValues, AreCutAtACharacterByTheDatabase) {
    run("CREATE TABLE notes (id integer PRIMARY KEY, note "s + (is(Product::mariadb) ? "longtext" : "text") + ")");
    run("INSERT INTO notes SELECT i, " + repeated(GetParam(), "ä", 3000) + numbers(GetParam(), 3));
    run("INSERT INTO notes SELECT 4, " + repeated(GetParam(), "0123456789abcdef", 655360) + numbers(GetParam(), 1));
    const auto sample = sampled(scratch_, "notes", {"note"}, {.longest_value = 1001});
    ASSERT_EQ(sample.rows.size(), 4U);
    std::string umlauts;
    for (int i = 0; i < 500; ++i) umlauts += "ä";
    EXPECT_EQ(sample.rows[0][0], umlauts);
    EXPECT_EQ(sample.rows[3][0].value().size(), 1001U) << "of 10 MB";
}

TEST_P(SampleValues, OfATableWithHostileNamesAreRead) {
    const std::string table = "it's \"a\" ta:ble; ä -- ?";
    const std::string column = "co\"l'u`m:n #1";
    const auto safe = [&](std::string name) {
        const char mark = is(Product::mariadb) ? '`' : '"';
        for (std::size_t at = 0; (at = name.find(mark, at)) != std::string::npos; at += 2) name.insert(at, 1, mark);
        return quoted(name);
    };
    run("CREATE TABLE " + safe(table) + " (" + safe(column) + " integer PRIMARY KEY, k1 integer, n integer)");
    run("INSERT INTO " + safe(table) + " SELECT i, i, i" + numbers(GetParam(), 101000));
    const auto sample = sampled(scratch_, table, {column, "k1", "n"});
    EXPECT_EQ(sample.rows.size(), 1000U);
    EXPECT_EQ(sample.rows[7][0], sample.rows[7][1]);
}

TEST_P(SampleValues, OfTwoHundredColumnsStayInMemory) {
    std::string columns;
    std::string values;
    std::vector<std::string> names;
    for (int i = 1; i <= 200; ++i) {
        names.push_back("c" + std::to_string(i));
        columns += ", " + names.back() + " text";
        values += ", " + (i <= 10 ? repeated(GetParam(), "x", 20000 / (is(Product::mariadb) ? 8 : 2)) : "'short'"s);
    }
    run("CREATE TABLE wide (id integer PRIMARY KEY" + columns + ")");
    run("INSERT INTO wide SELECT i" + values + numbers(GetParam(), 1200));
    const auto database = connectors::open_database(scratch_.options());
    const Catalog catalog = database->read_catalog();
    std::size_t rows = 0;
    std::size_t bytes = 0;
    const auto sample = database->read_values(table_in(catalog, "wide"), names, {}, [&](const sql::Row& row) {
        ++rows;
        for (const auto& cell : row) bytes += cell.value().size();
        return true;
    });
    EXPECT_EQ(sample.rows_read, 1000);
    EXPECT_EQ(rows, 1000U);
    EXPECT_EQ(bytes, 1000U * (190 * 5 + 10 * (is(Product::mariadb) ? 2500U : 10000U)));
}

TEST_P(SampleValues, OfALockedTableAreRefusedAndTheNextTableIsRead) {
    run("CREATE TABLE persons (id integer PRIMARY KEY)");
    run("CREATE TABLE notes (id integer PRIMARY KEY)");
    auto options = scratch_.options();
    options.lock_limit = std::chrono::seconds(1);
    const auto database = connectors::open_database(options);
    const Catalog catalog = database->read_catalog();
    if (is(Product::postgresql)) run("BEGIN");
    run(is(Product::postgresql) ? "LOCK TABLE persons IN ACCESS EXCLUSIVE MODE"
        : is(Product::mariadb)  ? "LOCK TABLES persons WRITE"
                                : "BEGIN EXCLUSIVE");
    EXPECT_EQ(reason_of(*database, table_in(catalog, "persons"), {"id"}), Reason::locked);
    run(is(Product::mariadb) ? "UNLOCK TABLES" : "ROLLBACK");
    EXPECT_EQ(sampled(*database, table_in(catalog, "notes"), {"id"}).sample.rows_total, 0);
}

TEST_P(SampleValues, StopWhenTheSinkHasSeenEnough) {
    run("CREATE TABLE persons (id integer PRIMARY KEY)");
    run("INSERT INTO persons SELECT i" + numbers(GetParam(), 101000));
    const auto database = connectors::open_database(scratch_.options());
    const Catalog catalog = database->read_catalog();
    for (const bool everything : {false, true}) {
        int left = 5;
        const auto sample = database->read_values(table_in(catalog, "persons"), {"id"}, {.everything = everything},
                                                  [&](const sql::Row&) { return --left > 0; });
        EXPECT_EQ(sample.rows_read, 5);
        EXPECT_EQ(sample.rows_total, 101000);
    }
}

TEST_P(SampleValues, AreNotReadOnAfterACancellation) {
    run("CREATE TABLE persons (id integer PRIMARY KEY)");
    run("INSERT INTO persons SELECT i" + numbers(GetParam(), 101000));
    const auto database = connectors::open_database(scratch_.options());
    const Catalog catalog = database->read_catalog();
    int rows = 0;
    try {
        database->read_values(table_in(catalog, "persons"), {"id"}, {}, [&](const sql::Row&) {
            if (++rows == 3) database->cancel();
            return true;
        });
        ADD_FAILURE() << "not cancelled";
    } catch (const sql::QueryError& error) {
        EXPECT_EQ(error.reason(), Reason::cancelled);
    }
    EXPECT_EQ(rows, 3);
}

INSTANTIATE_TEST_SUITE_P(, SampleValues, testing::ValuesIn(all_products), testing::PrintToStringParamName());

TEST(SampleValuesOnTheServer, ComeByStatementsThatReadAlone) {
    for (const Product product : {Product::postgresql, Product::mariadb}) {
        Scratch scratch(product);
        const std::string table = "persons_" + scratch.name();
        scratch.admin().run("CREATE TABLE " + table + " (id integer PRIMARY KEY)");
        scratch.admin().run("INSERT INTO " + table + " SELECT i" + numbers(product, 101000));
        const std::string log =
            required(product == Product::postgresql ? "CRMAUDIT_TEST_POSTGRESQL_LOG" : "CRMAUDIT_TEST_MARIADB_LOG");
        const auto before = static_cast<std::streamoff>(std::filesystem::file_size(log));
        sampled(scratch, table, {"id"}, {.rows = 20});
        std::vector<std::string> seen;
        EXPECT_TRUE(eventually([&] {
            std::ifstream stream(log, std::ios::binary);
            stream.seekg(before);
            seen.clear();
            for (std::string line; std::getline(stream, line);) {
                if (line.find(table) != std::string::npos) seen.push_back(line);
            }
            return seen.size() > 20;
        })) << seen.size();
        EXPECT_THAT(seen, testing::Each(testing::HasSubstr("SELECT "))) << product;
        EXPECT_THAT(seen, testing::Each(testing::Not(testing::ContainsRegex("INSERT|UPDATE|DELETE|CREATE|LOCK"))));
    }
}

TEST(SampleValuesOfAnAccount, ThatMayNotReadATableAreRefusedAndTheNextTableIsRead) {
    for (const Product product : {Product::postgresql, Product::mariadb}) {
        Scratch scratch(product);
        scratch.admin().run("CREATE TABLE persons (id integer PRIMARY KEY)");
        scratch.admin().run("CREATE TABLE secret (id integer PRIMARY KEY)");
        scratch.admin().run("GRANT SELECT ON persons TO " + scratch.auditor());
        const Catalog all = connectors::open_database(scratch.options())->read_catalog();
        auto options = scratch.options();
        options.connection_string = scratch.auditor_connection();
        const auto database = connectors::open_database(options);
        EXPECT_EQ(reason_of(*database, table_in(all, "secret"), {"id"}), Reason::forbidden) << product;
        EXPECT_EQ(sampled(*database, table_in(all, "persons"), {"id"}).sample.rows_total, 0) << product;
    }
}

/// The driver ends a text at its first NUL byte, whatever the statement makes of it.
TEST(SampleValuesOfSqlite, SurviveBytesThatAreNoText) {
    Scratch scratch(Product::sqlite);
    scratch.admin().run("CREATE TABLE odd (id integer PRIMARY KEY, value text)");
    scratch.admin().run(
        "INSERT INTO odd VALUES (1, 'a' || char(0) || 'b'), (2, CAST(x'61c362' AS TEXT)), "
        "(3, x'6d406578616d706c65'), (4, 12), (5, NULL)");
    EXPECT_EQ(sampled(scratch, "odd", {"value"}).rows,
              (std::vector<sql::Row>{{"a"}, {"a\uFFFDb"}, {"m@example"}, {"12"}, {std::nullopt}}));
}

TEST(SampleValuesOfMariadb, SurviveBytesThatAreNoText) {
    Scratch scratch(Product::mariadb);
    scratch.admin().run(
        "CREATE TABLE odd (id integer PRIMARY KEY, value varbinary(20), old varchar(20) CHARACTER SET latin1)");
    scratch.admin().run("INSERT INTO odd VALUES (1, x'6d4065', 'ä'), (2, x'610062', x'6100e4')");
    EXPECT_EQ(sampled(scratch, "odd", {"value", "old"}).rows,
              (std::vector<sql::Row>{{"m@e", "ä"}, {"a\0b"s, "a\0ä"s}}));
}

TEST(SampleValuesOfPostgresql, ShowTheTextWithinBytes) {
    Scratch scratch(Product::postgresql);
    scratch.admin().run("CREATE TABLE odd (id integer PRIMARY KEY, value bytea)");
    scratch.admin().run("INSERT INTO odd VALUES (1, CAST('m@example.org' AS bytea)), (2, decode('6100ff', 'hex'))");
    EXPECT_EQ(sampled(scratch, "odd", {"value"}).rows, (std::vector<sql::Row>{{"m@example.org"}, {"a\\000\\377"}}));
}

TEST(SampleValuesOfSqlite, OfAViewTooLargeToReadWholeAreUnsupported) {
    Scratch scratch(Product::sqlite);
    scratch.admin().run("CREATE TABLE persons (id integer PRIMARY KEY)");
    scratch.admin().run("INSERT INTO persons SELECT i" + numbers(Product::sqlite, 1001));
    scratch.admin().run("CREATE VIEW everyone AS SELECT id FROM persons");
    const auto database = connectors::open_database(scratch.options());
    const Catalog catalog = database->read_catalog();
    EXPECT_EQ(reason_of(*database, table_in(catalog, "everyone"), {"id"}), Reason::unsupported);
    EXPECT_EQ(sampled(*database, table_in(catalog, "everyone"), {"id"}, {.rows = 2000}).rows.size(), 1001U);
}

TEST(SampleValuesOfSqlite, ComeFromTablesWithoutRowNumbersInASnapshotToo) {
    Scratch scratch(Product::sqlite);
    scratch.admin().value("PRAGMA journal_mode = WAL");
    scratch.admin().run("CREATE TABLE persons (id varchar(20) PRIMARY KEY, n integer) WITHOUT ROWID");
    scratch.admin().run("INSERT INTO persons SELECT 'k' || i, i" + numbers(Product::sqlite, 5000));
    EXPECT_EQ(sampled(scratch, "persons", {"n"}).rows.size(), 1000U);
    EXPECT_EQ(sampled(scratch, "persons", {"n"}, {.everything = true}).rows.size(), 5000U);
}

TEST(SampleValuesOfPostgresql, OfAPartitionedTableComeFromAllItsPartitions) {
    Scratch scratch(Product::postgresql);
    scratch.admin().run("CREATE TABLE parts (id integer PRIMARY KEY) PARTITION BY RANGE (id)");
    scratch.admin().run("CREATE TABLE loose (id integer) PARTITION BY RANGE (id)");
    for (const std::string name : {"parts", "loose"}) {
        scratch.admin().run("CREATE TABLE " + name + "1 PARTITION OF " + name + " FOR VALUES FROM (1) TO (60001)");
        scratch.admin().run("CREATE TABLE " + name + "2 PARTITION OF " + name + " FOR VALUES FROM (60001) TO (600000)");
        scratch.admin().run("INSERT INTO " + name + " SELECT i" + numbers(Product::postgresql, 120000));
        const auto sample = sampled(scratch, name, {"id"});
        EXPECT_EQ(sample.rows.size(), 1000U);
        const auto ids = sample.column(0);
        EXPECT_NEAR(static_cast<double>(
                        std::count_if(ids.begin(), ids.end(), [](const auto& id) { return std::stoll(id) <= 60000; })),
                    500, 1)
            << name;
    }
}

/// A key that is no text and no integer, in a table that is too large for its rows to be numbered.
void expect_a_sample_by(Product product, const std::string& type, const std::string& key) {
    Scratch scratch(product);
    scratch.admin().run("CREATE TABLE persons (id " + type + " NOT NULL PRIMARY KEY, i integer)");
    scratch.admin().run("INSERT INTO persons SELECT " + key + ", i" + numbers(product, 101000));
    const auto sample = sampled(scratch, "persons", {"i"}, {.rows = 200});
    EXPECT_EQ(sample.sample.method, SampleMethod::key_positions) << type;
    std::set<std::int64_t> hundredths;
    for (const auto& i : sample.column(0)) hundredths.insert(std::stoll(i) / 1010);
    EXPECT_EQ(sample.rows.size(), 200U) << type;
    EXPECT_GE(hundredths.size(), 75U) << type;
}

TEST(SampleValuesOfPostgresql, ComeByKeysOfAnyType) {
    const Product product = Product::postgresql;
    expect_a_sample_by(product, "uuid", "CAST(md5(CAST(i AS text)) AS uuid)");
    expect_a_sample_by(product, "numeric", "i / 7.0");
    expect_a_sample_by(product, "double precision", "sqrt(i)");
    expect_a_sample_by(product, "timestamptz", "now() + i * INTERVAL '1 microsecond'");
    expect_a_sample_by(product, "bytea", "decode(md5(CAST(i AS text)), 'hex')");
    expect_a_sample_by(product, "inet", "inet '10.0.0.0' + i");
    expect_a_sample_by(product, "text COLLATE \"C\"", "chr(CAST(200 + i % 3 AS integer)) || i");
}

TEST(SampleValuesOfMariadb, ComeByKeysOfMostTypes) {
    const Product product = Product::mariadb;
    expect_a_sample_by(product, "binary(16)", "UNHEX(MD5(i))");
    expect_a_sample_by(product, "uuid",
                       "CONCAT(LEFT(MD5(i), 8), '-', MID(MD5(i), 9, 4), '-4000-8000-', RIGHT(MD5(i), 12))");
    expect_a_sample_by(product, "decimal(30,10)", "1000000000000000 + i / 1024");
    expect_a_sample_by(product, "bigint unsigned", "18446744073709000000 + i");
    expect_a_sample_by(product, "datetime(6)", "TIMESTAMP '2020-01-01 00:00:00' + INTERVAL i MICROSECOND");
    expect_a_sample_by(product, "varchar(30) CHARACTER SET latin1 COLLATE latin1_german2_ci", "CONCAT('ä', i)");
    expect_a_sample_by(product, "varchar(30) COLLATE utf8mb4_general_ci", "CONCAT(ELT(i % 3 + 1, 'Ä', 'é', 'ß'), i)");
}

}  // namespace
}  // namespace crmaudit::live
