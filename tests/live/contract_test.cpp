// One suite for every database: what a dialect renders means the same everywhere, whatever names, types and values a
// table holds.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auditor/sql/render.h"
#include "connectors/database.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

using sql::Measure;

const Date as_of{std::chrono::year{2026}, std::chrono::month{6}, std::chrono::day{15}};

Measure counting(Condition condition) { return {Measure::What::count, std::move(condition), ""}; }

class Contract : public ::testing::TestWithParam<Product> {
protected:
    Product product() const { return GetParam(); }
    bool is(Product which) const { return GetParam() == which; }
    const sql::Grammar& grammar() const { return *connectors::find_grammar(to_string(GetParam())); }
    void run(const std::string& statement) { scratch_.admin().run(statement); }

    /// The statement that belongs to the product.
    const std::string& by_product(const std::string& sqlite, const std::string& postgresql,
                                  const std::string& mariadb) const {
        return is(Product::sqlite) ? sqlite : is(Product::postgresql) ? postgresql : mariadb;
    }

    connectors::Database& database() {
        if (!database_) {
            database_ = connectors::open_database(scratch_.options());
            catalog_ = database_->read_catalog();
        }
        return *database_;
    }

    const Catalog& catalog() {
        database();
        return catalog_;
    }

    const Table& table(const std::string& name) {
        for (const Table& candidate : catalog().tables) {
            if (candidate.name.name == name) return candidate;
        }
        throw std::runtime_error("the catalog has no table " + name);
    }

    /// The table as an entity: every column an attribute of the same name.
    Entity entity(const std::string& name) {
        const Table& from = table(name);
        Entity made;
        made.name = name;
        made.table = from.name;
        made.key = from.primary_key;
        for (const Column& c : from.columns) {
            made.attributes.push_back({c.name, ValueType::text, std::nullopt, OwnColumn{column(c.name, c.kind)}});
        }
        return made;
    }

    Operand operand(const std::string& table_name, const std::string& name) {
        return column(name, table(table_name).find(name)->kind);
    }

    std::vector<std::string> measure(const std::string& table_name, const std::vector<Measure>& measures) {
        const auto rows = database().select(sql::Renderer(grammar(), as_of).measure(entity(table_name), measures));
        EXPECT_EQ(rows.size(), 1U);
        std::vector<std::string> cells;
        for (const auto& cell : rows.at(0)) cells.push_back(cell.value_or("NULL"));
        return cells;
    }

    std::string count(const std::string& table_name, Condition condition) {
        return measure(table_name, {counting(std::move(condition))}).at(0);
    }

    Scratch scratch_{GetParam()};

private:
    std::unique_ptr<connectors::Database> database_;
    Catalog catalog_;
};

const std::vector<std::string> hostile_names{
    "weird \"\"name\"", "with space", " leading",   "select",  "UPPER Case",  "Ümläut ß", "a:b",
    "o'clock",          "back`tick",  "[brackets]", "semi;--", "per%cent_{}", "a.b",      "back\\slash",
};

TEST_P(Contract, ReadsTablesAndColumnsOfHostileNames) {
    auto names = hostile_names;
    if (!is(Product::mariadb)) names.emplace_back("emoji 😀");  // beyond the characters MariaDB allows in names
    const std::string text = by_product("TEXT", "text", "varchar(20)");
    for (const std::string& name : names) {
        run("CREATE TABLE " + grammar().quote("t " + name) + " (" + grammar().quote(name) + " " + text + ")");
        run("INSERT INTO " + grammar().quote("t " + name) + " VALUES ('x')");
        run("INSERT INTO " + grammar().quote("t " + name) + " VALUES (NULL)");
    }
    for (const std::string& name : names) {
        SCOPED_TRACE(name);
        ASSERT_NE(table("t " + name).find(name), nullptr);
        EXPECT_EQ(measure("t " + name, {counting({}), counting(missing(operand("t " + name, name))),
                                        counting({OneOf{operand("t " + name, name), {"X"}}})}),
                  (std::vector<std::string>{"2", "1", "1"}));
        EXPECT_EQ(database().select(sql::Renderer(grammar(), as_of).touch(table("t " + name).name)).size(), 1U);
    }
}

TEST_P(Contract, TakesTextLiteralsOfAnyContent) {
    const std::vector<std::string> values{"it's",        "back\\slash",      "\\",       "\\'; DROP TABLE x; --",
                                          "quo\"te",     "a:b ? %s {x}",     "Ümläut ☎", "😀",
                                          "line\nbreak", "tab\tand\\n\\0\\", "''",       "$$ $1 $tag$"};
    for (const std::string& value : values) {
        EXPECT_EQ(scratch_.admin().value("SELECT " + grammar().text_literal(value)).value_or("NULL"), value);
    }
    if (!is(Product::mariadb)) return;
    run("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT'");
    for (const std::string& value : values) {
        EXPECT_EQ(scratch_.admin().value("SELECT " + grammar().text_literal(value)).value_or("NULL"), value);
    }
}

TEST_P(Contract, ComparesTextWithoutCaseAndOuterWhiteSpace) {
    run("CREATE TABLE t (id integer PRIMARY KEY, v " + by_product("TEXT", "text", "text") + ")");
    int id = 0;
    for (const std::string value : {"Unknown", "  unknown ", "\tUNKNOWN\r\n", "unknown?", "", " ", "\n\t ",
                                    "Österreich", "österreich", "back\\slash"}) {
        run("INSERT INTO t VALUES (" + std::to_string(++id) + ", " + grammar().text_literal(value) + ")");
    }
    run("INSERT INTO t VALUES (99, NULL)");
    const Operand v = operand("t", "v");
    EXPECT_EQ(measure("t", {counting(missing(v)), counting(missing(v, {"UNKNOWN"})), counting(present(v)),
                            counting({OneOf{v, {"unknown"}}}), counting({OneOf{v, {" Österreich "}}}),
                            counting({OneOf{v, {"BACK\\SLASH"}}}), counting({OneOf{v, {"unknown", "it's", ""}}}),
                            counting(negate({OneOf{v, {"unknown"}}}))}),
              (std::vector<std::string>{"4", "7", "7", "3", "2", "1", "6", "8"}));
}

TEST_P(Contract, ComparesTextsOfARelatedTableAsItComparesItsOwn) {
    const std::string text = by_product("TEXT", "text", "text");
    run("CREATE TABLE t (id integer PRIMARY KEY)");
    run("CREATE TABLE r (id integer PRIMARY KEY, owner integer, v " + text + ")");
    int id = 0;
    for (const std::string value : {"'held'", "'HELD'", "'  held '", "'held' ", "'heldx'", "''", "NULL", "'Planned'"}) {
        const std::string number = std::to_string(++id);
        run("INSERT INTO t VALUES (" + number + ")");
        run("INSERT INTO r VALUES (" + number + ", " + number + ", " + value + ")");
    }
    run("INSERT INTO r VALUES (99, 5, " + grammar().text_literal("\tHeld\r\n") + ")");
    Entity made = entity("t");
    const Operand v = operand("r", "v");
    made.paths.push_back({"rows", {{table("r").name, {{"owner", "id", false}}, {}}}});
    const auto add = [&](const char* name, Condition where) {
        made.attributes.push_back(
            {name, ValueType::flag, std::nullopt, Related{"rows", Aggregate::any, {}, std::move(where)}});
    };
    add("held", {OneOf{v, {"Held"}}});
    add("planned or none", {OneOf{v, {"planned", ""}}});
    add("not held", negate({OneOf{v, {"held"}}}));
    add("empty", missing(v));
    made.attributes.push_back(
        {"word", ValueType::text, std::nullopt, Related{"rows", Aggregate::first, v, {OneOf{v, {"held"}}}}});
    const auto count = [&](std::vector<Measure> measures) {
        return database().select(sql::Renderer(grammar(), as_of).measure(made, measures)).at(0);
    };
    const auto cells = count({counting(holds("held")), counting(holds("planned or none")), counting(holds("not held")),
                              counting(holds("empty")), counting({OneOf{attribute("word"), {"held"}}})});
    EXPECT_EQ(cells, (sql::Row{"5", "2", "4", "2", "5"}));
}

TEST_P(Contract, MatchesManyPatternsAsItMatchesEachAlone) {
    run("CREATE TABLE t (id integer PRIMARY KEY, v varchar(40))");
    run("INSERT INTO t VALUES (1, 'Tel. +49 30'), (2, '0049'), (3, 'a%b'), (4, 'a_b'), (5, 'AxB'), (6, '(x)'), "
        "(7, 'c.d'), (8, 'cxd'), (9, NULL), (10, ''), (11, '49'), (12, 'q!r'), (13, 'x[y')");
    const std::vector<std::string> patterns{"*+49*", "0049*", "a%b", "a_b", "(x)", "c.d", "4?", "q!r", "X[Y", "none"};
    std::vector<Condition> each_alone;
    for (const std::string& pattern : patterns) each_alone.push_back({Like{operand("t", "v"), {pattern}}});
    const Condition together{Like{operand("t", "v"), patterns}};
    EXPECT_EQ(measure("t", {counting(together), counting(any(each_alone)), counting(negate(together))}),
              (std::vector<std::string>{"9", "9", "4"}));
}

TEST_P(Contract, FindsWholeItemsOfListsStoredInOneText) {
    run("CREATE TABLE t (id integer PRIMARY KEY, v " + by_product("TEXT", "text", "text") + ")");
    int id = 0;
    for (const std::string value :
         {"^consent^,^contract^", "consent;contract", "contract, Consent", "[\"a\",\"consent\"]", "x|consent|y",
          "consent", "consented", "no-consent", "contract", ""}) {
        run("INSERT INTO t VALUES (" + std::to_string(++id) + ", '" + value + "')");
    }
    run("INSERT INTO t VALUES (99, NULL)");
    const Operand v = operand("t", "v");
    EXPECT_EQ(measure("t", {counting({ListHas{v, {"consent"}}}), counting({ListHas{v, {"CONTRACT", "nothing"}}}),
                            counting({ListHas{v, {"con_ent"}}}), counting({ListHas{v, {"consent,contract"}}}),
                            counting(negate({ListHas{v, {"consent"}}}))}),
              (std::vector<std::string>{"6", "4", "0", "0", "5"}));
}

TEST_P(Contract, ComparesFlagsOfBooleanAndIntegerColumns) {
    run("CREATE TABLE t (id integer PRIMARY KEY, f boolean, n integer)");
    const auto flag = [&](bool value) {
        return by_product(value ? "1" : "0", value ? "true" : "false", value ? "1" : "0");
    };
    run("INSERT INTO t VALUES (1, " + flag(true) + ", 1)");
    run("INSERT INTO t VALUES (2, " + flag(false) + ", 0)");
    run("INSERT INTO t VALUES (3, NULL, NULL)");
    run("INSERT INTO t VALUES (4, " + flag(true) + ", 7)");
    const Operand f = operand("t", "f");
    const Operand n = operand("t", "n");
    EXPECT_EQ(f.kind, ColumnKind::boolean);
    EXPECT_EQ(measure("t", {counting({OneOf{f, {"1"}}}), counting({OneOf{f, {"0"}}}), counting(missing(f)),
                            counting({OneOf{n, {"1"}}}), counting({OneOf{n, {"7", "0"}}}), counting(missing(n)),
                            counting(negate({OneOf{f, {"1"}}}))}),
              (std::vector<std::string>{"2", "1", "1", "1", "2", "1", "2"}));
}

TEST_P(Contract, TakesAWordThatIsNoTruthValueForNeither) {
    run("CREATE TABLE t (id integer PRIMARY KEY, f boolean)");
    for (const auto& [id, value] : {std::pair{"1", true}, std::pair{"2", false}}) {
        run(std::string{"INSERT INTO t VALUES ("} + id + ", " +
            by_product(value ? "1" : "0", value ? "true" : "false", value ? "1" : "0") + ")");
    }
    run("INSERT INTO t VALUES (3, NULL)");
    if (!is(Product::postgresql)) run("INSERT INTO t VALUES (4, 7)");  // whose booleans hold nothing else
    const Operand f = operand("t", "f");
    const std::string seven = is(Product::postgresql) ? "0" : "1";
    EXPECT_EQ(measure("t", {counting({OneOf{f, {"pending"}}}), counting({OneOf{f, {"7"}}}),
                            counting({OneOf{f, {"0", "pending"}}}), counting({OneOf{f, {"No"}}})}),
              (std::vector<std::string>{"0", seven, "1", "1"}));
}

/// The day that a stored value means, by id; "NULL" where it means none or lies before 1900 or after the audit.
struct Stored {
    std::string value;  // SQL
    std::string day;
};

class Moments : public Contract {
protected:
    void expect_days(const std::string& type, const std::vector<Stored>& stored) {
        run("CREATE TABLE t (id integer PRIMARY KEY, v " + type + ")");
        if (is(Product::mariadb)) run("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
        std::vector<Measure> measures;
        std::vector<std::string> expected;
        int id = 0;
        for (const auto& [value, day] : stored) {
            run("INSERT INTO t VALUES (" + std::to_string(++id) + ", " + value + ")");
            measures.push_back(
                {Measure::What::latest, {OneOf{column("id", ColumnKind::integer), {std::to_string(id)}}}, "v"});
            expected.push_back(day);
        }
        const auto days = measure("t", measures);
        for (std::size_t i = 0; i < stored.size(); ++i) EXPECT_EQ(days[i], expected[i]) << stored[i].value;
        // No value may end the statement, known or not.
        const auto years = database().select(sql::Renderer(grammar(), as_of).measure(entity("t"), {{}}, {{"v"}, {}}));
        const auto known = std::count_if(expected.begin(), expected.end(), [](auto& day) { return day != "NULL"; });
        long total = 0;
        for (const auto& row : years) {
            if (row.at(0) != std::to_string(sql::no_year)) total += std::stol(row.at(1).value_or("0"));
        }
        EXPECT_EQ(total, known);
    }
};

TEST_P(Moments, AreReadFromText) {
    expect_days(by_product("TEXT", "text", "varchar(40)"), {{"'2023-05-01'", "2023-05-01"},
                                                            {"'2023-05-01 10:11:12'", "2023-05-01"},
                                                            {"'2023-05-01T10:11'", "2023-05-01"},
                                                            {"'2023-05-01T23:59:59.123Z'", "2023-05-01"},
                                                            {"'2023-05-01T23:59:59+02:00'", "2023-05-01"},
                                                            {"'  2023-05-01 '", "2023-05-01"},
                                                            {"'2023-05-01 25:61:00'", "2023-05-01"},
                                                            {"'2024-02-29'", "2024-02-29"},
                                                            {"'2000-02-29'", "2000-02-29"},
                                                            {"'2023-02-29'", "NULL"},
                                                            {"'1900-02-29'", "NULL"},
                                                            {"'2023-02-31'", "NULL"},
                                                            {"'2023-02-31 10:11:12'", "NULL"},
                                                            {"'2024-02-29 10:11:12'", "2024-02-29"},
                                                            {"'2023-02-29 00:00:00'", "NULL"},
                                                            {"'2023-05-31 10:11:12'", "2023-05-31"},
                                                            {"'2023-04-31'", "NULL"},
                                                            {"'2023-13-01'", "NULL"},
                                                            {"'2023-00-10'", "NULL"},
                                                            {"'2023-01-00'", "NULL"},
                                                            {"'0000-00-00'", "NULL"},
                                                            {"'0000-00-00 00:00:00'", "NULL"},
                                                            {"'0000-01-01'", "NULL"},
                                                            {"'01.05.2023'", "NULL"},
                                                            {"'2023-5-1'", "NULL"},
                                                            {"'2023-05-011'", "NULL"},
                                                            {"'20230501'", "NULL"},
                                                            {"'now'", "NULL"},
                                                            {"'12:00'", "NULL"},
                                                            {"''", "NULL"},
                                                            {"' '", "NULL"},
                                                            {"'infinity'", "NULL"},
                                                            {"'müller'", "NULL"},
                                                            {"'1899-12-31'", "NULL"},
                                                            {"'2026-06-15 23:59:59'", "2026-06-15"},
                                                            {"'2026-06-16'", "NULL"},
                                                            {"NULL", "NULL"}});
}

TEST_P(Moments, AreReadFromDatesAndTimestamps) {
    const std::string type = by_product("datetime", "timestamp", "datetime(3)");
    std::vector<Stored> stored{{"'2023-05-01 10:11:12'", "2023-05-01"}, {"'2024-02-29 23:59:59'", "2024-02-29"},
                               {"'1900-01-01 00:00:00'", "1900-01-01"}, {"'1899-12-31 23:59:59'", "NULL"},
                               {"'2026-06-15 23:59:59'", "2026-06-15"}, {"'2026-06-16 00:00:00'", "NULL"},
                               {"'9999-12-31 23:59:59'", "NULL"},       {"NULL", "NULL"}};
    if (is(Product::postgresql)) {
        stored.push_back({"'infinity'", "NULL"});
        stored.push_back({"'-infinity'", "NULL"});
        stored.push_back({"'0044-03-15 BC'", "NULL"});
        stored.push_back({"'294276-12-31'", "NULL"});
    }
    if (is(Product::mariadb)) {
        stored.push_back({"'0000-00-00 00:00:00'", "NULL"});
        stored.push_back({"'2023-00-15 00:00:00'", "NULL"});
        stored.push_back({"'2023-02-31 00:00:00'", "NULL"});
    }
    expect_days(type, stored);
}

TEST_P(Moments, AreReadFromPlainDates) {
    std::vector<Stored> stored{{"'2023-05-01'", "2023-05-01"}, {"'1900-01-01'", "1900-01-01"}, {"NULL", "NULL"}};
    if (is(Product::postgresql)) stored.push_back({"'5874897-12-31'", "NULL"});
    if (is(Product::mariadb)) stored.push_back({"'0000-00-00'", "NULL"});
    if (is(Product::mariadb)) stored.push_back({"'2023-02-31'", "NULL"});
    if (is(Product::sqlite)) stored.push_back({"'31.12.2023'", "NULL"});
    expect_days("date", stored);
}

TEST_P(Moments, AreReadFromSecondsAndMilliseconds) {
    expect_days("bigint", {{"1686787200", "2023-06-15"},
                           {"1686787200000", "2023-06-15"},
                           {"-86400", "1969-12-31"},
                           {"1", "1970-01-01"},
                           {"0", "NULL"},
                           {"99999999999", "NULL"},
                           {"9223372036854775807", "NULL"},
                           {"-9223372036854775807", "NULL"},
                           {"NULL", "NULL"}});
}

TEST_P(Moments, AreReadFromNumbersOfAnySize) {
    const std::string type = by_product("REAL", "numeric", "decimal(65)");
    const std::string large = "1" + std::string(60, '0');
    std::vector<Stored> stored{
        {"1686787200", "2023-06-15"}, {"0", "NULL"}, {large, "NULL"}, {"-" + large, "NULL"}, {"NULL", "NULL"}};
    if (is(Product::sqlite)) stored.push_back({"2460110.5", "2023-06-15"});  // a Julian day
    if (is(Product::postgresql)) {
        stored.push_back({"'NaN'", "NULL"});
        stored.push_back({"'Infinity'", "NULL"});
    }
    expect_days(type, stored);
}

using MomentsOfAnyType = Moments;

TEST_P(MomentsOfAnyType, AreReadFromWhatIsStoredAndNotFromWhatIsDeclared) {
    expect_days("integer", {{"'max@example.de'", "NULL"},
                            {"x'00ff0041'", "NULL"},
                            {"'2023-05-01'", "2023-05-01"},
                            {"1.5e300", "NULL"},
                            {"9e999", "NULL"},
                            {"1686787200.25", "2023-06-15"}});
}

TEST_P(Moments, MoveByCalendarMonthsAsTheModelDoes) {
    const std::vector<Period> periods{{1, 0}, {3, 0}, {12, 0}, {36, 0}, {0, 7}, {0, 30}, {1, 10}, {13, 1}};
    const std::string type = by_product("datetime", "timestamp", "datetime");
    run("CREATE TABLE t (id integer PRIMARY KEY, start " + type + ", due " + type + ")");
    int id = 0;
    std::string rows;
    std::vector<std::pair<int, std::size_t>> ids;
    for (const char* day : {"2019-01-31", "2020-01-31", "2020-02-29", "2021-02-28", "2021-08-31", "2021-12-31",
                            "2022-03-30", "2022-11-30", "2023-01-29", "2023-06-15"}) {
        const Date start = *parse_date(day);
        for (std::size_t p = 0; p < periods.size(); ++p) {
            const std::string due = crmaudit::to_string(add(start, periods[p]));
            // An id of the hundreds of the period; the last digit says whether a second too late or just in time.
            for (const auto& [time, late] : {std::pair{"12:30:00", 0}, std::pair{"12:30:01", 1}}) {
                ids.emplace_back(++id, p);
                rows += (rows.empty() ? "" : ", ") + std::string{"("} + std::to_string(id) + ", '" + day +
                        " 12:30:00', '" + due + " " + time + "')";
                EXPECT_EQ(late, (id + 1) % 2);
            }
        }
    }
    run("INSERT INTO t VALUES " + rows);
    std::vector<Measure> measures;
    for (const auto& [row, p] : ids) {
        measures.push_back(counting(all({{OneOf{column("id", ColumnKind::integer), {std::to_string(row)}}},
                                         {LaterThan{operand("t", "due"), operand("t", "start"), periods[p]}}})));
    }
    const auto late = measure("t", measures);
    for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(late[i], i % 2 == 0 ? "0" : "1") << "row " << ids[i].first;
}

TEST_P(Contract, TellsRowsApartByTheYearOfTheirLatestDate) {
    const std::string type = by_product("TIMESTAMP", "timestamp", "datetime");
    run("CREATE TABLE t (id integer PRIMARY KEY, a " + type + " NULL, b " + type + " NULL, made " + type + " NULL)");
    run("INSERT INTO t VALUES (1, '2020-12-31 23:59:59', '2019-01-01 00:00:00', '2024-01-01 00:00:00'),"
        " (2, NULL, '2021-01-01 00:00:00', NULL), (3, NULL, NULL, '2018-02-28 12:00:00'), (4, NULL, NULL, NULL),"
        " (5, '2020-02-29 00:00:00', '2099-01-01 00:00:00', NULL), (6, '1850-01-01 00:00:00', NULL, '2018-01-01 "
        "00:00:00')");
    Entity dated = entity("t");
    for (Attribute& each : dated.attributes) each.type = ValueType::date;
    auto rows = database().select(sql::Renderer(grammar(), as_of).measure(dated, {{}}, {{"a", "b"}, {"made"}}));
    std::sort(rows.begin(), rows.end());
    EXPECT_EQ(rows, (std::vector<sql::Row>{{"1800", "1"}, {"2018", "2"}, {"2020", "2"}, {"2021", "1"}}));
}

INSTANTIATE_TEST_SUITE_P(On, Contract, ::testing::ValuesIn(all_products),
                         [](const auto& instance) { return to_string(instance.param); });
INSTANTIATE_TEST_SUITE_P(On, MomentsOfAnyType, ::testing::Values(Product::sqlite),
                         [](const auto& instance) { return to_string(instance.param); });
INSTANTIATE_TEST_SUITE_P(On, Moments, ::testing::ValuesIn(all_products),
                         [](const auto& instance) { return to_string(instance.param); });

}  // namespace
}  // namespace crmaudit::live
