#include "auditor/engine/subject.h"

#include <algorithm>
#include <map>
#include <set>

#include "auditor/access/evaluation.h"
#include "auditor/engine/subject_persons.h"
#include "auditor/engine/subject_rows.h"
#include "auditor/engine/subject_text.h"
#include "auditor/engine/subject_view.h"

namespace crmaudit::engine {
namespace {

/// The code of a gap: others have an address of the person too.
constexpr std::string_view shared_address = "shared_address";

std::set<TableName> tables_found(const SubjectAnswer& answer) {
    std::set<TableName> tables;
    for (const SubjectRecord& record : answer.records) {
        for (const SubjectTable& each : record.tables) tables.insert(each.table);
    }
    return tables;
}

/// As if every column of these tables held personal data: then whoever gets at any of it is found.
Classification all_personal(const Catalog& catalog, const std::set<TableName>& tables) {
    Classification classification;
    for (const TableName& name : tables) {
        const Table* table = catalog.find(name);
        if (table == nullptr) continue;
        for (const Column& column : table->columns) {
            ColumnClassification& each = classification.columns.emplace_back();
            each.table = name;
            each.column = column.name;
            each.category = Category::person_name;
        }
    }
    return classification;
}

}  // namespace

std::vector<SubjectPointer> known_pointers(const Catalog& catalog, const std::vector<Entity>& entities) {
    std::vector<SubjectPointer> pointers;
    for (const Table& table : catalog.tables) {
        for (const ForeignKey& key : table.foreign_keys) {
            pointers.push_back({table.name, key.columns, key.referenced, key.referenced_columns});
        }
    }
    for (const Entity& entity : entities) {
        if (!is_person(entity.kind)) continue;
        for (const Path& path : entity.paths) {
            SubjectPointer pointer{path.joins.front().table, {}, entity.table, {}, path.joins.front().where};
            for (const JoinColumn& pair : path.joins.front().on) {
                pointer.columns.push_back(pair.column);
                pointer.referenced.push_back(pair.previous);
            }
            pointers.push_back(std::move(pointer));
        }
    }
    return pointers;
}

void answer(SubjectAnswer& answer, const SubjectQuestion& question, const SubjectSource& source,
            const sql::Renderer& renderer, sql::QueryPort& port, std::int64_t most_rows) {
    SubjectReader reader{renderer, port, answer.gaps};
    answer.asked_by = !question.keys.empty() ? "key" : question.birth_date ? "name" : "email";
    answer.matches = find_persons(question, source, reader);
    if (answer.matches.size() > 1 && question.keys.empty()) return;
    std::set<std::string> addresses;
    if (!question.email.empty()) addresses.insert(folded_address(question.email));
    std::vector<SubjectPerson> persons = answer.matches;
    if (persons.empty() && !addresses.empty()) persons.emplace_back();
    const IsShared is_shared = [&](const std::string& address) {
        const auto having = find_persons({address, {}, "", std::nullopt}, source, reader);
        return std::any_of(having.begin(), having.end(), [&](const SubjectPerson& each) {
            return std::find(answer.matches.begin(), answer.matches.end(), each) == answer.matches.end();
        });
    };
    for (const SubjectPerson& person : persons) {
        const PersonRows rows = rows_of(person, addresses, source, reader, is_shared, most_rows);
        if (rows.shares_addresses) answer.gaps.push_back({person.entity, std::string{shared_address}});
        SubjectRecord record = record_of(person, rows, source);
        if (!record.tables.empty()) answer.records.push_back(std::move(record));
    }
}

void add_readers(SubjectAnswer& answer, const Catalog& catalog) {
    answer.readers_known =
        catalog.has_permissions && std::none_of(catalog.gaps.begin(), catalog.gaps.end(),
                                                [](const CatalogGap& gap) { return gap.object == "grants"; });
    const std::set<TableName> tables = tables_found(answer);
    if (tables.empty() || !catalog.has_permissions) return;
    const access::Evaluation evaluation{catalog, all_personal(catalog, tables)};
    for (const access::Id id : evaluation.principals()) {
        const auto& principal = evaluation.facts().principals[id];
        if (!principal.can_login) continue;
        SubjectRecipient reader{principal.name, {}};
        if (!evaluation.of(id).is_superuser) {
            for (const access::TableReach& each : evaluation.of(id).tables) {
                if ((each.rights & rights::read) != 0) reader.tables.push_back(evaluation.table(each.relation));
            }
            if (reader.tables.empty()) continue;
            if (reader.tables.size() == tables.size()) reader.tables.clear();
        }
        answer.readers.push_back(std::move(reader));
    }
}

}  // namespace crmaudit::engine
