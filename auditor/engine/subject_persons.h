// Which rows of person entities a request may be about. Nobody is taken for somebody else: an address has to be the
// same but for case, a name needs the date of birth besides.
#pragma once

#include <vector>

#include "auditor/engine/subject_reader.h"
#include "auditor/engine/subject_source.h"
#include "auditor/model/subject.h"

namespace crmaudit::engine {

/// Sorted by entity and key. Throws std::invalid_argument, naming no value, for a key of an entity that there is not or
/// that has another number of columns.
std::vector<SubjectPerson> find_persons(const SubjectQuestion& question, const SubjectSource& source,
                                        SubjectReader& reader);

/// The table that rows of the entity stand in, with their key; null where a request cannot be answered from it.
const Table* table_of(const SubjectSource& source, const Entity& entity);

/// What the other columns, of the other table, have to hold to pair with these columns of rows that were read.
sql::SameValues same_values(const Table& from, const std::vector<sql::Row>& rows,
                            const std::vector<std::string>& columns, const Table& to,
                            const std::vector<std::string>& other_columns, bool as_text);

}  // namespace crmaudit::engine
