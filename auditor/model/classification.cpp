#include "auditor/model/classification.h"

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<EvidenceKind, 5> names{{
    {EvidenceKind::name, "name"},
    {EvidenceKind::comment, "comment"},
    {EvidenceKind::type, "type"},
    {EvidenceKind::context, "context"},
    {EvidenceKind::content, "content"},
}};

}  // namespace

std::string_view to_string(EvidenceKind kind) { return name_in(names, kind); }
std::optional<EvidenceKind> evidence_kind_from(std::string_view name) { return value_in(names, name); }

std::vector<const ColumnClassification*> Classification::of(const TableName& table) const {
    std::vector<const ColumnClassification*> found;
    for (const auto& column : columns) {
        if (column.table == table) found.push_back(&column);
    }
    return found;
}

}  // namespace crmaudit
