// Answers a request for access: finds the person and everything the database holds about them. Reads values of rows,
// within bounds, and hands them to nobody but the caller.
#pragma once

#include "auditor/engine/subject_source.h"
#include "auditor/model/subject.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

/// How rows of the profile's paths point at persons, and foreign keys at anything.
std::vector<SubjectPointer> known_pointers(const Catalog& catalog, const std::vector<Entity>& entities);

/// Fills in matches, records and gaps. Where several persons match and the question names no keys, there are no
/// records: the data of one must not be given to another. Throws sql::QueryError when nothing more can be asked, and
/// std::invalid_argument for keys that cannot be.
void answer(SubjectAnswer& answer, const SubjectQuestion& question, const SubjectSource& source,
            const sql::Renderer& renderer, sql::QueryPort& port, std::int64_t most_rows);

/// Who may read tables in which something was found, as far as the catalog tells.
void add_readers(SubjectAnswer& answer, const Catalog& catalog);

}  // namespace crmaudit::engine
