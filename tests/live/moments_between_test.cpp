// Whether a value lies between two days is asked in shorter ways than what moment it is, and the answer has to be the
// same, whatever is stored.
#include "tests/live/contract_fixture.h"

namespace crmaudit::live {
namespace {

/// One value of each list after the other.
std::vector<std::string> products(const std::vector<std::vector<std::string>>& lists) {
    std::vector<std::string> all{""};
    for (const auto& list : lists) {
        std::vector<std::string> longer;
        for (const std::string& start : all) {
            for (const std::string& end : list) longer.push_back(start + end);
        }
        all = std::move(longer);
    }
    return all;
}

class MomentsBetween : public Contract {
protected:
    void store(const std::string& type, const std::vector<std::string>& literals) {
        constexpr std::size_t at_once = 500;
        run("CREATE TABLE t (v " + type + ")");
        for (std::size_t i = 0; i < literals.size(); i += at_once) {
            std::string rows;
            for (std::size_t j = i; j < std::min(i + at_once, literals.size()); ++j) {
                rows += (j == i ? "(" : ", (") + literals[j] + ")";
            }
            run("INSERT INTO t VALUES " + rows);
        }
    }

    std::string first(const std::string& condition) {
        return scratch_.admin().value("SELECT v FROM t WHERE " + condition + " LIMIT 1").value_or("");
    }

    void expect_same_answers(ColumnKind kind) {
        for (const auto& [first_day, end] : std::vector<std::pair<const char*, const char*>>{
                 {"2023-05-01", "2024-03-01"}, {"1900-01-01", "2023-05-01"}, {"2023-05-01", "9998-12-31"}}) {
            const Date from = *parse_date(first_day);
            const Date to = *parse_date(end);
            const std::string moment = grammar().moment_between("t.v", kind, from, to) + " IS NOT NULL";
            const std::string is = grammar().is_between("t.v", kind, from, to);
            const std::string may_be = grammar().may_be_between("t.v", kind, from, to);
            const auto found = scratch_.admin().value("SELECT COUNT(*) FROM t WHERE " + moment).value_or("");
            EXPECT_GT(std::stol(found), 50) << first_day;
            EXPECT_EQ(first("COALESCE(" + is + ", 2) <> (" + moment + ")"), "") << first_day << " to " << end;
            // What is in doubt is added to what is known, and nothing else is taken away.
            EXPECT_EQ(first("(" + moment + ") AND COALESCE(" + may_be + ", 0) = 0"), "") << first_day << " to " << end;
        }
    }

    /// Of every shape that a database may take for a moment, and of those that it may not.
    static std::vector<std::string> spellings() {
        std::vector<std::string> all =
            products({{"'", "' ", "'0"},
                      {"0999-", "1899-", "1900-", "2023-", "2024-", "9998-", "2023/"},
                      {"00-", "02-", "04-", "05-", "12-", "5-"},
                      {"00", "01", "09", "28", "29", "30", "31", "1"},
                      {"", " ", "T", "\t", "x"},
                      {"'", "00:00:00'", "24:00:00'", "10:00'", "9:00'", "10:00:00.123'", "23:59:60'", " 10:00:00'",
                       "10:00:00+05:00'", "01:00:00-05:00'", "zz'"}});
        for (const char* each : {"'now'", "''", "' '", "':'", "'1'", "'9'", "'12:00'", "'2460110.5'", "'20230615'",
                                 "'2023'", "'infinity'", "NULL"}) {
            all.emplace_back(each);
        }
        return all;
    }
};

using MomentsBetweenInSqlite = MomentsBetween;

TEST_P(MomentsBetweenInSqlite, AreThoseThatAreFoundTheLongWay) {
    std::vector<std::string> literals = spellings();
    for (const char* number : {"0", "1", "-1", "1686787200", "1686787200.25", "1686787200000", "20230615", "2460110.5",
                               "2023", "99999999999", "100000000000", "-2208988800", "1.5e300", "9e999", "2023.5"}) {
        literals.emplace_back(number);
        literals.push_back("'" + std::string{number} + "'");
    }
    for (const char* each : {"x'323032332d30362d3135'", "x'00ff'", "x''"}) literals.emplace_back(each);
    for (const char* type : {"", "TEXT", "TEXT COLLATE NOCASE", "timestamp", "date", "REAL", "BLOB"}) {
        store(type, literals);
        expect_same_answers(ColumnKind::timestamp);
        run("DROP TABLE t");
    }
}

using MomentsBetweenInMariadb = MomentsBetween;

TEST_P(MomentsBetweenInMariadb, AreThoseThatAreFoundTheLongWay) {
    run("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
    const std::vector<std::string> days = products({{"'"},
                                                    {"0000-", "1899-", "1900-", "2023-", "2024-", "9998-"},
                                                    {"00", "01", "02", "04", "05", "06", "11", "12"},
                                                    {"-00", "-01", "-28", "-29", "-30", "-31"},
                                                    {" 00:00:00'", " 23:59:59'"}});
    for (const char* type : {"datetime", "date"}) {
        store(type, days);
        expect_same_answers(type == std::string_view{"date"} ? ColumnKind::date : ColumnKind::timestamp);
        run("DROP TABLE t");
    }
}

INSTANTIATE_TEST_SUITE_P(On, MomentsBetweenInSqlite, ::testing::Values(Product::sqlite),
                         [](const auto& instance) { return to_string(instance.param); });
INSTANTIATE_TEST_SUITE_P(On, MomentsBetweenInMariadb, ::testing::Values(Product::mariadb),
                         [](const auto& instance) { return to_string(instance.param); });

}  // namespace
}  // namespace crmaudit::live
