#include "auditor/app/subject_pointers.h"

#include "auditor/discover/references.h"
#include "policies/load.h"

namespace crmaudit::app {
namespace {

/// The type stands for rows of the entity: its name or its table's, as a class perhaps.
Condition means(const Operand& kind, const Entity& entity) {
    std::vector<std::string> words{entity.name, entity.table.name};
    for (const std::string& each : discover::singulars(entity.table.name)) words.push_back(each);
    std::vector<std::string> classes;
    for (const std::string& each : words) classes.push_back("*\\" + each);
    return any({{OneOf{kind, words}}, {Like{kind, classes}}});
}

}  // namespace

std::vector<engine::SubjectPointer> guessed_pointers(const Catalog& catalog, const Classification& classification,
                                                     const std::vector<Entity>& entities,
                                                     const std::vector<std::string>& copy_marks) {
    std::vector<CueWord> words = policies::load_discovery();
    for (const std::string& mark : copy_marks) words.push_back({mark, Cue::copy});
    const discover::Cues cues{words};
    const discover::Schema schema{catalog, classification, cues};
    std::vector<engine::SubjectPointer> pointers;
    for (const discover::Reference& each : discover::references_in(schema, cues)) {
        if (each.confidence < discover::followed_from || each.reason == "foreign key") continue;
        pointers.push_back({each.from, each.columns, each.to, each.referenced});
    }
    for (const discover::OpenReference& each : discover::open_references_in(schema, cues)) {
        const Table* table = catalog.find(each.from);
        const Column* kind = table == nullptr ? nullptr : table->find(each.kind);
        if (kind == nullptr || kind->kind != ColumnKind::text) continue;
        for (const Entity& entity : entities) {
            if (!is_person(entity.kind) || entity.key.size() != 1) continue;
            pointers.push_back(
                {each.from, {each.key}, entity.table, entity.key, means(column(kind->name, kind->kind), entity)});
        }
    }
    return pointers;
}

}  // namespace crmaudit::app
