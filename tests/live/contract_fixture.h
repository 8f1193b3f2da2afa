// A table on one of the databases, and what is counted of it by what a dialect renders.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auditor/sql/render.h"
#include "connectors/database.h"
#include "tests/support/live.h"

namespace crmaudit::live {

using sql::Measure;

constexpr Date as_of{std::chrono::year{2026}, std::chrono::month{6}, std::chrono::day{15}};

inline Measure counting(Condition condition) { return {Measure::What::count, std::move(condition), ""}; }

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

}  // namespace crmaudit::live
