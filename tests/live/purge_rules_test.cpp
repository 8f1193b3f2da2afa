// The round trip of a purge for every rule that has a remedy and every profile, on the database its CRM runs on: audit,
// dry run, purge, verification, audit again. What was found is gone but for those who are spared, and no other row has
// changed. What becomes of each rule stands in purged.txt beside the rows of the CRM, a line for each:
//   step RULE ABOUT               rows are deleted or changed
//   refused RULE OBJECT REASON    found, and no script is safe
//   left RULE REASON              found, and nothing that a script could do
//   clean RULE, not_applicable RULE
//   after RULE OBJECT             found only after the purge: what lost its last person by it
#include <algorithm>
#include <fstream>
#include <memory>
#include <set>

#include "auditor/model/own_tables.h"
#include "reports/locale.h"
#include "reports/result_xml.h"
#include "tests/live/purge_fixture.h"
#include "tests/support/crm_fixtures.h"
#include "tests/support/purge_account.h"

namespace crmaudit::live {
namespace {

using reports::purge::deletes_rows;
using reports::purge::Plan;
using reports::purge::Step;

struct Trip {
    std::string crm;
    Product product;
    bool demo = false;  // SuiteCRM as scripts/demo makes it
};

std::ostream& operator<<(std::ostream& out, const Trip& trip) {
    return out << trip.crm << (trip.demo ? "_demo_on_" + to_string(trip.product) : "");
}

std::vector<Trip> trips() {
    std::vector<Trip> all;
    for (const std::string& crm : crm_fixtures()) all.push_back({crm, product_of(crm)});
    for (const Product product : all_products) all.push_back({"suitecrm", product, true});
    return all;
}

/// What rules meet that find nothing else, and keys that copies of other databases lack.
std::vector<std::string> more_of(const Trip& trip) {
    if (trip.demo) {
        return {
            "INSERT INTO email_addresses (id, email_address, email_address_caps, deleted) VALUES ('of-nobody', "
            "'nobody@example.org', 'NOBODY@EXAMPLE.ORG', '0')"};
    }
    if (trip.crm == "hubspot") {
        return {"ALTER TABLE contacts ADD PRIMARY KEY (hs_object_id)",
                "ALTER TABLE emails ADD PRIMARY KEY (hs_object_id)", "ALTER TABLE email_events ADD PRIMARY KEY (id)"};
    }
    const std::map<std::string, std::pair<std::string, std::string>> custom_fields{
        {"espocrm", {"contact", "c_birthdate"}},
        {"mautic", {"leads", "birthday"}},
        {"odoo", {"res_partner", "x_birthdate"}},
        {"pipedrive", {"persons", "birthday"}}};
    const auto field = custom_fields.find(trip.crm);
    if (field == custom_fields.end()) return {};
    const auto& [table, column] = field->second;
    return {"ALTER TABLE " + table + " ADD COLUMN " + column + " DATE",
            "UPDATE " + table + " SET " + column + " = '1980-02-03'"};
}

class PurgeRules : public ::testing::TestWithParam<Trip> {
protected:
    TemporaryDirectory place;
    std::unique_ptr<PurgeCrm> crm;
    AuditResult result;
    Catalog catalog;
    reports::purge::Limits limits;

    void SetUp() override {
        const Trip& trip = GetParam();
        if (trip.demo) {
            crm = std::make_unique<PurgeCrm>(trip.product, 200);
        } else {
            const std::string rows = place.path() / "rows.sql";
            support::write_text(rows, rows_as_of_today(trip.crm));
            crm = std::make_unique<PurgeCrm>(trip.product, trip.crm,
                                             std::vector{files_of(trip.crm).front(), std::filesystem::path{rows}});
        }
        crm->rules =
            "stale_person,soft_deleted_not_erased,unconverted_lead,unnecessary_field,marketing_without_consent,"
            "bulk_mail_without_consent,mailed_after_objection,tracking_detail_kept,erased_person_leftovers,"
            "orphaned_personal_rows,expired_log";
        limits.accept_no_relationship = true;
        limits.max_share = 100;
        limits.suppression_key = place.path() / "key";
        support::write_text(limits.suppression_key, std::string(64, 'b') + "\n");
        for (const std::string& each : more_of(trip)) crm->sql(each);
        catalog = connectors::open_database(crm->scratch.options())->read_catalog();
    }

    Plan audit() {
        const std::string path = crm->audit();
        result = reports::read_result_xml(path, support::read_text(path));
        return reports::purge::make_plan(result, limits);
    }

    support::ProcessResult write_scripts() {
        return crm->purge(crm->report(), {"--accept-no-relationship", "--max-share", "100", "--batch",
                                          GetParam().demo ? "20" : "3", "--suppression-key", limits.suppression_key});
    }

    /// Names in files know nothing of the schema that a test is in.
    std::string plain(std::string name) const {
        const std::string schema = GetParam().product == Product::postgresql ? "public." : crm->scratch.name() + ".";
        for (std::size_t at = 0; (at = name.find(schema, at)) != std::string::npos;) name.erase(at, schema.size());
        return name;
    }

    std::set<std::string> outcome(const Plan& plan) const {
        std::set<std::string> lines;
        for (const Step& each : plan.steps) lines.insert("step " + each.rule + " " + plain(each.about));
        for (const auto& each : plan.refusals) {
            lines.insert("refused " + each.rule + " " + plain(each.object) + " " + each.reason);
        }
        for (const auto& each : plan.unscripted) lines.insert("left " + each.rule + " " + each.reason);
        for (const RuleOutcome& each : result.outcomes) {
            const bool is_asked = crm->rules.find(each.rule) != std::string::npos;
            if (is_asked && each.status != OutcomeStatus::found) {
                lines.insert(std::string{to_string(each.status)} + " " + each.rule);
            }
        }
        return lines;
    }

    static std::set<std::string> expected() {
        const std::string folder = GetParam().demo ? "demo_crm" : "crms/" + GetParam().crm;
        std::ifstream file(CRMAUDIT_SOURCE_DIR "/tests/fixtures/" + folder + "/purged.txt");
        std::set<std::string> lines;
        for (std::string line; std::getline(file, line);) {
            line.erase(std::min(line.find('#'), line.size()));
            line.erase(line.find_last_not_of(' ') + 1);
            if (!line.empty()) lines.insert(line);
        }
        return lines;
    }

    const TableName* name_of(const std::string& table) const {
        for (const Table& each : catalog.tables) {
            if (each.name.name == table) return &each.name;
        }
        return nullptr;
    }
};

/// The numbers of the dry run are those of the report, and of what the plan comes to.
void expect_said(const std::map<std::string, long>& dry, const Forecast& each) {
    const reports::Locale english{"en"};
    const bool persons = each.step.action == PurgeAction::person;
    const auto number = [&](const std::string& key) {
        const auto found = dry.find(each.name() + ": " + english.text(key));
        return found == dry.end() ? -1 : found->second;
    };
    const auto said = [&](const std::string& of_rows, const std::string& of_persons) {
        return number("purge.said." + (persons ? of_persons : of_rows));
    };
    EXPECT_EQ(said("rows.audited", "audited"), each.step.audited) << each.name();
    EXPECT_EQ(said("rows.found", "found"), each.step.audited) << each.name();
    EXPECT_EQ(each.found.values.size(), each.step.audited) << each.name();
    EXPECT_EQ(said(std::string{to_string(each.step.action)} + ".due", "due"), each.due.values.size()) << each.name();
    for (const auto& [why, rows] : each.spared) EXPECT_EQ(number("purge.spared." + why), rows.size()) << each.name();
    if (deletes_rows(each.step.action)) {
        EXPECT_EQ(number("purge.spared.since"), each.due.values.size() - each.going.values.size()) << each.name();
    }
}

/// What the audit after the purge says of a step; whether it finds what it did not before.
bool expect_clean(const Forecast& was, const Forecast* is, const DatabaseRows& after) {
    std::set<Cells> spared = still_there(was.found, after);
    for (const Cells& each : was.going.values) spared.erase(each);
    if (is == nullptr) {
        EXPECT_TRUE(spared.empty() || was.step.action == PurgeAction::restrict) << was.name();
        return false;
    }
    const auto known = [&](std::set<Cells> rows) {
        std::erase_if(rows, [&](const Cells& each) { return !was.found.values.contains(each); });
        return rows;
    };
    EXPECT_EQ(is->step.audited, is->found.values.size()) << is->name();
    EXPECT_THAT(known(is->going.values), ::testing::IsEmpty()) << is->name();
    if (was.step.action != PurgeAction::restrict) {
        EXPECT_EQ(known(is->found.values), spared) << was.name();
    } else {
        // What was sent stays sent, but whom it reached is marked.
        std::erase_if(spared, [&](const Cells& each) { return !was.pending.contains(each); });
        EXPECT_EQ(is->pending, spared) << was.name();
    }
    return known(is->found.values) != is->found.values;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& each : lines) text += each + "\n";
    return text;
}

TEST_P(PurgeRules, CleanWhatTheReportFoundAndNothingElse) {
    const Plan plan = audit();
    std::set<std::string> lines = outcome(plan);
    const auto forecasts = forecast(*crm, result, plan);
    const auto places = result.suppression;
    const DatabaseRows before = all_rows(*crm, catalog);
    write_scripts();
    const auto dry = crm->run("1-dry-run.sql");
    ASSERT_EQ(dry.code, 0) << dry.output.substr(0, 2000);
    for (const Forecast& each : forecasts) expect_said(numbers(dry.output), each);
    EXPECT_TRUE(all_rows(*crm, catalog) == before);
    const auto purged = crm->run("2-purge.sql");
    ASSERT_EQ(purged.code, 0) << purged.output.substr(0, 2000);
    const auto verified = crm->run("3-verify.sql");
    EXPECT_EQ(verified.code, 0) << verified.output.substr(0, 2000);
    EXPECT_THAT(verified.output, ::testing::Not(::testing::ContainsRegex("there all the same[^\n]*[1-9][0-9]*\n")));
    const DatabaseRows after = all_rows(*crm, catalog);
    const Course course{catalog, places, forecasts, before, after};
    EXPECT_EQ(joined(unexplained(course)), "");
    EXPECT_EQ(joined(undone(course)), "");
    const auto dangled = dangling(catalog, before);
    for (const std::string& each : dangling(catalog, after)) EXPECT_TRUE(dangled.contains(each)) << each;

    const Plan again = audit();
    EXPECT_FALSE(result.deletions.empty());
    for (const CatalogGap& each : result.source.gaps) {
        EXPECT_FALSE(each.object.ends_with(deletion_log)) << each.object << ": " << each.reason;
    }
    const auto left = forecast(*crm, result, again);
    for (const Forecast& each : forecasts) {
        const auto same =
            std::find_if(left.begin(), left.end(), [&](const Forecast& other) { return other.name() == each.name(); });
        if (expect_clean(each, same == left.end() ? nullptr : &*same, after)) {
            lines.insert("after " + each.step.rule + " " + plain(each.step.about));
        }
    }
    for (const std::string& each : outcome(again)) {
        if (lines.contains(each)) continue;
        if (each.starts_with("step ")) lines.insert("after" + each.substr(4));
        if (each.starts_with("refused ")) lines.insert("after" + each.substr(7));
    }
    EXPECT_EQ(lines, expected());
}

INSTANTIATE_TEST_SUITE_P(Each, PurgeRules, ::testing::ValuesIn(trips()),
                         [](const auto& trip) { return ::testing::PrintToString(trip.param); });

}  // namespace
}  // namespace crmaudit::live
