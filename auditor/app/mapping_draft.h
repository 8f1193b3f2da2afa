// A draft profile for a database that no profile knows, with the words that ship with the program.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/draft.h"

namespace crmaudit::app {

/// The profile's digest is that of the file that would be written from it.
/// `copy_marks` are tokens of table names that mark copies, from the lexicons.
Draft draft_of(const Catalog& catalog, const Classification& classification,
               const std::vector<std::string>& copy_marks);

}  // namespace crmaudit::app
