// Which rows of an entity have texts to be read, and what of each: SQL over the entity's table, which stands under the
// name t. Texts of other tables come one for each row, however many there are. Only `text_query` makes one.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/entity.h"
#include "auditor/sql/condition_sql.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::sql {

/// What is asked of the rows that meet `where`; all names are attributes of the entity.
struct TextQuestion {
    Condition where;
    std::vector<Condition> flags;     // each gives a cell with 1 or 0
    std::vector<std::string> labels;  // texts, short: a key
    std::vector<std::string> texts;   // of any length
    std::vector<std::string> dates;   // the first that is known tells how new a row is
};

class TextQuery {
public:
    struct Text {
        std::string sql;
        ColumnKind kind = ColumnKind::unknown;
    };
    const Table& table() const { return *table_; }  // of the catalog
    const std::string& where() const { return where_; }
    /// Flags, then labels.
    const std::vector<std::string>& cells() const { return cells_; }
    const std::vector<Text>& texts() const { return texts_; }
    /// A day and time as text that sorts; empty where none is known.
    const std::string& moment() const { return moment_; }

private:
    friend TextQuery text_query(const Grammar& grammar, Date as_of, const Entity& entity, const Table& table,
                                const TextQuestion& question);
    const Table* table_ = nullptr;
    std::string where_;
    std::vector<std::string> cells_;
    std::vector<Text> texts_;
    std::string moment_;
};

/// The entity is bound to the catalog that has the table, which outlives the query. A text through a path is one of the
/// filled ones there.
TextQuery text_query(const Grammar& grammar, Date as_of, const Entity& entity, const Table& table,
                     const TextQuestion& question);

}  // namespace crmaudit::sql
