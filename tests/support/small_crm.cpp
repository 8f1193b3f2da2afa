#include "tests/support/small_crm.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>

#include "auditor/engine/audit.h"
#include "auditor/engine/bind.h"
#include "auditor/engine/inventory_counts.h"
#include "auditor/engine/message_scan.h"
#include "connectors/database.h"
#include "policies/load.h"

namespace crmaudit::testing {
namespace {

constexpr const char* schema = R"(
CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT, email TEXT, birthday DATE, religion TEXT, created TIMESTAMP,
    source TEXT, self INTEGER, consent INTEGER, consent_at TIMESTAMP, optout INTEGER, optout_at TIMESTAMP,
    tracking_ok INTEGER, informed TIMESTAMP, deleted INTEGER DEFAULT 0, deleted_at TIMESTAMP);
CREATE TABLE visit (id INTEGER PRIMARY KEY, person_id TEXT, held INTEGER DEFAULT 1, at TIMESTAMP);
CREATE TABLE deal (id INTEGER PRIMARY KEY, person_id TEXT, open INTEGER);
CREATE TABLE mail (id INTEGER PRIMARY KEY, person_id TEXT, kind TEXT, sent TIMESTAMP);
CREATE TABLE lead (id INTEGER PRIMARY KEY, name TEXT, created TIMESTAMP, converted INTEGER, contacted TIMESTAMP);
)";

Attribute own(const char* name, Role role, ValueType type, const char* column_name) {
    return {name, type, role, OwnColumn{column(column_name)}, false};
}

Attribute related(const char* name, Role role, const char* path, Aggregate aggregate, const char* column_name,
                  Condition where = {}) {
    const ValueType type = aggregate == Aggregate::any ? ValueType::flag : ValueType::date;
    return {name, type, role, Related{path, aggregate, column(column_name), std::move(where)}, false};
}

Path to(const char* table) { return {table, {{{"", table}, {{"person_id", "id", false}}, {}}}}; }

Condition is(const char* column_name, const char* value) { return {OneOf{column(column_name), {value}}}; }

const char* sql_type(Role role) {
    switch (value_type_of(role)) {
        case ValueType::date: return "TIMESTAMP";
        case ValueType::text: return "TEXT";
        default: return "INTEGER";
    }
}

Profile small_profile() {
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = {"", "person"};
    person.key = {"id"};
    person.live = is("deleted", "0");
    person.paths = {to("visit"), to("deal"), to("mail")};
    person.attributes = {
        own("created", Role::created, ValueType::date, "created"),
        own("email", Role::email, ValueType::text, "email"),
        own("source", Role::source, ValueType::text, "source"),
        own("self", Role::collected_from_person, ValueType::flag, "self"),
        own("consent", Role::marketing_granted, ValueType::flag, "consent"),
        own("consent_at", Role::marketing_evidence, ValueType::date, "consent_at"),
        own("optout", Role::marketing_refused, ValueType::flag, "optout"),
        own("optout_at", Role::marketing_objected, ValueType::date, "optout_at"),
        own("tracking_ok", Role::tracking_granted, ValueType::flag, "tracking_ok"),
        own("informed", Role::notice, ValueType::date, "informed"),
        own("deleted_at", Role::deleted_at, ValueType::date, "deleted_at"),
        {"deleted", ValueType::flag, Role::deleted, OwnCondition{is("deleted", "1")}, false},
        related("visited", Role::activity, "visit", Aggregate::latest, "at", is("held", "1")),
        related("replied", Role::activity, "mail", Aggregate::latest, "sent", is("kind", "reply")),
        related("open_deal", Role::relationship, "deal", Aggregate::any, "", is("open", "1")),
        related("mailed", Role::marketing_sent, "mail", Aggregate::latest, "sent", is("kind", "news")),
        related("first_mail", Role::first_message, "mail", Aggregate::earliest, "sent", is("kind", "news")),
        related("opened", Role::tracked, "mail", Aggregate::any, "", is("kind", "open")),
    };
    person.absent = {{Role::tracking_refused, "refusals are not kept"}};

    Entity lead;
    lead.name = "lead";
    lead.kind = EntityKind::lead;
    lead.table = {"", "lead"};
    lead.key = {"id"};
    lead.attributes = {own("created", Role::created, ValueType::date, "created"),
                       own("converted", Role::converted, ValueType::flag, "converted"),
                       own("contacted", Role::activity, ValueType::date, "contacted")};

    Profile profile;
    profile.name = "small";
    profile.title = "Small CRM";
    profile.signatures = {{"person", {"optout"}}, {"visit", {}}};
    profile.entities = {person, lead};
    return profile;
}

Category category_of(const std::string& column) {
    static const std::map<std::string, Category> categories{{"name", Category::person_name},
                                                            {"email", Category::email},
                                                            {"birthday", Category::birth_date},
                                                            {"religion", Category::religion}};
    const auto known = categories.find(column);
    return known == categories.end() ? Category::none : known->second;
}

ColumnClassification classified_by_name(const TableName& table, const std::string& column) {
    ColumnClassification classified;
    classified.table = table;
    classified.column = column;
    classified.category = classified.by_name = category_of(column);
    classified.confidence = 0.9;
    return classified;
}

}  // namespace

SmallCrm::SmallCrm() : profile(small_profile()) {
    std::string name = (std::filesystem::temp_directory_path() / "crmaudit-small-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
    folder_ = name;
    sql(schema);
}

SmallCrm::~SmallCrm() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void SmallCrm::sql(const std::string& statements) {
    const std::string command = "sqlite3 -bail '" + (folder_ / "crm.db").string() + "'";
    FILE* client = popen(command.c_str(), "w");
    ASSERT_NE(client, nullptr);
    std::fputs(statements.c_str(), client);
    ASSERT_EQ(pclose(client), 0) << statements;
}

void SmallCrm::unmap(Role role) {
    for (Entity& entity : profile.entities) {
        std::erase_if(entity.attributes, [&](const Attribute& attribute) { return attribute.role == role; });
    }
}

void SmallCrm::declare_absent(Role role) {
    unmap(role);
    for (Entity& entity : profile.entities) entity.absent.push_back({role, "this CRM has no such place"});
}

void SmallCrm::map(Role role, const std::string& column_name, const std::string& table) {
    const std::string name = column_name.empty() ? std::string{to_string(role)} : column_name;
    if (column_name.empty()) sql("ALTER TABLE " + table + " ADD COLUMN " + name + " " + sql_type(role) + ";");
    for (Entity& entity : profile.entities) {
        if (entity.table.name != table) continue;
        const std::string attribute_name = std::string{to_string(role)} + " " + name;
        entity.attributes.push_back({attribute_name, value_type_of(role), role, OwnColumn{column(name)}, false});
    }
}

void SmallCrm::add(EntityKind kind, const std::string& table, const std::vector<Role>& roles) {
    sql("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, deleted INTEGER DEFAULT 0);");
    Entity entity;
    entity.name = table;
    entity.kind = kind;
    entity.table = {"", table};
    entity.key = {"id"};
    entity.live = is("deleted", "0");
    profile.entities.push_back(std::move(entity));
    for (const Role role : roles) map(role, "", table);
}

void SmallCrm::declare_absent(EntityKind kind) { profile.absent.push_back({kind, "this CRM keeps no such thing"}); }

ColumnClassification& SmallCrm::classified(const std::string& table, const std::string& column) {
    return classified_.try_emplace({table, column}, classified_by_name({"", table}, column)).first->second;
}

Classification SmallCrm::classification(const Catalog& catalog) const {
    Classification all;
    all.tables = topics;
    for (const Table& table : catalog.tables) {
        for (const Column& each : table.columns) {
            const auto known = classified_.find({table.name.name, each.name});
            all.columns.push_back(known == classified_.end() ? classified_by_name(table.name, each.name)
                                                             : known->second);
        }
        for (const auto& [place, field] : classified_) {
            if (place.first == table.name.name && table.find(place.second) == nullptr) all.columns.push_back(field);
        }
    }
    return all;
}

AuditResult SmallCrm::audit(const std::string& check, std::map<std::string, std::string, std::less<>> parameters) {
    connectors::ConnectOptions options;
    options.connection_string = "DRIVER=SQLite3;Database=" + (folder_ / "crm.db").string();
    const auto database = connectors::open_database(options);
    const Catalog catalog = altered_catalog != nullptr ? *altered_catalog : database->read_catalog();
    Classification classified = classification(catalog);
    Policy policy;
    policy.rules = {{check, check, Severity::high, {}, {}, std::move(parameters)}};
    policy.rules.front().rows = rows;
    policy.purposes = purposes;
    Run run;
    run.label = "small";
    run.as_of = parse_date("2026-06-15").value();
    const std::optional<Profile> chosen = has_profile ? std::optional<Profile>{profile} : std::nullopt;
    if (counts_columns) {
        engine::count_inventory(classified, catalog, sql::Renderer{database->grammar(), run.as_of}, *database);
    }
    engine::AuditInput input{
        run, catalog, classified, policy, chosen,  {"bak", "old", "tmp", "kopie"}, declared_purposes, {},
        {},  {},      content,    {},     baseline};
    MessageScan messages;
    if (chosen) {
        const classify::MailScanner scanner{policies::shipped_trackers(), engine::link_questions(policy, "")};
        messages = engine::scan_messages(engine::bind(*chosen, catalog), catalog, scanner, database->grammar(),
                                         *database, {.extent = reads_messages, .as_of = run.as_of});
        input.messages = &messages;
    }
    policy.residency = residency;
    input.leave_out_residents_outside = residency.has_value();
    input.hold_tables = hold_tables;
    input.holds = holds;
    return engine::audit(input, database->grammar(), *database);
}

ColumnContent values_of(std::int64_t filled, const std::string& pattern, Category category, std::int64_t matching) {
    return {filled, filled, 0, matching, {{pattern, category, false, matching, 0}}};
}

const RuleOutcome& outcome(const AuditResult& result) { return result.outcomes.at(0); }

std::string summary(const AuditResult& result) {
    std::string text{to_string(outcome(result).status)};
    for (const Gap& gap : outcome(result).gaps) text += " [" + gap.object + " " + gap.reason + "]";
    for (const Finding& finding : result.findings) {
        text += " " + std::to_string(finding.affected) + "/" + std::to_string(finding.total) + " " +
                to_string(finding.object);
        for (const NamedCount& detail : finding.details) text += " " + detail.name + "=" + std::to_string(detail.count);
    }
    return text;
}

}  // namespace crmaudit::testing
