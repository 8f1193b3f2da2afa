#include "tests/support/sample_result.h"

#include <algorithm>
#include <string_view>

#include "auditor/digest/sha256.h"

namespace crmaudit::test {
namespace {

using namespace std::chrono_literals;

struct RuleWords {
    std::string_view title;
    std::string_view what;
    std::string_view why;
    std::string_view remedy;
    std::string_view false_positives;
};

Rule rule(const std::string& id, Severity severity, std::vector<LegalBasis> basis, const RuleWords& en,
          const RuleWords& de) {
    const auto texts = [&](std::string_view RuleWords::*part) {
        return Texts{{"en", std::string{en.*part}}, {"de", std::string{de.*part}}};
    };
    Rule made{id, id, severity, std::move(basis), {}, {}};
    made.texts = {texts(&RuleWords::title), texts(&RuleWords::what), texts(&RuleWords::why), texts(&RuleWords::remedy),
                  texts(&RuleWords::false_positives)};
    return made;
}

std::vector<Rule> sample_rules() {
    std::vector<Rule> rules;
    rules.push_back(
        rule("mailed_after_objection", Severity::critical, {{"GDPR", "21(3)"}, {"GDPR", "7(3)"}},
             {"Marketing mail after an objection",
              "Marketing mail went to persons after they had objected to it or withdrawn their consent.",
              "After an objection, personal data may no longer be used for direct marketing.",
              "Take these persons off all mailing lists and keep their address only on the suppression list.",
              "A service mail that was logged as marketing."},
             {"Werbung nach Widerspruch",
              "Nach einem Widerspruch oder Widerruf wurde den Betroffenen weiter Werbung gesendet.",
              "Nach einem Widerspruch dürfen die Daten nicht mehr für Direktwerbung verarbeitet werden.",
              "Diese Personen aus allen Verteilern nehmen; die Adresse nur noch auf der Sperrliste führen.",
              "Eine Servicenachricht, die als Werbung protokolliert wurde."}));
    rules.push_back(
        rule("tracking_without_consent", Severity::high, {{"GDPR", "6(1)(a)"}, {"TDDDG", "25"}},
             {"Opens or clicks are recorded without consent",
              "Opens or clicks of e-mails are kept for persons who did not agree to that.",
              "Reading behaviour may only be recorded with a separate consent.",
              "Switch the tracking off or ask for consent, and delete what was recorded.",
              "Consent that is kept outside this database."},
             {"Öffnungen oder Klicks ohne Einwilligung erfasst",
              "Öffnungen oder Klicks von E-Mails sind zu Personen gespeichert, die nicht eingewilligt haben.",
              "Das Leseverhalten darf nur mit gesonderter Einwilligung erfasst werden.",
              "Das Tracking abschalten oder Einwilligungen einholen; vorhandene Daten löschen.",
              "Einwilligungen, die außerhalb dieser Datenbank geführt werden."}));
    rules.push_back(
        rule("public_grant", Severity::high, {{"GDPR", "32(1)(b)"}},
             {"Personal data is open to every database account", "A grant to PUBLIC opens personal data.",
              "Every account, also future ones, can read it.", "Revoke the grant.", ""},
             {"Personendaten für jedes Datenbankkonto lesbar", "Eine Berechtigung für PUBLIC gibt Personendaten frei.",
              "Jedes Konto, auch jedes künftige, kann sie lesen.", "Die Berechtigung entziehen.", ""}));
    rules.push_back(rule("unnecessary_field", Severity::medium, {{"GDPR", "5(1)(c)"}},
                         {"Data that no declared purpose needs", "A field holds data that is not needed for sales.",
                          "Only data that is necessary for the purpose may be collected.",
                          "Empty the field and take it off the forms, or declare the purpose that needs it.",
                          "A legal age limit for the goods sold."},
                         {"Daten ohne erkennbaren Zweck", "Ein Feld enthält Daten, die der Vertrieb nicht benötigt.",
                          "Es dürfen nur Daten erhoben werden, die für den Zweck erforderlich sind.",
                          "Das Feld leeren und aus den Formularen nehmen oder den Zweck benennen.",
                          "Eine gesetzliche Altersgrenze für die verkauften Waren."}));
    rules.push_back(
        rule("broad_grant", Severity::medium, {{"GDPR", "25(2)"}, {"GDPR", "32(1)(b)"}},
             {"An account reads most of the personal data", "One account can read most tables.",
              "Access is to be limited to what a task needs.", "Grant single tables instead.", ""},
             {"Ein Konto liest fast alle Personendaten", "Ein Konto kann die meisten Tabellen lesen.",
              "Zugriffe sind auf das Erforderliche zu beschränken.", "Nur einzelne Tabellen freigeben.", ""}));
    rules.push_back(rule("stray_copy", Severity::low, {{"GDPR", "5(1)(e)"}},
                         {"Forgotten copy of personal data", "A table looks like a copy or a backup.",
                          "Copies escape erasure and access requests.", "Delete the table.", "A table in use."},
                         {"Vergessene Kopie von Personendaten", "Eine Tabelle sieht nach Kopie oder Sicherung aus.",
                          "Kopien entgehen der Löschung und der Auskunft.", "Die Tabelle löschen.",
                          "Eine Tabelle, die noch benutzt wird."}));
    for (const char* id : {"notice_overdue", "unknown_source", "unconverted_lead", "stale_person",
                           "consent_without_evidence", "duplicate_person"}) {
        rules.push_back(
            rule(id, Severity::medium, {{"GDPR", "14(3)(a)"}}, {"Rule " + std::string{}, "", "", "", ""}, {}));
        rules.back().texts.title = {{"en", "Rule " + std::string{id}}, {"de", "Regel " + std::string{id}}};
        rules.back().parameters = {{"within", "P1M"}, {"placeholders", "n/a\nnot known"}};
        if (rules.back().id == "stale_person") rules.back().parameters["after"] = "P2Y6M";
    }
    return rules;
}

Entity contact() {
    Entity entity;
    entity.name = "contact";
    entity.kind = EntityKind::person;
    entity.table = {"crm", "contacts"};
    entity.key = {"id"};
    entity.live = {OneOf{column("deleted", ColumnKind::boolean), {"0"}}};
    entity.paths = {{"mails", {{{"crm", "campaign_log"}, {{"target_id", "id", true}}, {}}}}};
    entity.attributes = {
        {"birthdate", ValueType::date, std::nullopt, OwnColumn{column("birthdate", ColumnKind::date)}, false},
        {"tracked", ValueType::flag, Role::tracked,
         Related{"mails", Aggregate::any, {}, {OneOf{column("activity_type", ColumnKind::text), {"viewed", "link"}}}},
         false},
        {"sent", ValueType::date, Role::marketing_sent,
         Related{"mails", Aggregate::latest, column("activity_date", ColumnKind::timestamp), {}}, true},
        {"objected", ValueType::flag, Role::marketing_refused, OwnCondition{missing(column("opted_in"))}, false},
    };
    entity.absent = {{Role::tracking_granted, "the CRM has no field for it"}};
    entity.unbound = {{Role::notice, "not_in_catalog: contacts.informed_at"}};
    return entity;
}

Entity lead() {
    Entity entity = contact();
    entity.name = "lead";
    entity.kind = EntityKind::lead;
    entity.table.name = "leads";
    entity.live = {};
    return entity;
}

Finding finding(const Rule& rule, Object object, std::int64_t affected, std::int64_t total) {
    Finding made;
    made.rule = rule.id;
    made.check = rule.check;
    made.severity = rule.severity;
    made.object = std::move(object);
    made.affected = affected;
    made.total = total;
    made.fingerprint = digest::sha256(rule.id + to_string(made.object));
    return made;
}

std::vector<Finding> sample_findings(const AuditResult& result) {
    const auto of = [&](const char* id, Object object, std::int64_t affected, std::int64_t total) {
        return finding(*rule_of(result, id), std::move(object), affected, total);
    };
    const auto of_persons = [&](const char* id, Object object, std::int64_t affected, std::int64_t total,
                                Condition condition) {
        Finding made = of(id, std::move(object), affected, total);
        made.persons = true;
        made.rows = RowSet{made.object.entity, std::move(condition)};
        made.evidence_sql =
            "SELECT \"id\"\nFROM \"crm\".\"contacts\"\nWHERE \"deleted\" = 0 AND \"x\" < 5\nORDER BY \"id\"";
        return made;
    };
    std::vector<Finding> findings;
    findings.push_back(of_persons("mailed_after_objection", {{"crm", "contacts"}, "", "", "contact"}, 1, 12,
                                  {LaterThan{attribute("sent"), attribute("objected"), Period{0, 1}}}));
    findings.back().oldest = 2024y / 2 / 29;
    findings.push_back(of_persons("tracking_without_consent", {{"crm", "contacts"}, "", "", "contact"}, 1043, 1980,
                                  all({holds("tracked"), negate(any({holds("a"), holds("b")}))})));
    findings.back().details = {{"refused", 12}, {"unknown", 1031}, {"no_date", 3}, {"some_new_count", 1}};
    findings.back().facts = {"no_place_for_consent", "campaign_log.activity_type"};
    findings.back().state = FindingState::changed;
    findings.back().affected_before = 998;
    findings.push_back(of("public_grant", {{"crm", "contacts"}, "", "PUBLIC", ""}, 1, 7));
    findings.back().facts = {"SELECT", "UPDATE"};
    findings.back().state = FindingState::unchanged;
    findings.push_back(of_persons("unnecessary_field", {{"crm", "contacts"}, "birthdate", "", "contact"}, 1234, 1980,
                                  {Before{attribute("birthdate"), 2020y / 1 / 31}}));
    findings.back().category = Category::birth_date;
    findings.back().oldest = 2009y / 12 / 31;
    findings.push_back(of_persons("unnecessary_field", {{"crm", "leads"}, "marital status", "", "lead"}, 7, 20,
                                  {Missing{column("marital status", ColumnKind::text), {" ", "n/a"}}}));
    findings.back().category = Category::marital_status;
    findings.back().state = FindingState::waived;
    findings.push_back(of("broad_grant", {{}, "", "'reports'@'%'", ""}, 6, 7));
    findings.back().facts = {"SELECT"};
    findings.push_back(of("stray_copy", {{"crm", "contacts_bak_2019"}, "", "", ""}, 500, 500));
    findings.back().facts = {"first_name", "email1"};
    findings.back().rows = RowSet{"", {Always{}}, {column("first_name", ColumnKind::text)}};
    findings.push_back(of("unnecessary_field", {{"crm", "contacts"}, "notes", "", ""}, 31, 998));
    findings.back().category = Category::health;
    findings.back().sampled = true;
    findings.push_back(of_persons("stale_person", {{"crm", "contacts"}, "", "", "contact"}, 310, 1980,
                                  {Like{column("name", ColumnKind::text), {"a*", "*b"}}}));
    findings.back().ages = {{2014, 2018, 220, 200}, {2019, 2019, 110, 110}, {2020, 2026, 1650, 0}};
    findings.back().rows->shared_over = {column("name", ColumnKind::text), attribute("address")};
    findings.push_back(of("stray_copy", {{"crm", "tmp_leads"}, "", "", ""}, 0, 80));
    findings.back().state = FindingState::fixed;
    findings.back().affected_before = 80;
    findings.back().rows = RowSet{"", {Always{}}};
    return findings;
}

std::vector<RuleOutcome> sample_outcomes() {
    using enum OutcomeStatus;
    return {
        {"mailed_after_objection", "mailed_after_objection", found, {}, "", false, ""},
        {"tracking_without_consent",
         "tracking_without_consent",
         found,
         {{"lead", "not_mapped: tracking_granted"}},
         "",
         false,
         ""},
        {"public_grant", "public_grant", found, {}, "", false, ""},
        {"unnecessary_field", "unnecessary_field", found, {}, "", false, ""},
        {"broad_grant", "broad_grant", found, {}, "", false, ""},
        {"stray_copy", "stray_copy", found, {}, "", false, ""},
        {"notice_overdue",
         "notice_overdue",
         not_checked,
         {{"contact", "not_in_catalog: contacts.informed_at"}},
         "",
         false,
         ""},
        {"unknown_source", "unknown_source", failed, {}, "statement_failed: 42000", false, ""},
        {"unconverted_lead", "unconverted_lead", not_applicable, {}, "no_leads", false, ""},
        {"stale_person", "stale_person", found, {}, "", false, ""},
        {"duplicate_person", "duplicate_person", clean, {}, "", false, ""},
        {"consent_without_evidence",
         "consent_without_evidence",
         not_checked,
         {{"contact", "forbidden: crm.consents 42501"}},
         "",
         true,
         "Kept by the mailing service; reviewed every year"},
    };
}

ColumnClassification classified(const char* table, const char* name, const char* type, Category category,
                                double confidence) {
    return {{"crm", table},
            name,
            type,
            category,
            confidence,
            {{EvidenceKind::name, category, 0.85, "term '" + std::string{name} + "' (en)"},
             {EvidenceKind::type, category, -0.1, "type " + std::string{type}}}};
}

}  // namespace

AuditResult sample_result() {
    AuditResult result;
    result.run = {"0.1.0",
                  2026y / 11 / 24,
                  "crm-north",
                  "gdpr",
                  digest::sha256("policy"),
                  "suitecrm",
                  "SuiteCRM",
                  digest::sha256("profile"),
                  false,
                  digest::sha256("options"),
                  "en"};
    result.baseline_as_of = "2026-10-24";
    result.source.dialect = "postgresql";
    result.source.product = "PostgreSQL";
    result.source.version = "15.9";
    result.source.database = "crm";
    result.source.schema = "crm";
    result.source.account = "crmaudit_reader";
    result.source.structure_hash = digest::sha256("structure");
    result.source.tables = 42;
    result.source.columns = 1204;
    result.source.account_can_write = {"UPDATE on crm.contacts"};
    result.source.missing_safeguards = {"no limit for waiting on locks"};
    result.source.inconsistent_tables = {"crm.old_log"};
    result.source.left_out = {"crm.sessions"};
    result.source.gaps = {{"crm.secrets", "forbidden: crm.secrets 42501"}};
    result.rules = sample_rules();
    result.laws = {{"GDPR",
                    "Regulation (EU) 2016/679",
                    "2026-11-25",
                    true,
                    {{"en", "Text of the Official Journal."}, {"de", "Text des Amtsblatts."}}},
                   {"TDDDG",
                    "Telekommunikation-Digitale-Dienste-Datenschutz-Gesetz",
                    "2026-11-25",
                    false,
                    {{"en", "Known from a summary only."}, {"de", "Nur aus einer Zusammenfassung bekannt."}}},
                   {"House rules", "Works agreement of 2024", "", false, {}}};
    result.statements = {{"tracking",
                          {{"en", "SuiteCRM records opens and clicks of campaign mails for every recipient."},
                           {"de", "SuiteCRM erfasst Öffnungen und Klicks von Kampagnen-E-Mails zu jedem Empfänger."}},
                          "SuiteCRM 7.14, modules/Campaigns"}};
    result.entities = {contact(), lead()};
    result.tables = {{{"crm", "contacts"},
                      {"id"},
                      {{"contacts_owner", {"owner_id"}, {"crm", "users"}, {"id"}, "SET NULL"}},
                      {{"", {"contact_id", "part"}, {"crm", "contacts"}, {}, "CASCADE"}},
                      {{"crm", "calls_contacts"}},
                      {{"id", "integer", false}, {"birthdate", "date", true}}}};
    result.outcomes = sample_outcomes();
    result.findings = sample_findings(result);
    sort_findings(result.findings);
    result.persons = {
        {"contact", 1980, 1301, {{Severity::critical, 1}, {Severity::high, 1043}, {Severity::medium, 1234}}},
        {"lead", 20, 1, {{Severity::medium, 1}}}};
    result.consent = {{"contact",
                       "marketing",
                       612,
                       148,
                       1220,
                       {{"contacts.opted_in", 600}, {"optins.at", 12}},
                       {{"contacts.opted_out", 148}}},
                      {"contact", "tracking", 0, 12, 1968}};
    result.statement_runs = {{"rules", "crm.contacts", 1250}, {"inventory", "crm.contacts", 40}};
    result.residency = Residency{"CH", {"DE", "FR"}, {}, {}, {}};
    result.left_out = {{"contact", 37, {"contacts.country", "contacts.phone_mobile"}},
                       {"lead", 0, {}, "not_mapped: residence"}};
    result.held_back = {{"contact", "hold", "legal_holds.contact_id", 3},
                        {"contact", "hold", "", 2},
                        {"contact", "retention_duty", "invoices.contact_id", 214}};
    result.location = {"DE", "Example Hosting GmbH", "AV-17", {"*.example.org"}};
    result.inventory = {classified("contacts", "birthdate", "date", Category::birth_date, 0.95),
                        classified("contacts", "email1", "varchar(100)", Category::email, 0.1 + 0.2),
                        classified("contacts_bak_2019", "first_name", "text", Category::person_name, 1),
                        classified("custom_values", "value", "text", Category::birth_date, 0.9)};
    result.inventory[0].counts = ColumnCounts{1980, 1301, 1298};
    result.inventory[1].by_name = Category::phone;
    result.inventory[1].counts = ColumnCounts{1980, 1980, std::nullopt};
    result.inventory[1].content = ColumnContent{
        1000, 998, 3, 990, {{"email", Category::email, false, 985, 5}, {"health_en", Category::health, true, 0, 7}}};
    result.inventory[3].field = LogicalField{"Geburtsdatum", "field_id", "17"};
    result.inventory[3].counts = ColumnCounts{40, 12, std::nullopt};
    result.content = {ContentExtent::sample,
                      7,
                      1000,
                      16384,
                      {{{"crm", "contacts"}, SampleMethod::key_positions, 1000, 1980},
                       {{"crm", "contacts_bak_2019"}, SampleMethod::everything, 12, 12},
                       {{"crm", "events"}, SampleMethod::blocks, 640, 2500000}},
                      {{"crm.secrets", "forbidden: 42501"}, {"crm.archive", "no_key"}}};
    result.inventory_gaps = {{"crm.contacts.notes", "timeout: 57014"}};
    add_permissions(result);
    result.seen = {{{"crm", "contacts"}, {"id", "birthdate", "email1"}}, {{"crm", "empty"}, {}}};
    return result;
}

AuditResult clean_result() {
    AuditResult result = sample_result();
    for (auto* each : {&result.source.account_can_write, &result.source.missing_safeguards,
                       &result.source.inconsistent_tables, &result.source.left_out})
        each->clear();
    result.source.gaps.clear();
    result.findings.clear(), result.remedies = {};
    result.baseline_as_of.clear();
    for (RuleOutcome& outcome : result.outcomes) {
        outcome = {outcome.rule, outcome.check, OutcomeStatus::clean, {}, "", false, ""};
    }
    for (PersonsAffected& persons : result.persons) persons = {persons.entity, persons.total, 0, {}};
    return result;
}

AuditResult hostile_result() {
    using namespace std::string_literals;
    AuditResult result = sample_result();
    const std::vector<std::string> names{
        "</td><script>alert(1)</script>",
        "]]><x>&amp;\"'",
        "nul\0bell\a"s,
        "bad\xC3\x28utf\xFF",
        "=cmd|'/c calc'!A1",
        "tab\there\nline\rreturn",
        " spaces ",
        "--\xE2\x80\xAE txt",
        "\xF0\x9F\x98\x80 emoji",
    };
    for (const std::string& name : names) {
        Finding finding = result.findings.front();
        finding.object.table = {name, name};
        finding.object.column = name;
        finding.facts = {name};
        finding.details = {{name, 1}};
        finding.rows->condition = all({missing(column(name), {name, ""}), {OneOf{attribute(name), {name, " "}}}});
        finding.evidence_sql = "SELECT '" + name + "'";
        result.findings.push_back(finding);
        finding.object = {{}, "", name, ""};
        finding.persons = false;
        finding.rows.reset();
        result.findings.push_back(finding);
        result.source.gaps.push_back({name, name});
        result.inventory.push_back(classified(name.c_str(), name.c_str(), name.c_str(), Category::email, 0.5));
        result.inventory.back().field = LogicalField{name, name, name};
        result.content.gaps.push_back({name, name});
        result.content.samples.push_back({{name, name}, SampleMethod::row_chance, 1, 2});
        result.inventory_gaps.push_back({name, name});
        result.laws.push_back({name, name, "", false, {{"en", name}, {"de", name}}});
        result.seen.push_back({{name, name}, {name}});
        result.suppression.push_back({{name, name}, name, {{"", name, name}, {"", name, std::nullopt}}});
        result.outcomes.front().gaps.push_back({name, name});
    }
    result.evidence_kept = Period{38, 1};
    result.entities.push_back(contact());
    result.entities.back().key = names;
    result.run.profile_title = result.source.account = names.front();
    result.source.product = names[1];
    return result;
}

}  // namespace crmaudit::test
