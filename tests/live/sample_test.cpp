// Samples of tables with 1,000,000 rows: what stands in a part of a table only is met, the same seed gives the same
// rows, and those lie where the seed says, on each database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "auditor/sql/sample_positions.h"
#include "tests/live/sample_fixture.h"

namespace crmaudit::live {
namespace {

constexpr std::int64_t rows = 1000000;
constexpr std::size_t wanted = 1000;

class Sample : public testing::TestWithParam<Product> {
protected:
    /// Addresses stand in the newest tenth of the rows only, and in the middle tenth.
    void make_table(const std::string& name, const std::string& key_type, const std::string& key,
                    const std::string& order = "") {
        auto& admin = scratch_.admin();
        admin.run("CREATE TABLE " + name + " (id " + key_type +
                  ", made integer, newest varchar(50), middle varchar(50))");
        const std::string address =
            GetParam() == Product::mariadb ? "CONCAT('p', i, '@example.org')" : "'p' || i || '@example.org'";
        admin.run("INSERT INTO " + name + " SELECT " + key + ", i, CASE WHEN i > 900000 THEN " + address +
                  " END, CASE WHEN i > 450000 AND i <= 550000 THEN " + address + " END" + numbers(GetParam(), rows) +
                  order);
    }

    Sampled read(const std::string& table, std::uint64_t seed = 1) {
        return sampled(scratch_, table, {"id", "made", "newest", "middle"}, {.seed = seed});
    }

    Scratch scratch_{GetParam()};
};

std::vector<std::int64_t> expected_positions(const std::string& table, std::uint64_t seed) {
    return sql::sample_positions(rows, wanted, sql::seed_for(seed, table));
}

/// How many of the rows were made in each tenth of the table's life.
std::vector<int> by_tenth(const Sampled& sampled) {
    std::vector<int> counts(10);
    for (const auto& made : sampled.column(1))
        ++counts.at(static_cast<std::size_t>((std::stoll(made) - 1) * 10 / rows));
    return counts;
}

TEST_P(Sample, OfIntegerKeysMeetsEveryPartOfTheTable) {
    make_table("persons", "integer PRIMARY KEY", "i");
    const Sampled first = read("persons");
    EXPECT_EQ(first.sample.method, SampleMethod::key_positions);
    EXPECT_EQ(first.sample.rows_total, rows);
    EXPECT_EQ(first.sample.rows_read, static_cast<std::int64_t>(wanted));
    EXPECT_EQ(first.filled(2), 100U);
    EXPECT_EQ(first.filled(3), 100U);
    EXPECT_EQ(by_tenth(first), std::vector<int>(10, 100));

    std::vector<std::string> expected;
    for (const auto position : expected_positions("persons", 1)) expected.push_back(std::to_string(position));
    EXPECT_EQ(first.column(0), expected) << "the same rows on every database";
}

TEST_P(Sample, OfTextKeysMeetsEveryPartOfTheTable) {
    make_table("persons", "char(36) NOT NULL PRIMARY KEY", uuid_of_i(GetParam()), " ORDER BY 1");
    const Sampled first = read("persons");
    EXPECT_EQ(first.sample.method, SampleMethod::key_positions);
    EXPECT_EQ(first.sample.rows_read, static_cast<std::int64_t>(wanted));
    EXPECT_THAT(first.filled(2), testing::AllOf(testing::Ge(60U), testing::Le(140U)));
    EXPECT_THAT(first.filled(3), testing::AllOf(testing::Ge(60U), testing::Le(140U)));
    EXPECT_THAT(by_tenth(first), testing::Each(testing::AllOf(testing::Ge(60), testing::Le(140))));

    std::vector<std::string> keys;
    for (std::int64_t i = 1; i <= rows; ++i) keys.push_back(uuid_of(i));
    std::sort(keys.begin(), keys.end());
    std::vector<std::string> expected;
    for (const auto position : expected_positions("persons", 1))
        expected.push_back(keys.at(static_cast<std::size_t>(position - 1)));
    EXPECT_EQ(first.column(0), expected) << "the same rows on every database";
}

TEST_P(Sample, OfATableWithoutAKeyMeetsEveryPartOfIt) {
    make_table("persons", "integer", "i");
    const Sampled first = read("persons");
    const SampleMethod method = GetParam() == Product::sqlite       ? SampleMethod::key_positions
                                : GetParam() == Product::postgresql ? SampleMethod::blocks
                                                                    : SampleMethod::row_chance;
    EXPECT_EQ(first.sample.method, method);
    EXPECT_EQ(first.sample.rows_total, rows);
    EXPECT_EQ(first.sample.rows_read, static_cast<std::int64_t>(first.rows.size()));
    EXPECT_THAT(first.rows.size(), testing::AllOf(testing::Ge(800U), testing::Le(wanted)));
    EXPECT_THAT(first.filled(2), testing::AllOf(testing::Ge(60U), testing::Le(140U)));
    EXPECT_THAT(first.filled(3), testing::AllOf(testing::Ge(60U), testing::Le(140U)));
    EXPECT_THAT(by_tenth(first), testing::Each(testing::AllOf(testing::Ge(60), testing::Le(140))));
    EXPECT_EQ(read("persons").rows, first.rows);
    EXPECT_NE(read("persons", 2).rows, first.rows);
}

INSTANTIATE_TEST_SUITE_P(, Sample, testing::ValuesIn(all_products), testing::PrintToStringParamName());

}  // namespace
}  // namespace crmaudit::live
