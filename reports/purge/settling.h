// What a batch settles between finding what its persons' rows are and deleting anything: rows that others have a part
// in are taken out of those that go, persons are taken out who would leave something behind that points at nothing,
// and foreign keys that lead in a cycle are emptied.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "auditor/sql/grammar.h"
#include "auditor/sql/render.h"
#include "reports/purge/script.h"

namespace crmaudit::reports::purge {

class Settling {
public:
    /// `sql` has the step's tables of keys, its removals in the order of the step's reach.
    /// `in_batch` is ScriptGrammar::in_batch.
    Settling(const sql::Grammar& grammar, const sql::Renderer& renderer, const Step& step, const StepSql& sql,
             std::string in_batch)
        : grammar_(grammar), renderer_(renderer), step_(step), sql_(sql), in_batch_(std::move(in_batch)) {}

    /// Statements for when the keys of all rows are collected. After them the tables of keys hold what goes, exactly.
    std::vector<std::string> settled() const;

    /// Statements for right before the first deletion. `token` is what only a passed guard leaves behind.
    std::vector<std::string> unlinked(const std::string& token) const;

private:
    using Statements = std::vector<std::string>;

    void add_held(Statements& statements) const;
    /// What to settle next of those that are not: one that none of the others holds, if there is one.
    std::size_t next_of(const std::set<std::size_t>& open) const;
    void collect_again(Statements& statements) const;

    /// The row of the table of keys stays because of this holder; only what is `settled` by then counts as gone.
    std::string held(std::size_t removal, const OtherHolder& holder, const std::set<std::size_t>& settled) const;
    std::string left_by_previous(std::size_t removal) const;

    /// "FROM going g JOIN …": persons who go, and rows that are tied to what goes with them and do not go themselves.
    std::string tied(const Tie& tie, bool whoever_goes = false) const;
    bool is_among_persons(const Tie& tie) const;

    /// " AND NOT EXISTS …" that the row of the table goes.
    std::string stays(const TableName& table, const std::string& alias, const std::set<std::size_t>& removals) const;
    std::set<std::size_t> all_removals() const;

    std::string pairs(const std::vector<JoinColumn>& on, const std::string& left, const std::string& right) const;

    const sql::Grammar& grammar_;
    const sql::Renderer& renderer_;
    const Step& step_;
    const StepSql& sql_;
    std::string in_batch_;
};

}  // namespace crmaudit::reports::purge
