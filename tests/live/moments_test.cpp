// Moments mean the same on every database, however they are stored.
#include <algorithm>
#include <functional>

#include "tests/live/contract_fixture.h"

namespace crmaudit::live {
namespace {

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
        expect_same_rows(expected);
    }

private:
    /// Scripts ask the rows themselves, and other statements a column that is worked out beside them.
    void expect_same_rows(const std::vector<std::string>& days) {
        const auto is_known = [](const std::string& day) { return day != "NULL"; };
        const auto is_since = [&](const std::string& day) { return is_known(day) && day >= "2023-05-01"; };
        const auto is_before = [&](const std::string& day) { return is_known(day) && day < "2023-05-01"; };
        const Condition since{Since{attribute("v"), parse_date("2023-05-01").value()}};
        const Condition before{Before{attribute("v"), parse_date("2023-05-01").value()}};
        expect_ids("known", present(attribute("v")), days, is_known);
        expect_ids("not known", negate(present(attribute("v"))), days, std::not_fn(is_known));
        expect_ids("since", since, days, is_since);
        expect_ids("not since", negate(since), days, std::not_fn(is_since));
        expect_sparing(since, days, is_since);
        expect_ids("before", before, days, is_before);
        expect_ids("not before", negate(before), days, std::not_fn(is_before));
    }

    template <typename Test>
    void expect_ids(const std::string& what, const Condition& condition, const std::vector<std::string>& days,
                    const Test& is_expected) {
        for (std::size_t i = 0; i < days.size(); ++i) {
            EXPECT_EQ(meets(condition, i + 1, as_of), is_expected(days[i])) << what << ": " << i + 1;
        }
    }

    /// A day that is known leaves no doubt.
    template <typename Test>
    void expect_sparing(const Condition& since, const std::vector<std::string>& days, const Test& is_since) {
        const sql::Days sparing{as_of, as_of, true};
        for (std::size_t i = 0; i < days.size(); ++i) {
            EXPECT_EQ(meets(since, i + 1, sparing), is_since(days[i])) << "since, sparing: " << i + 1;
            if (days[i] == "NULL") continue;
            EXPECT_EQ(meets(negate(since), i + 1, sparing), !is_since(days[i])) << "not since, sparing: " << i + 1;
        }
    }

protected:
    bool meets(const Condition& condition, std::size_t id, sql::Days days) {
        Entity rows = entity("t");
        for (Attribute& each : rows.attributes) each.type = ValueType::date;
        rows.key = {"id"};
        const std::string asked = sql::Renderer(grammar(), days).keys(rows, condition);
        EXPECT_EQ(asked.find("b."), std::string::npos) << asked;
        return scratch_.admin()
                   .value("SELECT COUNT(*) FROM (" + asked + ") k WHERE k." + grammar().quote(std::string_view{"k1"}) +
                          " = " + std::to_string(id))
                   .value_or("") == "1";
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

// SQLite compares a text as it stands where that is enough.
TEST_P(Moments, AreReadFromTextOfAnyShape) {
    std::vector<Stored> stored{{"'2023-05-08 10:11:12'", "2023-05-08"}, {"'2023-05-09 10:11:12'", "2023-05-09"}};
    if (is(Product::sqlite)) {
        stored.push_back({"'2023-05-08 23:30:00-11:00'", "2023-05-08"});
        stored.push_back({"'2023-05-08   10:11'", "2023-05-08"});
        stored.push_back({"'2023-05-08' || char(9) || '10:11'", "NULL"});
        stored.push_back({"'2023-05-00 10:11:12'", "NULL"});
        stored.push_back({"'19:30'", "NULL"});
        stored.push_back({"'1999999.05'", "NULL"});
        stored.push_back({"'2024.56712 '", "NULL"});
        stored.push_back({"'2022-13-05 10:11:12'", "NULL"});
        stored.push_back({"'2022-05-08 25:61'", "2022-05-08"});
        stored.push_back({"'2026-06-15 24:00:00'", "2026-06-15"});
        stored.push_back({"'2026-06-15  24:00'", "2026-06-15"});
        stored.push_back({"'1899-12-28 24:00:00'", "NULL"});
    }
    expect_days(by_product("TEXT", "text", "varchar(40)"), stored);
}

TEST_P(Moments, AreSparedInDoubtOnlyWhereTheyAreDenied) {
    run("CREATE TABLE t (id integer PRIMARY KEY, v " + by_product("text", "timestamp", "datetime") + ")");
    if (is(Product::mariadb)) run("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
    run("INSERT INTO t VALUES (1, " + by_product("'2024-02-31 10:11:12'", "'infinity'", "'2024-02-31 10:11:12'") +
        "), (2, " + by_product("'2021-02-31 10:11:12'", "'-infinity'", "'2021-02-31 10:11:12'") + "), (3, NULL)");
    const Condition since{Since{attribute("v"), parse_date("2023-05-01").value()}};
    const sql::Days sparing{as_of, as_of, true};
    EXPECT_TRUE(meets(negate(since), 1, as_of)) << "for the audit that is no day";
    EXPECT_FALSE(meets(negate(since), 1, sparing));
    EXPECT_FALSE(meets(since, 1, sparing));
    EXPECT_FALSE(meets(negate(negate(since)), 1, sparing));
    EXPECT_TRUE(meets(negate(since), 2, sparing));
    EXPECT_TRUE(meets(negate(since), 3, sparing));
    EXPECT_FALSE(meets(negate(all({negate(since), missing(attribute("v"))})), 1, sparing))
        << "what is denied twice is not denied";
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
        stored.push_back({"'2023-06-00 00:00:00'", "NULL"});
        stored.push_back({"'2023-02-31 00:00:00'", "NULL"});
        stored.push_back({"'2023-04-31 00:00:00'", "NULL"});
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

INSTANTIATE_TEST_SUITE_P(On, MomentsOfAnyType, ::testing::Values(Product::sqlite),
                         [](const auto& instance) { return to_string(instance.param); });
INSTANTIATE_TEST_SUITE_P(On, Moments, ::testing::ValuesIn(all_products),
                         [](const auto& instance) { return to_string(instance.param); });

}  // namespace
}  // namespace crmaudit::live
