#include "auditor/engine/subject.h"

#include <algorithm>
#include <map>
#include <set>

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

/// Every role that the principal is a member of, itself first.
std::set<std::string> roles_of(const std::string& principal, const Catalog& catalog) {
    std::set<std::string> roles{principal};
    for (bool grown = true; grown;) {
        grown = false;
        for (const Membership& each : catalog.memberships) {
            if (roles.contains(each.member)) grown = roles.insert(each.role).second || grown;
        }
    }
    return roles;
}

bool gives_reading(const Grant& grant, const TableName& table) {
    const bool schema = grant.object.schema.empty() || grant.object.schema == table.schema;
    const bool covers = schema && (grant.object.name.empty() || grant.object.name == table.name);
    return covers && (grant.privilege == "SELECT" || grant.privilege == "ALL" || grant.privilege == "ALL PRIVILEGES");
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
    for (const Principal& principal : catalog.principals) {
        if (!principal.can_login || tables.empty()) continue;
        SubjectRecipient reader{principal.name, {}};
        if (!principal.superuser) {
            const std::set<std::string> roles = roles_of(principal.name, catalog);
            for (const TableName& table : tables) {
                const bool reads = std::any_of(catalog.grants.begin(), catalog.grants.end(), [&](const Grant& grant) {
                    return (grant.is_public || roles.contains(grant.grantee)) && gives_reading(grant, table);
                });
                if (reads) reader.tables.push_back(table);
            }
            if (reader.tables.empty()) continue;
            if (reader.tables.size() == tables.size()) reader.tables.clear();
        }
        answer.readers.push_back(std::move(reader));
    }
}

}  // namespace crmaudit::engine
