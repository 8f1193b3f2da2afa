#include "tests/support/purge_result.h"

#include <utility>
#include <vector>

namespace crmaudit::test {
namespace {

Condition is_one(const std::string& name) { return {OneOf{column(name, ColumnKind::integer), {"1"}}}; }

Attribute flag(const std::string& name, Role role, Condition where) {
    return {name, ValueType::flag, role, OwnCondition{std::move(where)}, false};
}

TouchedTable table(const TableName& name, const std::vector<std::pair<std::string, std::string>>& columns) {
    TouchedTable made;
    made.name = name;
    made.primary_key = {columns.front().first};
    for (const auto& [column, type] : columns) {
        TouchedColumn each;
        each.name = column;
        each.type = type;
        each.nullable = column != columns.front().first;
        made.columns.push_back(std::move(each));
    }
    return made;
}

void refer(AuditResult& made, const TableName& from, const ForeignKey& key) {
    for (TouchedTable& each : made.tables) {
        if (each.name == from) each.foreign_keys.push_back(key);
        if (each.name != key.referenced) continue;
        each.referenced_by.push_back(from);
        each.referenced_by_keys.push_back(key);
    }
}

AuditResult of(const std::string& dialect, const std::string& schema) {
    AuditResult made;
    made.run.as_of = parse_date("2026-06-15").value();
    made.run.label = "crm";
    made.run.tool_version = "1.0";
    made.run.policy = "gdpr";
    made.run.policy_digest = "0123456789abcdef";
    made.source.dialect = dialect;
    made.source.database = "crm";
    made.source.schema = schema;
    Rule rule;
    rule.id = rule.check = "stale_person";
    rule.purge = PurgeAction::person;
    made.rules = {rule};
    return made;
}

Finding stale(const Entity& person, const std::string& created) {
    Finding finding;
    finding.rule = finding.check = "stale_person";
    finding.object.table = person.table;
    finding.affected = 100;
    finding.total = 1000;
    finding.persons = true;
    finding.rows = RowSet{person.name, {Before{attribute(created), parse_date("2023-06-15").value()}}};
    return finding;
}

}  // namespace

AuditResult purge_result(const std::string& dialect, const std::string& schema, const std::string& affix) {
    AuditResult made = of(dialect, schema);
    const auto name = [&](const std::string& text) { return text + affix; };
    const auto named = [&](const std::string& text) { return TableName{schema, text + affix}; };
    const auto join = [&](const std::string& to, const std::string& on, const std::string& previous) {
        return Join{named(to), {{name(on), name(previous), false}}, {}};
    };
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = named("person");
    person.key = {name("id")};
    person.live = {OneOf{column(name("deleted"), ColumnKind::boolean), {"0"}}};
    person.paths = {{"visits", {join("visit", "person_id", "id")}, PathPurge::rows},
                    {"addresses",
                     {join("person_address", "person_id", "id"), join("address", "id", "address_id")},
                     PathPurge::rows},
                    {"deals", {join("deal", "person_id", "id")}, PathPurge::keep}};
    person.attributes = {
        {"created", ValueType::date, Role::created, OwnColumn{column(name("made"), ColumnKind::timestamp), {}}, false},
        flag("held", Role::hold, is_one(name("held"))),
        flag("objected", Role::marketing_refused, is_one(name("objected"))),
        {"visited", ValueType::date, Role::activity,
         Related{"visits", Aggregate::latest, column(name("made"), ColumnKind::timestamp), {}}, false},
        {"deal", ValueType::flag, Role::relationship,
         Related{"deals", Aggregate::any, {}, {OneOf{column(name("state"), ColumnKind::text), {"open", "ruhend ö"}}}},
         false}};
    made.entities = {person};
    made.tables = {
        table(named("person"), {{name("id"), "nvarchar(36)"},
                                {name("made"), "datetime2(3)"},
                                {name("deleted"), "bit"},
                                {name("held"), "int"},
                                {name("objected"), "int"}}),
        table(named("visit"),
              {{name("id"), "bigint"}, {name("person_id"), "nvarchar(36)"}, {name("made"), "datetime"}}),
        table(named("person_address"),
              {{name("id"), "bigint"}, {name("person_id"), "nvarchar(36)"}, {name("address_id"), "bigint"}}),
        table(named("address"), {{name("id"), "bigint"}, {name("mail"), "nvarchar(max)"}}),
        table(named("deal"),
              {{name("id"), "bigint"}, {name("person_id"), "nvarchar(36)"}, {name("state"), "varchar(10)"}})};
    refer(made, named("person_address"), {"", {name("person_id")}, named("person"), {name("id")}, "NO ACTION"});
    refer(made, named("person_address"), {"", {name("address_id")}, named("address"), {name("id")}, "NO ACTION"});
    made.findings = {stale(person, "created")};
    return made;
}

AuditResult objecting_purge_result(const std::string& dialect, const std::string& schema, const std::string& affix) {
    AuditResult made = purge_result(dialect, schema, affix);
    Entity& person = made.entities.front();
    person.attributes.push_back({"mail", ValueType::text, Role::email,
                                 Related{"addresses", Aggregate::first, column("mail" + affix, ColumnKind::text), {}},
                                 false});
    person.attributes.push_back({"agreed", ValueType::date, Role::marketing_granted_at,
                                 OwnColumn{column("agreed" + affix, ColumnKind::timestamp), {}}, false});
    made.tables.front().columns.push_back({.name = "agreed" + affix, .type = "datetime2(3)", .nullable = true});
    made.tables.push_back(
        table({schema, "suppressed" + affix}, {{"mail" + affix, "nvarchar(255)"}, {"why" + affix, "nvarchar(20)"}}));
    made.suppression = {{{schema, "suppressed" + affix}, "mail" + affix, {{"", "why" + affix, "objected ö"}}}};
    made.evidence_kept = Period{36, 0};
    return made;
}

AuditResult wide_purge_result(const std::string& dialect, const std::string& schema, int tables, int keys) {
    AuditResult made = of(dialect, schema);
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = {schema, "t0"};
    person.key = {"id"};
    person.attributes = {
        {"created", ValueType::date, Role::created, OwnColumn{column("made", ColumnKind::timestamp), {}}, false},
        flag("customer", Role::relationship, is_one("customer"))};
    made.entities = {person};
    for (int i = 0; i < tables; ++i) {
        made.tables.push_back(
            table({schema, "t" + std::to_string(i)},
                  {{"id", "bigint"}, {"made", "timestamp"}, {"customer", "integer"}, {"owner", "bigint"}}));
    }
    for (int i = 0; i < keys; ++i) {
        const int child = 1 + i % (tables - 1);
        const int parent = i < tables - 1 ? (child - 1) / 3 : i * 7 % child;
        refer(made, {schema, "t" + std::to_string(child)},
              {"", {"owner"}, {schema, "t" + std::to_string(parent)}, {"id"}, "CASCADE"});
    }
    made.findings = {stale(person, "created")};
    // It is written and read, and the schema of a result asks for these.
    made.run.policy_digest = made.findings.front().fingerprint = std::string(64, 'a');
    return made;
}

}  // namespace crmaudit::test
