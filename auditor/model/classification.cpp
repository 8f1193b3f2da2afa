#include "auditor/model/classification.h"

#include <algorithm>

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<EvidenceKind, 6> names{{
    {EvidenceKind::name, "name"},
    {EvidenceKind::comment, "comment"},
    {EvidenceKind::type, "type"},
    {EvidenceKind::context, "context"},
    {EvidenceKind::content, "content"},
    {EvidenceKind::declared, "declared"},
}};

}  // namespace

std::string_view to_string(EvidenceKind kind) { return name_in(names, kind); }
std::optional<EvidenceKind> evidence_kind_from(std::string_view name) { return value_in(names, name); }

std::string field_name_of(const ColumnClassification& column) {
    return column.field ? column.column + " [" + column.field->name + "]" : column.column;
}

std::string name_of(const ColumnClassification& column) {
    return to_string(column.table) + "." + field_name_of(column);
}

std::vector<const ColumnClassification*> Classification::of(const TableName& table) const {
    std::vector<const ColumnClassification*> found;
    for (const auto& column : columns) {
        if (column.table == table) found.push_back(&column);
    }
    return found;
}

Topic Classification::topic_of(const TableName& table) const {
    const auto found =
        std::find_if(tables.begin(), tables.end(), [&](const TableTopic& each) { return each.table == table; });
    return found == tables.end() ? Topic::unknown : found->topic;
}

}  // namespace crmaudit
