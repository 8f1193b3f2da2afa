// A SQLite database as files of the machine: who may read it, and what lies beside it with the same data in it.
#pragma once

#include <string>

#include "auditor/model/catalog.h"

namespace crmaudit::connectors {

/// The database at this path, its directory, its journals and what looks like a copy of it. Files that the account may
/// not look at become a gap about "files". Nothing for a database without a file.
void read_sqlite_files(const std::string& path, Catalog& catalog);

}  // namespace crmaudit::connectors
