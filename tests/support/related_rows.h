// Rows that paths of a profile lead to, made up from the structure of the tables alone: what a purge has to take along
// with one person, and has to leave with another.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::live {

/// A row as SQL literals by column, in a table that has it.
struct MadeRow {
    TableName table;
    std::map<std::string, std::string> cells;
};

class RelatedRows {
public:
    /// `run` runs a statement and throws when it cannot; `cell` gives one cell, "" for none.
    RelatedRows(const AuditResult& result, const sql::Grammar& grammar, std::function<void(const std::string&)> run,
                std::function<std::string(const std::string&)> cell)
        : result_(result), grammar_(grammar), run_(std::move(run)), cell_(std::move(cell)) {}

    /// A row for each of the first `joins` joins of the path, from the person with this key, inserted unless there is
    /// one with that key; none for a first join that leads to the person again, whose row points at the next then.
    /// Where the path leads to a `target` row, to that one, and to no further row.
    std::vector<MadeRow> make(const Path& path, std::size_t joins, const std::string& person,
                              const MadeRow* target = nullptr);

    void remove(const MadeRow& row) const;

    /// The day that all dates say.
    void set_day(const std::string& day) { day_ = day; }

    /// How many such rows there are.
    bool is_there(const MadeRow& row) const;

    /// Rows of the join point at rows of the next: a link.
    bool points_at_next(const Path& path, std::size_t join) const;

private:
    static bool begins_with_person(const Path& path);
    /// What the person's column says, made up and set where it says nothing.
    std::string pointed_at(const Path& path, const JoinColumn& pair, const std::string& person);
    const TouchedTable& table(const TableName& name) const;
    void meet(const Condition& condition, std::map<std::string, std::string>& cells) const;
    std::vector<MadeRow> made(const Path& path, std::size_t joins, const std::string& person, const MadeRow* target);
    std::string where(const MadeRow& row) const;
    std::string filler(const TouchedTable& table, const TouchedColumn& column);
    void complete(MadeRow& row);
    void insert(const MadeRow& row) const;

    const AuditResult& result_;
    const sql::Grammar& grammar_;
    std::function<void(const std::string&)> run_;
    std::function<std::string(const std::string&)> cell_;
    int number_ = 900000;
    const char* other_end_ = "MIN";  // which row of another table is pointed at
    std::string day_ = "2010-01-01";
};

}  // namespace crmaudit::live
