// Fields that are kept in rows: a table of values beside a table of definitions ("custom field 17 is the birthday"), or
// a table of keys and values. Each field is classified by the name its definition gives it, as if it were a column.
#pragma once

#include <vector>

#include "auditor/classify/classifier.h"
#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/lexicon.h"
#include "auditor/model/result.h"
#include "auditor/sql/value_port.h"

namespace crmaudit::engine {

/// A table of values, and where the names of its fields stand.
struct KeyValueTable {
    const Table* values = nullptr;
    std::string key_column;                  // of the table of values: which field a row is about
    std::vector<std::string> value_columns;  // one a type of value, as a rule
    const Table* definitions = nullptr;      // null where the key itself is the field's name
    std::string id_column;                   // of the definitions: what the key column holds
    std::string label_column;                // of the definitions
};

/// Found by keys and by the lexicons' words for values, labels and definitions; never a table about persons as the
/// definitions.
std::vector<KeyValueTable> find_key_value_tables(const Catalog& catalog, const Classification& classification,
                                                 const std::vector<Lexicon>& lexicons);

/// Adds a classification for each field of such tables behind that of the column that holds its values, and gives what
/// could not be read. Throws sql::QueryError only when the connection is lost or the run was cancelled.
std::vector<Gap> add_logical_fields(Classification& classification, const Catalog& catalog,
                                    const classify::Classifier& classifier, const std::vector<Lexicon>& lexicons,
                                    sql::ValuePort& port);

}  // namespace crmaudit::engine
