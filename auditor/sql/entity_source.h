// The FROM clause of a statement over one entity. The base table is read once, with every attribute under its name;
// each related path is aggregated once, in one derived table that everything in the statement shares.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/entity.h"
#include "auditor/sql/column_forms.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::sql {

class EntitySource {
public:
    EntitySource(const Grammar& grammar, Days days, const KeyLists& lists, const Entity& entity)
        : grammar_(grammar),
          days_(days),
          lists_(lists),
          entity_(entity),
          forms_(grammar, days.latest),
          tables_{entity.table} {}

    /// Announces what the statement will ask for; all of it before `from` or `conditions`.
    void use(const Condition& condition);
    void use(const Operand& operand);
    void use_key();

    /// A column of the base table.
    void use_column(const Operand& operand);

    /// Only rows whose key stands in this table, SQL: its columns are k1, k2, … in the order of the key. What is
    /// related is read for these alone. Wants use_key.
    void among(std::string keys) { among_ = std::move(keys); }

    /// Renders conditions over the entity's rows.
    ConditionRenderer conditions() const;

    /// A condition that was announced, over `rows` alone and without anything else of the statement; absent where
    /// related rows have a say in what was announced.
    std::optional<std::string> row_condition(const Condition& condition) const;

    /// What that statement calls a row; t unless said otherwise.
    void call_row(std::string name) { row_ = std::move(name); }

    /// The rows that are asked about, for a FROM: the table as t, with `among` joined to the keys as w.
    std::string rows() const;

    /// What the operand, as it was announced, stands for in the statement.
    Value value(const Operand& operand) const;

    /// The columns of the entity's key, as announced by use_key.
    std::vector<std::string> key() const;

    /// `rest` is the text that the statement consists of besides: only what it names is evaluated.
    std::string from(const std::string& rest);

    /// FROM to WHERE of the rows that a path leads to, its tables named j1, j2, …; with `among`, from those keys.
    std::string rows_of(const Path& path) { return joined_tables(path); }

    /// The tables that `from` has named.
    const std::vector<TableName>& tables() const { return tables_; }

private:
    const Attribute& find(const std::string& name) const;
    /// An attribute as an expression over the base table itself.
    Value own_value(const Attribute& attribute) const;
    Value row_value(const Operand& operand) const;
    std::string plausible_moment(const Operand& base_column) const;
    ColumnForms::Name form_names(const std::string& name) const;
    ConditionRenderer base_conditions() const;
    ConditionRenderer join_conditions(std::size_t join) const;

    std::string base_table(const std::string& rest) const;
    std::string related_table(const Path& path, const std::vector<std::string>& attributes);
    static std::string aggregated(const Related& related, const ConditionRenderer& renderer);
    std::string joined_tables(const Path& path);
    std::string pairs(const std::vector<JoinColumn>& on, const std::string& left, const std::string& right) const;

    const Grammar& grammar_;
    Days days_;
    const KeyLists& lists_;
    const Entity& entity_;
    ColumnForms forms_;
    bool uses_live_ = false;
    std::string among_;
    std::string row_ = "t";
    std::vector<Operand> columns_;                             // of the base table, as they are
    std::vector<std::string> own_attributes_;                  // computed from the base table
    std::map<std::string, std::vector<std::string>> by_path_;  // path → attributes
    std::vector<TableName> tables_;
};

}  // namespace crmaudit::sql
