// The dialects, one accessor a file. Adding a dialect is one line here and one in ../dialects.cpp.
#pragma once

#include "connectors/dialect.h"

namespace crmaudit::connectors {

const Dialect& sqlite_dialect();
const Dialect& postgresql_dialect();
const Dialect& mariadb_dialect();
const Dialect& mssql_dialect();
const Dialect& generic_dialect();

}  // namespace crmaudit::connectors
