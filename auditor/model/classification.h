// The verdict of the classification: column → data category, with confidence and the evidence for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/category.h"
#include "auditor/model/topic.h"

namespace crmaudit {

/// Declared: a person said so, in a profile or mapping; that decides.
enum class EvidenceKind { name, comment, type, context, content, declared };

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

/// A field that is kept in rows: the values of a column in those rows of its table whose key says which field it is.
struct LogicalField {
    std::string name;        // as the table of definitions calls it, for instance "Geburtsdatum"
    std::string key_column;  // of the table of values
    std::string key_value;   // of the definition
    bool operator==(const LogicalField&) const = default;
};

/// How many of the values that were read match a pattern.
struct PatternCount {
    std::string pattern;
    Category category = Category::none;
    bool hint = false;        // see ValuePattern
    std::int64_t whole = 0;   // values that are nothing else
    std::int64_t within = 0;  // longer values that hold it
    bool operator==(const PatternCount&) const = default;
};

/// What the content scan saw in a column: numbers, never a value.
struct ColumnContent {
    std::int64_t read = 0;               // rows looked at
    std::int64_t filled = 0;             // of them, not empty
    std::int64_t texts = 0;              // of those, prose rather than single values
    std::int64_t identified = 0;         // filled values that hold an identifier of any kind (no hint, no weak form)
    std::vector<PatternCount> patterns;  // sorted by pattern; only those that were seen
    bool operator==(const ColumnContent&) const = default;
};

/// Counted over all rows of the table, or of the logical field.
struct ColumnCounts {
    std::int64_t rows = 0;
    std::int64_t filled = 0;
    std::optional<std::int64_t> distinct;  // different filled values; absent where they were not counted
    bool operator==(const ColumnCounts&) const = default;
};

struct ColumnClassification {
    TableName table;
    std::string column;
    std::string type;
    Category category = Category::none;
    double confidence = 0;  // 0 to 1
    std::vector<ClassificationEvidence> evidence;
    Category by_name = Category::none;  // what name, comment, type and table say, before content was looked at
    std::optional<LogicalField> field{};
    std::optional<ColumnContent> content{};  // absent where the column was not read
    std::optional<ColumnCounts> counts{};    // absent where it was not counted
    bool operator==(const ColumnClassification&) const = default;
};

/// "crm.contacts.birthdate"; "crm.custom_values.value [Geburtsdatum]" for a logical field.
std::string name_of(const ColumnClassification& column);
/// The same without the table.
std::string field_name_of(const ColumnClassification& column);

/// What a table's rows are about, and what says so.
struct TableTopic {
    TableName table;
    Topic topic = Topic::unknown;
    std::string reason;
    bool operator==(const TableTopic&) const = default;
};

/// Columns sorted by table and column order; every column of the catalog, also those that are `none`. A logical field
/// comes after the column that holds its values.
struct Classification {
    std::vector<ColumnClassification> columns;
    std::vector<TableTopic> tables;  // one a table, sorted by name

    std::vector<const ColumnClassification*> of(const TableName& table) const;
    Topic topic_of(const TableName& table) const;
};

}  // namespace crmaudit
