// No column type may break a run: every measure there is, over one column of each common type, with a value and with
// NULL.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "auditor/sql/render.h"
#include "connectors/database.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

using sql::Measure;

const Date as_of{std::chrono::year{2026}, std::chrono::month{6}, std::chrono::day{15}};

struct Typed {
    std::string type;
    std::string value;
};

const std::vector<Typed> sqlite_types{
    {"INTEGER", "1"},
    {"INTEGER", "'max@example.de'"},
    {"INTEGER", "x'00ff0041'"},
    {"INTEGER", "9223372036854775807"},
    {"VARCHAR(5)", "'much longer than declared'"},
    {"VARCHAR(5)", "12.5"},
    {"TEXT", "x'c3'"},
    {"TEXT", "'a' || char(0) || 'b'"},
    {"DATE", "'31.12.2024'"},
    {"DATE", "2460110.5"},
    {"DATETIME", "1686787200"},
    {"TIMESTAMP", "x'ff'"},
    {"BOOLEAN", "'yes'"},
    {"BOOLEAN", "7"},
    {"DECIMAL(10,2)", "'abc'"},
    {"REAL", "9e999"},
    {"BLOB", "zeroblob(70000)"},
    {"JSON", "'{\"a\": 1}'"},
    {"UUID", "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'"},
    {"TIME", "'10:11:12'"},
    {"", "'no type'"},
    {"WHATEVER(1, 2)", "3"},
};

const std::vector<Typed> postgresql_types{
    {"smallint", "1"},
    {"bigint", "-9223372036854775808"},
    {"numeric", "'NaN'"},
    {"numeric", "1e100"},
    {"real", "'-Infinity'"},
    {"double precision", "1e308"},
    {"boolean", "true"},
    {"date", "'2023-05-01'"},
    {"timestamp", "'2023-05-01 10:11:12.123456'"},
    {"timestamptz", "'2023-05-01 10:11:12+02'"},
    {"time", "'24:00:00'"},
    {"timetz", "'10:11:12+02'"},
    {"interval", "'1 year 2 months -3 days'"},
    {"char(10)", "'abc'"},
    {"varchar(10)", "'äöü'"},
    {"text", "repeat('x', 100000)"},
    {"name", "'n'"},
    {"\"char\"", "'c'"},
    {"bytea", "'\\x00ff0041'"},
    {"json", "'{\"a\": [1, null]}'"},
    {"jsonb", "'{\"a\": [1, null]}'"},
    {"xml", "'<a b=\"c\">d</a>'"},
    {"text[]", "ARRAY['x', 'y,z', NULL, 'ü']"},
    {"integer[]", "ARRAY[[1, 2], [3, 4]]"},
    {"mood", "'happy'"},
    {"mood[]", "ARRAY[CAST('happy' AS mood)]"},
    {"bit(5)", "B'10101'"},
    {"bit varying", "B'1'"},
    {"uuid", "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'"},
    {"inet", "'10.0.0.1/24'"},
    {"cidr", "'10.0.0.0/24'"},
    {"macaddr", "'08:00:2b:01:02:03'"},
    {"money", "12.5"},
    {"point", "'(1,2)'"},
    {"polygon", "'((0,0),(1,1),(2,0))'"},
    {"tsvector", "'a b c'"},
    {"int4range", "'[1,5)'"},
    {"oid", "1"},
    {"regclass", "'pg_class'"},
    {"address", "ROW('Straße 1', 12345)"},
    {"short_text", "'x'"},
    {"shorter_text", "'x'"},
    {"text COLLATE without_case", "'Ä'"},
    {"text COLLATE \"C\"", "'Ä'"},
};

const std::vector<Typed> mariadb_types{
    {"boolean", "1"},
    {"tinyint", "-128"},
    {"bigint unsigned", "18446744073709551615"},
    {"int zerofill", "7"},
    {"bit(1)", "1"},
    {"bit(5)", "b'10101'"},
    {"bit(64)", "b'1111'"},
    {"decimal(65,30)", "12345678901234567890.5"},
    {"float", "1.5"},
    {"double", "1e308"},
    {"date", "'2023-05-01'"},
    {"datetime(6)", "'2023-05-01 10:11:12.123456'"},
    {"timestamp(3) NULL", "'2023-05-01 10:11:12.123'"},
    {"time", "'-838:59:59'"},
    {"year", "2023"},
    {"char(10)", "'abc'"},
    {"varchar(20) CHARACTER SET latin1 COLLATE latin1_german1_ci", "'äöü'"},
    {"varchar(20) CHARACTER SET utf8mb3", "'äöü'"},
    {"varchar(20) CHARACTER SET ucs2", "'äöü'"},
    {"text COLLATE utf8mb4_bin", "'Ä 😀'"},
    {"longtext", "REPEAT('x', 100000)"},
    {"binary(3)", "x'00ff01'"},
    {"varbinary(10)", "x'c3'"},
    {"longblob", "REPEAT(x'00', 70000)"},
    {"enum('a','ü')", "'ü'"},
    {"set('x','y')", "'x,y'"},
    {"json", "'{\"a\": [1, null]}'"},
    {"uuid", "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'"},
    {"inet6", "'::1'"},
    {"inet4", "'10.0.0.1'"},
    {"point", "POINT(1, 2)"},
    {"geometry", "ST_GeomFromText('POLYGON((0 0,1 1,2 0,0 0))')"},
};

const std::vector<Typed>& types_of(Product product) {
    switch (product) {
        case Product::sqlite: return sqlite_types;
        case Product::postgresql: return postgresql_types;
        case Product::mariadb: break;
    }
    return mariadb_types;
}

std::string column_name(std::size_t index) { return "c" + std::to_string(index); }

class EveryType : public ::testing::TestWithParam<Product> {
protected:
    /// Row 1 holds the values, row 2 NULL in every column.
    void make_table() {
        if (GetParam() == Product::postgresql) {
            scratch_.admin().run("CREATE TYPE mood AS ENUM ('happy', 'sad')");
            scratch_.admin().run("CREATE TYPE address AS (street text, code integer)");
            scratch_.admin().run("CREATE DOMAIN short_text AS varchar(10) CHECK (VALUE <> 'bad')");
            scratch_.admin().run("CREATE DOMAIN shorter_text AS short_text");
            scratch_.admin().run(
                "CREATE COLLATION without_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        }
        std::string columns;
        std::string values;
        const auto& types = types_of(GetParam());
        for (std::size_t i = 0; i < types.size(); ++i) {
            columns += ", " + column_name(i) + " " + types[i].type;
            values += ", " + types[i].value;
        }
        scratch_.admin().run("CREATE TABLE t (id integer PRIMARY KEY" + columns + ")");
        scratch_.admin().run("INSERT INTO t VALUES (1" + values + ")");
        scratch_.admin().run("INSERT INTO t (id) VALUES (2)");
    }

    static Entity entity_of(const Table& table) {
        Entity entity;
        entity.name = "t";
        entity.table = table.name;
        entity.key = table.primary_key;
        for (const Column& c : table.columns) {
            entity.attributes.push_back({c.name, ValueType::text, std::nullopt, OwnColumn{column(c.name, c.kind)}});
        }
        return entity;
    }

    Scratch scratch_{GetParam()};
};

TEST_P(EveryType, CanBeCountedComparedAndDated) {
    make_table();
    const auto database = connectors::open_database(scratch_.options());
    const Catalog catalog = database->read_catalog();
    ASSERT_EQ(catalog.tables.size(), 1U);
    const Table& table = catalog.tables.front();
    const Entity entity = entity_of(table);
    const sql::Renderer renderer{database->grammar(), as_of};
    const auto count = [](Condition condition) { return Measure{Measure::What::count, std::move(condition), ""}; };
    const auto& types = types_of(GetParam());
    ASSERT_EQ(table.columns.size(), types.size() + 1);
    for (std::size_t i = 0; i < types.size(); ++i) {
        const Operand c = column(column_name(i), table.columns[i + 1].kind);
        SCOPED_TRACE(types[i].type + " " + types[i].value);
        const std::vector<Measure> measures{count(missing(c)),
                                            count(missing(c, {"unknown", "-"})),
                                            count(present(c)),
                                            count({OneOf{c, {"no such value", "1"}}}),
                                            count(negate({OneOf{c, {"no such value", "1"}}})),
                                            count({OneOf{c, {"-4711"}}}),
                                            count({ListHas{c, {"no such value"}}}),
                                            count({Before{c, as_of}}),
                                            count({LaterThan{c, c, {1, 0}}}),
                                            {Measure::What::earliest, {}, c.name},
                                            {Measure::What::latest, {}, c.name}};
        const auto rows = database->select(renderer.measure(entity, measures));
        ASSERT_EQ(rows.size(), 1U);
        const auto& cells = rows.front();
        const bool is_no_date = (c.kind == ColumnKind::date || c.kind == ColumnKind::timestamp) && !cells[10];
        EXPECT_EQ(cells[0], is_no_date ? "2" : "1");
        EXPECT_EQ(cells[1], is_no_date ? "2" : "1");
        EXPECT_EQ(cells[2], is_no_date ? "0" : "1");
        EXPECT_EQ(std::stoi(*cells[3]) + std::stoi(*cells[4]), 2);
        EXPECT_EQ(cells[5], "0");
        EXPECT_EQ(cells[6], "0");
        EXPECT_EQ(cells[7], cells[9] ? "1" : "0");
        EXPECT_EQ(cells[8], "0");
        EXPECT_EQ(cells[9], cells[10]);
        EXPECT_LE(database->select(renderer.measure(entity, {{}}, {{c.name}, {}})).size(), 2U);
    }
}

TEST_P(EveryType, JoinsAsTextWithEveryOther) {
    make_table();
    const auto database = connectors::open_database(scratch_.options());
    const Catalog catalog = database->read_catalog();
    const Table& table = catalog.tables.at(0);
    const sql::Renderer renderer{database->grammar(), as_of};
    for (std::size_t i = 0; i < types_of(GetParam()).size(); ++i) {
        const std::string name = column_name(i);
        SCOPED_TRACE(types_of(GetParam())[i].type);
        Entity entity = entity_of(table);
        entity.paths = {{"same", {{table.name, {{name, name, true}}, {}}}}};
        entity.attributes.push_back({"met", ValueType::flag, std::nullopt, Related{"same", Aggregate::any, {}, {}}});
        // Some types cannot be grouped by (json, xml, point): then the statement fails and the session goes on.
        try {
            const auto rows = database->select(renderer.measure(entity, {{Measure::What::count, holds("met"), ""}}));
            EXPECT_EQ(rows.at(0).at(0), "1");
        } catch (const sql::QueryError& error) {
            EXPECT_EQ(GetParam(), Product::postgresql) << error.what();
            EXPECT_EQ(error.reason(), sql::QueryError::Reason::other);
        }
        EXPECT_EQ(database->select(renderer.touch(table.name)).size(), 1U);
    }
}

TEST_P(EveryType, CanBeReadAsAValue) {
    make_table();
    const auto database = connectors::open_database(scratch_.options());
    const Catalog catalog = database->read_catalog();
    ASSERT_EQ(catalog.tables.size(), 1U);
    std::vector<std::string> names;
    for (const Column& each : catalog.tables.front().columns) names.push_back(each.name);
    std::vector<sql::Row> rows;
    database->read_values(catalog.tables.front(), names, {}, [&](const sql::Row& row) {
        rows.push_back(row);
        return true;
    });
    ASSERT_EQ(rows.size(), 2U);
    for (std::size_t i = 1; i < names.size(); ++i) {
        EXPECT_TRUE(rows[0][i].has_value()) << types_of(GetParam())[i - 1].type;
        EXPECT_FALSE(rows[1][i].has_value()) << types_of(GetParam())[i - 1].type;
    }
}

INSTANTIATE_TEST_SUITE_P(On, EveryType, ::testing::ValuesIn(all_products),
                         [](const auto& instance) { return to_string(instance.param); });

}  // namespace
}  // namespace crmaudit::live
