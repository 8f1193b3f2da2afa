// What the drivers of Debian 12 get wrong when values are read the usual way: one test each (the contract is that of
// connectors/block_reader.h).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/session.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

using namespace std::string_literals;
using connectors::ReadOptions;
using connectors::Session;
using Rows = std::vector<sql::Row>;

Rows read(Session& session, const std::string& statement, const ReadOptions& options) {
    Rows rows;
    session.read(statement, options, [&](const sql::Row& row) {
        rows.push_back(row);
        return true;
    });
    return rows;
}

class Traps : public testing::TestWithParam<Product> {
protected:
    bool is(Product product) const { return GetParam() == product; }

    /// An expression for `text` repeated `count` times.
    std::string repeated(const std::string& text, const std::string& count) const {
        if (!is(Product::sqlite)) return "REPEAT(" + text + ", " + count + ")";
        return "REPLACE(HEX(ZEROBLOB(" + count + ")), '00', " + text + ")";
    }

    /// "FROM …" with a column i of 1 to `last`.
    std::string numbers(int last) const {
        const std::string end = std::to_string(last);
        if (is(Product::postgresql)) return "FROM generate_series(1, " + end + ") AS n(i)";
        if (is(Product::mariadb)) return "FROM (SELECT seq AS i FROM seq_1_to_" + end + ") AS n";
        return "FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + end +
               ") SELECT i FROM n) AS n";
    }

    Scratch scratch_{GetParam()};
};

TEST_P(Traps, LongCellsComeWholeAndNeverWithBytesOfTheirNeighbours) {
    Session session(scratch_.options());
    const std::string letter = is(Product::mariadb)  ? "CHAR(65 + i % 26 USING utf8mb4)"
                               : is(Product::sqlite) ? "CHAR(65 + i % 26)"
                                                     : "CHR(65 + CAST(i AS INTEGER) % 26)";
    const std::string statement = "SELECT i, " + repeated(letter, "(i * 37) % 3000") + ", " +
                                  repeated("'ä'", "i % 40") + " " + numbers(2500) + " ORDER BY i";
    const Rows rows = read(session, statement, {.rows_per_block = 100, .cell_bytes = 32});
    ASSERT_EQ(rows.size(), 2500U);  // more than the drivers fetch at a time
    for (std::size_t i = 1; i <= rows.size(); ++i) {
        const sql::Row& row = rows[i - 1];
        EXPECT_EQ(row[0], std::to_string(i));
        EXPECT_EQ(row[1].value_or(""), std::string((i * 37) % 3000, static_cast<char>('A' + i % 26))) << "row " << i;
        std::string umlauts;
        for (std::size_t n = 0; n < i % 40; ++n) umlauts += "ä";
        EXPECT_EQ(row[2].value_or(""), umlauts) << "row " << i;
    }
}

TEST_P(Traps, CharactersAtTheEndOfABufferStayWhole) {
    Session session(scratch_.options());
    for (const std::string character : {"x", "ä", "€", "😀"}) {
        for (int shift = 0; shift < 4; ++shift) {
            const std::string start(static_cast<std::size_t>(shift), 'a');
            std::string expected = start;
            while (expected.size() < 31) expected += character;
            const Rows rows = read(session, "SELECT '" + expected + "'", {.cell_bytes = 32});
            EXPECT_EQ(rows, (Rows{{expected}}));
        }
    }
}

TEST_P(Traps, AMegabyteComesWholeAndACutOneEndsWithAWholeCharacter) {
    Session session(scratch_.options());
    const std::string statement = "SELECT " + repeated("'a😀'", "200000") + ", 'next'";
    std::string whole;
    for (int i = 0; i < 200000; ++i) whole += "a😀";
    EXPECT_EQ(session.rows(statement), (Rows{{whole, "next"}}));
    EXPECT_EQ(read(session, statement, {.longest_cell = 68}), (Rows{{whole.substr(0, 66), "next"}}));
    EXPECT_EQ(read(session, statement, {.longest_cell = 71}), (Rows{{whole.substr(0, 71), "next"}}));
}

TEST_P(Traps, NullIsNotTheEmptyText) {
    Session session(scratch_.options());
    EXPECT_EQ(session.rows("SELECT NULL, '', 'NULL'"), (Rows{{std::nullopt, "", "NULL"}}));
}

TEST_P(Traps, ColonsAndOddNamesAreNoParameters) {
    const std::string quote = is(Product::mariadb) ? "`" : "\"";
    const std::string table = quote + "weird: 'name' ä€ select" + quote;
    const std::string column = quote + "a:b" + quote;
    scratch_.admin().run("CREATE TABLE " + table + " (" + column + " VARCHAR(10))");
    scratch_.admin().run("INSERT INTO " + table + " VALUES (':x')");
    Session session(scratch_.options());
    EXPECT_EQ(session.rows("SELECT " + column + ", ':y', 'it''s :z' FROM " + table + " WHERE " + column + " = ':x'"),
              (Rows{{":x", ":y", "it's :z"}}));
}

TEST_P(Traps, NumbersAndDatesKeepWhatTheyAre) {
    const std::string decimal = "123456789012345678901234567890.5";
    scratch_.admin().run("CREATE TABLE facts (amount " + std::string(is(Product::sqlite) ? "TEXT" : "DECIMAL(40, 1)") +
                         ", many BIGINT, day DATE, moment TIMESTAMP)");
    scratch_.admin().run("INSERT INTO facts VALUES ('" + decimal +
                         "', 9223372036854775807, '1899-12-31', '2024-02-29 23:59:58')");
    Session session(scratch_.options());
    EXPECT_EQ(session.rows("SELECT amount, many, day, moment FROM facts"),
              (Rows{{decimal, "9223372036854775807", "1899-12-31", "2024-02-29 23:59:58"}}));
}

TEST_P(Traps, ASinkMayStopAndTheSessionGoesOn) {
    Session session(scratch_.options());
    int seen = 0;
    session.read("SELECT i " + numbers(5000), {}, [&](const sql::Row&) { return ++seen < 150; });
    EXPECT_EQ(seen, 150);
    EXPECT_EQ(session.rows("SELECT COUNT(*) " + numbers(5000)), (Rows{{"5000"}}));
}

TEST_P(Traps, ASinkMayThrowAndTheSessionGoesOn) {
    Session session(scratch_.options());
    const auto fail = [](const sql::Row&) -> bool { throw std::invalid_argument("enough"); };
    EXPECT_THROW(session.read("SELECT i " + numbers(5000), {}, fail), std::invalid_argument);
    EXPECT_EQ(session.rows("SELECT COUNT(*) " + numbers(5000)), (Rows{{"5000"}}));
}

TEST_P(Traps, AFailedStatementLeavesTheSnapshotUsable) {
    scratch_.admin().run("CREATE TABLE persons (id INTEGER)");
    Session session(scratch_.options());
    EXPECT_EQ(session.rows("SELECT COUNT(*) FROM persons"), (Rows{{"0"}}));
    EXPECT_THROW(session.rows("SELECT nope FROM persons"), sql::QueryError);
    EXPECT_THROW(session.rows("SELECT 1 FROM nope"), sql::QueryError);
    scratch_.admin().run("INSERT INTO persons VALUES (1)");
    const std::string later =
        is(Product::sqlite) ? "1" : "0";  // a rollback journal gives each statement its own snapshot
    EXPECT_EQ(session.rows("SELECT COUNT(*) FROM persons"), (Rows{{later}}));
}

TEST_P(Traps, ErrorsNameStateAndReasonButNeverAValue) {
    scratch_.admin().run("CREATE TABLE persons (id INTEGER, mail VARCHAR(50))");
    scratch_.admin().run("INSERT INTO persons VALUES (1, 'erika@example.org')");
    Session session(scratch_.options());
    const std::string statement = is(Product::postgresql) ? "SELECT CAST(mail AS INTEGER) FROM persons"
                                  : is(Product::mariadb)  ? "SELECT (SELECT mail FROM persons UNION ALL SELECT 'x')"
                                                          : "SELECT json_extract(mail, '$.a') FROM persons";
    try {
        session.rows(statement);
        FAIL() << "not refused";
    } catch (const sql::QueryError& error) {
        EXPECT_EQ(error.reason(), sql::QueryError::Reason::other);
        EXPECT_THAT(error.what(), testing::HasSubstr("SQLSTATE " + error.sqlstate()));
        EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("erika")));
    }
}

INSTANTIATE_TEST_SUITE_P(, Traps, testing::ValuesIn(all_products), testing::PrintToStringParamName());

TEST(TrapsOfSqlite, ValuesOfAnotherTypeThanDeclaredComeAsTheyAre) {
    Scratch scratch(Product::sqlite);
    scratch.admin().run("CREATE TABLE persons (id INTEGER, age INT, born DATE, name VARCHAR(5), ok BOOLEAN)");
    scratch.admin().run(
        "INSERT INTO persons VALUES (1, 'max@example.org', '31.12.2024', 'much longer than five', 'yes')");
    scratch.admin().run("INSERT INTO persons VALUES (2, 7, 20241231, 5, X'00FF41')");
    Session session(scratch.options());
    EXPECT_EQ(
        session.rows("SELECT age, born, name, ok FROM persons ORDER BY id"),
        (Rows{{"max@example.org", "31.12.2024", "much longer than five", "yes"}, {"7", "20241231", "5", "X'00FF41'"}}));
}

TEST(TrapsOfSqlite, InvalidUtf8BecomesTheReplacementCharacter) {
    Scratch scratch(Product::sqlite);
    Session session(scratch.options());
    EXPECT_EQ(session.rows("SELECT CAST(X'41FF42' AS TEXT)"), (Rows{{"A\xEF\xBF\xBD"
                                                                     "B"}}));
}

TEST(TrapsOfSqlite, ASessionWithinATransactionEndsWithoutEndingTheProcess) {
    Scratch scratch(Product::sqlite);
    scratch.admin().value("PRAGMA journal_mode = WAL");
    scratch.admin().run("CREATE TABLE persons (id INTEGER)");
    {
        Session session(scratch.options());
        EXPECT_EQ(session.rows("SELECT COUNT(*) FROM persons"), (Rows{{"0"}}));
    }
    Session again(scratch.options());
    EXPECT_THROW(again.rows("SELECT nope"), sql::QueryError);
}

TEST(TrapsOfMariadb, NulBytesStayAndInvalidOnesAreReplaced) {
    Scratch scratch(Product::mariadb);
    Session session(scratch.options());
    EXPECT_EQ(session.rows("SELECT CONCAT('a', CHAR(0 USING utf8mb4), 'b'), X'41FF0042'"),
              (Rows{{"a\0b"s, "A\xEF\xBF\xBD\0B"s}}));
}

TEST(TrapsOfMariadb, AZeroDateIsNotNull) {
    Scratch scratch(Product::mariadb);
    scratch.admin().run("SET SESSION sql_mode = ''");
    scratch.admin().run("CREATE TABLE persons (born DATE, changed DATETIME)");
    scratch.admin().run("INSERT INTO persons VALUES ('0000-00-00', '0000-00-00 00:00:00')");
    Session session(scratch.options());
    EXPECT_EQ(session.rows("SELECT born, changed FROM persons"), (Rows{{"0000-00-00", "0000-00-00 00:00:00"}}));
}

TEST(TrapsOfMariadb, UnsignedNumbersKeepTheirSign) {
    Scratch scratch(Product::mariadb);
    Session session(scratch.options());
    EXPECT_EQ(session.rows("SELECT CAST(18446744073709551615 AS UNSIGNED)"), (Rows{{"18446744073709551615"}}));
}

TEST(TrapsOfPostgresql, MomentsComeInUtc) {
    Scratch scratch(Product::postgresql);
    Session session(scratch.options());
    EXPECT_EQ(session.rows("SELECT CAST('2024-01-01 00:30:00+01' AS TIMESTAMPTZ)"), (Rows{{"2023-12-31 23:30:00"}}));
}

TEST(TrapsOfPostgresql, RowLevelSecurityFailsInsteadOfHidingRows) {
    Scratch scratch(Product::postgresql);
    scratch.admin().run("CREATE TABLE persons (id INTEGER)");
    scratch.admin().run("INSERT INTO persons VALUES (1), (2)");
    scratch.admin().run("GRANT SELECT ON persons TO auditor");
    scratch.admin().run("CREATE POLICY first_only ON persons FOR SELECT TO auditor USING (id = 1)");
    scratch.admin().run("ALTER TABLE persons ENABLE ROW LEVEL SECURITY");
    auto options = scratch.options();
    options.connection_string = scratch.auditor_connection();
    Session session(options);
    try {
        session.rows("SELECT COUNT(*) FROM persons");
        FAIL() << "rows were hidden";
    } catch (const sql::QueryError& error) {
        EXPECT_EQ(error.reason(), sql::QueryError::Reason::forbidden) << error.what();
    }
}

TEST(TrapsOfPostgresql, BitsAndLongNumbersAreNotCut) {
    Scratch scratch(Product::postgresql);
    Session session(scratch.options());
    const std::string number = "1" + std::string(60, '0');
    EXPECT_EQ(session.rows("SELECT B'10101', CAST('" + number + "' AS NUMERIC), CAST('{a,\"b,c\",ä}' AS TEXT[])"),
              (Rows{{"10101", number, "{a,\"b,c\",ä}"}}));
}

class Passwords : public testing::TestWithParam<Product> {};

TEST_P(Passwords, OfAnyCharactersWork) {
    Scratch scratch(GetParam());
    const bool postgresql = GetParam() == Product::postgresql;
    const std::string role = scratch.name() + "_user";
    const std::string account = postgresql ? role : role + "@'%'";
    for (const std::string password : {"plain", "a;b", "a}b", "{a}", "a=b %20+ c", "ä€😀", "}};{", "'\"`"}) {
        std::string literal = password;
        for (std::size_t at = 0; (at = literal.find('\'', at)) != std::string::npos; at += 2) literal.insert(at, "'");
        scratch.admin().run(postgresql ? "CREATE ROLE " + role + " LOGIN PASSWORD '" + literal + "'"
                                       : "CREATE USER " + account + " IDENTIFIED BY '" + literal + "'");
        if (!postgresql) scratch.admin().run("GRANT SELECT ON " + scratch.name() + ".* TO " + account);
        auto options = scratch.options();
        options.connection_string = with(scratch.connection(), "UID", role);
        options.password = password;
        EXPECT_NO_THROW(Session{options}) << password;
        options.password = password + "x";
        EXPECT_THROW(Session{options}, connectors::ConnectError) << password;
        scratch.admin().run(postgresql ? "DROP ROLE " + role : "DROP USER " + account);
    }
}

INSTANTIATE_TEST_SUITE_P(, Passwords, testing::Values(Product::postgresql, Product::mariadb),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace crmaudit::live
