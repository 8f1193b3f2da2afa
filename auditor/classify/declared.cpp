#include "auditor/classify/declared.h"

#include <algorithm>

namespace crmaudit::classify {

bool is_declared(const ColumnClassification& column) {
    return std::any_of(column.evidence.begin(), column.evidence.end(),
                       [](const ClassificationEvidence& each) { return each.kind == EvidenceKind::declared; });
}

void apply_declared(Classification& classification, const std::vector<DeclaredColumn>& declared,
                    const std::string& default_schema) {
    for (ColumnClassification& column : classification.columns) {
        const auto said = std::find_if(declared.begin(), declared.end(), [&](const DeclaredColumn& each) {
            return each.column == column.column && !column.field &&
                   (to_string(column.table) == each.table || column.table == TableName{default_schema, each.table});
        });
        if (said == declared.end()) continue;
        column.category = said->category;
        column.confidence = 1;
        column.evidence.insert(column.evidence.begin(),
                               {EvidenceKind::declared, said->category, 1, "declared in the profile or mapping"});
    }
}

}  // namespace crmaudit::classify
