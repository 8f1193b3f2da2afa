// One suite for every database: what a dialect renders means the same everywhere, whatever names, types and values a
// table holds.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/live/contract_fixture.h"

namespace crmaudit::live {
namespace {

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

}  // namespace
}  // namespace crmaudit::live
