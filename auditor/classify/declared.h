// What a person says that a column holds: it decides, and nothing later overrules it.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/classification.h"
#include "auditor/model/profile.h"

namespace crmaudit::classify {

/// Sets the category of each declared column, with certainty and evidence that says so. Tables without a schema are
/// those of `default_schema`; what the catalog lacks is passed over.
void apply_declared(Classification& classification, const std::vector<DeclaredColumn>& declared,
                    const std::string& default_schema);

/// A person has said what the column holds.
bool is_declared(const ColumnClassification& column);

}  // namespace crmaudit::classify
