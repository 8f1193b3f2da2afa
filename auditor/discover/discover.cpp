#include "auditor/discover/discover.h"

#include <algorithm>

#include "auditor/discover/neighbours.h"
#include "auditor/discover/persons.h"

namespace crmaudit::discover {
namespace {

constexpr std::size_t signature_columns = 6;

std::string evidence_of(const ColumnClassification& column) {
    std::string text;
    for (const ClassificationEvidence& each : column.evidence) {
        text += (text.empty() ? "" : "; ") + each.text;
        if (each.weight < 0) text += " (against)";
    }
    return text;
}

std::vector<DoubtfulColumn> doubtful_columns(const Schema& schema, const Classification& classification) {
    std::vector<DoubtfulColumn> list;
    for (const ColumnClassification& each : classification.columns) {
        const TableView* table = schema.find(each.table);
        const bool certain = each.category == Category::none || each.confidence >= doubtful_below;
        if (certain || each.field || table == nullptr || table->find(each.column) == nullptr) continue;
        list.push_back({{each.table.name, each.column, each.category}, each.confidence, evidence_of(each)});
    }
    return list;
}

/// Columns that make the table recognisable; a name with white space cannot stand in a signature.
Signature signature_of(const TableView& view) {
    Signature signature{view.table->name.name, {}};
    for (const ColumnView& each : view.columns) {
        if (signature.columns.size() == signature_columns) break;
        if (each.column->name.find(' ') == std::string::npos) signature.columns.push_back(each.column->name);
    }
    return signature;
}

EntityKind kind_of(const PersonTable& person) { return person.is_lead ? EntityKind::lead : EntityKind::person; }

class Discovery {
public:
    Discovery(const Catalog& catalog, const std::vector<CueWord>& words, const Classification& classification)
        : cues_(words), schema_(catalog, classification, cues_), references_(references_in(schema_, cues_)) {}

    Draft run(const Classification& classification) {
        const Persons persons = find_persons(schema_, references_);
        Profile& profile = draft_.profile;
        profile.name = "discovered";
        profile.title = "Discovered mapping";
        profile.discovered = true;
        std::set<TableName> tables;
        for (const PersonTable& each : persons.tables) tables.insert(each.table->table->name);
        for (const PersonTable& each : persons.tables) add_entity(each, tables);
        if (persons.tables.empty())
            note("no table of persons with a key was found: rules about persons are not checked");
        for (const std::string& each : persons.left_out) note("left out: " + each);
        for (const OpenReference& each : open_references_in(schema_, cues_)) {
            note("not followed: " + to_string(each.from) + "." + each.key + " leads to the table that the values of " +
                 each.kind + " name, which are not known; it may be persons");
        }
        for (const std::string& each : schema_.left_aside()) note("not looked at: " + each);
        add_signatures(persons);
        draft_.doubtful_columns = doubtful_columns(schema_, classification);
        return std::move(draft_);
    }

private:
    void note(const std::string& text) { draft_.notes.push_back({"", "", "", text, std::nullopt, false}); }

    void add_entity(const PersonTable& person, const std::set<TableName>& persons) {
        const TableView& table = *person.table;
        const std::string& default_schema = schema_.catalog().default_schema;
        const std::string dialect = schema_.catalog().dialect;
        Entity entity;
        entity.table = as_written(table.table->name, default_schema);
        entity.name = to_string(entity.table);
        entity.kind = kind_of(person);
        entity.key = person.key;
        EntityDraft made{std::move(entity), default_schema};
        const Place own{&table, {}, {}, 1, ""};
        add_life(made, own, dialect);
        add_address_and_source(made, own);
        add_consent(made, own, dialect);
        add_tracking(made, own, dialect);
        add_neighbours(made, table, schema_, references_, persons);
        settle_consent(made);
        made.finish();
        made.note_entity(person.reason);
        say_what_is_missing(made);
        draft_.profile.entities.push_back(made.entity());
        draft_.notes.insert(draft_.notes.end(), made.notes().begin(), made.notes().end());
    }

    /// What the rules would need besides.
    static void say_what_is_missing(EntityDraft& made) {
        std::string missing_roles;
        for (const Role role :
             {Role::created, Role::activity, Role::relationship, Role::converted, Role::source, Role::notice,
              Role::marketing_sent, Role::marketing_granted, Role::marketing_refused, Role::marketing_evidence,
              Role::marketing_objected, Role::tracked, Role::tracking_granted, Role::tracking_refused, Role::deleted}) {
            if (made.has(role) || (role == Role::converted && made.entity().kind != EntityKind::lead)) continue;
            missing_roles += (missing_roles.empty() ? "" : ", ") + std::string{to_string(role)};
        }
        if (missing_roles.empty()) return;
        made.note("not found: " + missing_roles +
                  "; map them, or state with <absent role=… reason=…/> what this CRM has no "
                  "place for. Until then rules that need them are not checked");
    }

    void add_signatures(const Persons& persons) {
        auto& signatures = draft_.profile.signatures;
        for (const PersonTable& each : persons.tables) signatures.push_back(signature_of(*each.table));
        if (!signatures.empty()) return;
        // A profile needs one, also when there is nothing to recognise persons by.
        const auto& tables = schema_.tables();
        signatures.push_back(tables.empty() ? Signature{"nothing", {}} : signature_of(tables.front()));
    }

    Cues cues_;
    Schema schema_;
    std::vector<Reference> references_;
    Draft draft_;
};

}  // namespace

Draft draft_profile(const Catalog& catalog, const Classification& classification, const std::vector<CueWord>& words) {
    return Discovery{catalog, words, classification}.run(classification);
}

}  // namespace crmaudit::discover
