// Tables are read whole and within bounded memory, whatever the driver buffers.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "connectors/table_reader.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

using connectors::read_rows;
using connectors::Session;

/// The most memory this process has held since the last call of forget_peak(), in KiB.
std::size_t peak_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
    }
    throw std::runtime_error("/proc/self/status names no VmHWM");
}

void forget_peak() {
    std::ofstream control("/proc/self/clear_refs");
    control << "5" << std::flush;
    if (!control) throw std::runtime_error("the peak of memory cannot be reset");
}

Table table_of(Session& session, const std::string& name) {
    const Catalog catalog = session.dialect().read_catalog([&](const std::string& text) { return session.rows(text); });
    for (const auto& table : catalog.tables) {
        if (table.name.name == name) return table;
    }
    throw std::runtime_error("the catalog has no table " + name);
}

connectors::Selection cells(Session& session, const Table& table, const std::vector<std::string>& columns) {
    return connectors::select_columns(session.dialect(), table, columns, 16U << 10U);
}

class Memory : public testing::TestWithParam<Product> {
protected:
    std::string numbers(int last) const {
        const std::string end = std::to_string(last);
        if (GetParam() == Product::postgresql) return " FROM generate_series(1, " + end + ") AS n(i)";
        if (GetParam() == Product::mariadb) return " FROM (SELECT seq AS i FROM seq_1_to_" + end + ") AS n";
        return " FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + end +
               ") SELECT i FROM n) AS n";
    }
    std::string padding(int bytes) const {
        if (GetParam() == Product::sqlite) return "REPLACE(HEX(ZEROBLOB(" + std::to_string(bytes) + ")), '00', 'x')";
        return "REPEAT('x', " + std::to_string(bytes) + ")";
    }

    Scratch scratch_{GetParam()};
};

TEST_P(Memory, StaysFarBelowTheSizeOfALargeTable) {
    constexpr std::size_t rows = 50000;
    constexpr std::size_t row_bytes = 800;
    scratch_.admin().run("CREATE TABLE notes (id INTEGER PRIMARY KEY, text VARCHAR(1000))");
    scratch_.admin().run("INSERT INTO notes SELECT i, " + padding(row_bytes) + numbers(rows));
    auto options = scratch_.options();
    options.hash_memory_mib = 64;
    Session session(options);
    const Table table = table_of(session, "notes");

    forget_peak();
    const std::size_t before = peak_kib();
    std::size_t bytes = 0;
    std::set<std::string> keys;
    const auto read = read_rows(
        session, table, cells(session, table, {"id", "text"}),
        [&](const sql::Row& row) {
            bytes += row.at(1).value().size();
            return true;
        },
        4U << 20U);
    const std::size_t grown = peak_kib() - before;
    EXPECT_EQ(read, static_cast<std::int64_t>(rows));
    EXPECT_EQ(bytes, rows * row_bytes);
    EXPECT_LT(grown, rows * row_bytes / 1024 / 2) << "KiB";
}

TEST_P(Memory, ReadsEveryRowOnceByACompositeKeyOfText) {
    scratch_.admin().run(
        "CREATE TABLE links (kind VARCHAR(20) NOT NULL, id VARCHAR(40) NOT NULL, PRIMARY KEY (kind, id))");
    // Quotes, a backslash and a line break between kinds, and more rows than one page holds within each.
    const std::string kind = "CASE WHEN i % 3 = 0 THEN 'it''s' WHEN i % 3 = 1 THEN '\\\\a' ELSE 'Ä:b' END";
    const std::string text = GetParam() == Product::mariadb ? "CAST(i AS CHAR)" : "CAST(i AS VARCHAR(20))";
    scratch_.admin().run("INSERT INTO links SELECT " + kind + ", " + text + numbers(5000));
    Session session(scratch_.options());
    const Table links = table_of(session, "links");
    std::set<std::string> seen;
    const auto read = read_rows(session, links, cells(session, links, {"id"}), [&](const sql::Row& row) {
        seen.insert(row.at(0).value());
        return true;
    });
    EXPECT_EQ(read, 5000);
    EXPECT_EQ(seen.size(), 5000U);
}

TEST_P(Memory, StopsWhenTheSinkHasSeenEnough) {
    scratch_.admin().run("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
    scratch_.admin().run("INSERT INTO notes SELECT i" + numbers(5000));
    Session session(scratch_.options());
    const Table notes = table_of(session, "notes");
    int left = 1500;
    EXPECT_EQ(read_rows(session, notes, cells(session, notes, {"id"}), [&](const sql::Row&) { return --left > 0; }),
              1500);
}

TEST(MemoryOfSqlite, StaysBoundedInsideASnapshotToo) {
    constexpr std::size_t rows = 50000;
    Scratch scratch(Product::sqlite);
    scratch.admin().run("PRAGMA journal_mode = WAL");
    scratch.admin().run("CREATE TABLE notes (rowid TEXT, text TEXT)");  // hides the first name of the row number
    scratch.admin().run(
        "INSERT INTO notes SELECT 'r' || i, REPLACE(HEX(ZEROBLOB(800)), '00', 'x') FROM (WITH RECURSIVE "
        "n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT i FROM n)");
    auto options = scratch.options();
    options.hash_memory_mib = 64;
    Session session(options);
    ASSERT_TRUE(session.in_snapshot());
    const Table table = table_of(session, "notes");
    forget_peak();
    const std::size_t before = peak_kib();
    std::set<std::string> seen;
    const auto read = read_rows(
        session, table, cells(session, table, {"rowid", "text"}),
        [&](const sql::Row& row) {
            seen.insert(row.at(0).value());
            return true;
        },
        4U << 20U);
    EXPECT_EQ(read, static_cast<std::int64_t>(rows));
    EXPECT_EQ(seen.size(), rows);
    EXPECT_LT(peak_kib() - before, rows * 800 / 1024 / 2) << "KiB";
}

INSTANTIATE_TEST_SUITE_P(, Memory, testing::ValuesIn(all_products), testing::PrintToStringParamName());

TEST(MemoryOfMariadb, IsNotRiskedForALargeTableWithoutAKey) {
    Scratch scratch(Product::mariadb);
    scratch.admin().run("CREATE TABLE notes (id INTEGER, text VARCHAR(1000))");
    scratch.admin().run("INSERT INTO notes SELECT seq, REPEAT('x', 500) FROM seq_1_to_1000");
    Session session(scratch.options());
    const Table table = table_of(session, "notes");
    const auto all = [](const sql::Row&) { return true; };
    EXPECT_EQ(read_rows(session, table, cells(session, table, {"id", "text"}), all, 1U << 20U), 1000);
    EXPECT_THROW(read_rows(session, table, cells(session, table, {"id", "text"}), all, 400U << 10U), sql::QueryError);
}

}  // namespace
}  // namespace crmaudit::live
