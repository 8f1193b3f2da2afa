// The verdict of the classification: column → data category, with confidence and the evidence for it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/category.h"

namespace crmaudit {

enum class EvidenceKind { name, comment, type, context, content };

std::string_view to_string(EvidenceKind kind);
std::optional<EvidenceKind> evidence_kind_from(std::string_view name);

/// One reason for or against a category, in words that hold no value from a row.
struct ClassificationEvidence {
    EvidenceKind kind = EvidenceKind::name;
    Category category = Category::none;
    double weight = 0;  // negative speaks against
    std::string text;   // for instance "term 'birth date' (en)"
    bool operator==(const ClassificationEvidence&) const = default;
};

struct ColumnClassification {
    TableName table;
    std::string column;
    std::string type;
    Category category = Category::none;
    double confidence = 0;  // 0 to 1
    std::vector<ClassificationEvidence> evidence;
    bool operator==(const ColumnClassification&) const = default;
};

/// Sorted by table and column order; holds every column of the catalog, also those that are `none`.
struct Classification {
    std::vector<ColumnClassification> columns;

    std::vector<const ColumnClassification*> of(const TableName& table) const;
};

}  // namespace crmaudit
