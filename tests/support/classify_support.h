// Short ways to ask what a column would be classified as.
#pragma once

#include <string>
#include <vector>

#include "auditor/classify/classifier.h"

namespace crmaudit::test {

/// With the shipped lexicons, which are read once.
const classify::NameClassifier& shipped_classifier();

Column column_of(const std::string& name, const std::string& type = "varchar(100)", const std::string& comment = "");

/// The verdict on a column that stands beside `others` in a table of that name.
ColumnClassification verdict_on(const Column& column, const std::string& table, std::vector<Column> others = {});

Category category_of(const std::string& name, const std::string& type = "varchar(100)",
                     const std::string& table = "contacts");

}  // namespace crmaudit::test
