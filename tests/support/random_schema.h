// A made-up schema of persons and of rows that hang on them by paths and by foreign keys of all kinds, with its rows in
// memory; and what must be true of the rows once persons were purged, worked out from these alone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/live.h"

namespace crmaudit::live {

class RandomSchema {
public:
    explicit RandomSchema(std::uint64_t seed);

    std::string profile() const;
    std::vector<std::string> statements(Product product) const;

    std::size_t table_count() const { return tables_.size(); }
    std::string table_name(std::size_t table) const { return tables_[table].name; }
    /// "id", and the other columns that point somewhere, as the table has them.
    std::vector<std::string> columns(std::size_t table) const;

    /// Rows by table, each as its cells by column, "" for NULL.
    using Cells = std::vector<std::string>;
    using State = std::vector<std::set<Cells>>;
    State before() const;
    /// The state once exactly these persons are gone.
    State after(const std::set<int>& gone) const;

    const std::set<int>& due() const { return due_; }
    /// Nothing but the person's own rows points at what would go with this one.
    bool stands_alone(int person) const;

private:
    struct Reference {
        std::string column;
        std::size_t target = 0;
        std::string on_delete;  // "": none that the database knows of
        bool nullable = true;
    };
    using Row = std::vector<std::optional<int>>;
    struct Table {
        std::string name;
        bool two_keys = false;  // the key has a second column
        std::vector<Reference> references;
        std::map<int, Row> rows;
    };
    /// From the table before to `table`: by its reference to it, or by the reference of the table before.
    struct Step {
        std::size_t table = 0;
        std::size_t reference = 0;
        bool down = true;  // the reference is of `table`
        bool operator==(const Step&) const = default;
        auto operator<=>(const Step&) const = default;
    };
    struct Way {
        std::vector<Step> steps;
        std::string purge;
    };
    using Rows = std::vector<std::set<int>>;  // by table
    using Removals = std::map<std::vector<Step>, std::set<int>>;

    void make_tables(test::Dice& dice);
    void make_rows(test::Dice& dice);
    void make_ways(test::Dice& dice);
    std::optional<int> second(std::size_t table, int id) const;
    std::set<int> next(const std::set<int>& rows, std::size_t table, const Step& step) const;
    std::set<int> previous(const std::set<int>& rows, std::size_t table, const Step& step) const;
    bool is_link(const std::vector<Step>& steps) const;
    Removals candidates(const std::set<int>& gone) const;
    Removals removed(const std::set<int>& gone, bool certainly = false) const;
    bool is_held(std::size_t table, int row, const std::vector<Step>& own, const std::set<int>& gone,
                 const Removals& removals) const;
    bool goes(std::size_t table, int row, const std::set<int>& gone, const Removals& removals) const;
    Rows with_cascades(Rows going) const;

    std::vector<Table> tables_;
    std::vector<Way> ways_;
    std::set<int> due_;
};

}  // namespace crmaudit::live
