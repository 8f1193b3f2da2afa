// The round trip of a purge for every profile, on the database its CRM runs on: rows are made up along every path that
// takes something along, for one person who goes and for one who stays, and shared ones. The former vanish, the latter
// stay, and so does everything in tables that no purge is about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "auditor/sql/render.h"
#include "reports/purge/plan.h"
#include "reports/result_xml.h"
#include "tests/support/crm_fixtures.h"
#include "tests/support/purge_crm.h"
#include "tests/support/related_rows.h"

namespace crmaudit::live {
namespace {

using reports::purge::Plan;
using reports::purge::Step;

constexpr auto of_persons = "stale_person,soft_deleted_not_erased,unconverted_lead";
const std::string rules = std::string{of_persons} + ",orphaned_personal_rows";

/// What happened then keeps nobody.
constexpr auto long_ago = "2010-01-01";

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

class PurgeProfiles : public ::testing::TestWithParam<std::string> {
protected:
    Product product = product_of(GetParam());
    PurgeCrm crm{product, GetParam(), files_of(GetParam())};
    AuditResult result;
    reports::purge::Limits limits;

    /// What has to go and what has to stay, with the path that it was made for.
    std::vector<std::pair<std::string, MadeRow>> going;
    std::vector<std::pair<std::string, MadeRow>> staying;
    std::map<std::string, std::string> left_by_entity;
    std::set<std::string> relationships;

    void SetUp() override {
        limits.accept_no_relationship = limits.accept_lost_objections = true;
        // Copies of HubSpot have no keys, so nothing of them can be purged before they get some.
        if (GetParam() == "hubspot") crm.sql("ALTER TABLE contacts ADD PRIMARY KEY (hs_object_id)");
        if (product == Product::mariadb) crm.sql("SET SESSION sql_mode = ''");
    }

    support::ProcessResult purge_persons() {
        return crm.purge({"--accept-lost-objections", "--accept-no-relationship", "--max-share", "100", "--batch", "2",
                          "--only", of_persons});
    }

    Plan plan() {
        const std::string path = crm.audit(rules);
        result = reports::read_result_xml(path, support::read_text(path));
        // Rows of nobody are counted here, not deleted.
        for (Rule& rule : result.rules) {
            if (rule.purge != PurgeAction::person) rule.purge = PurgeAction::none;
        }
        return reports::purge::make_plan(result, limits);
    }

    const sql::Grammar& grammar() const { return *connectors::find_grammar(result.source.dialect); }

    std::vector<std::string> keys(const Entity& entity, const Condition& condition) {
        const sql::Renderer renderer{grammar(), result.run.as_of};
        return lines_of(crm.rows(renderer.keys(entity, condition)));
    }

    /// Who is on the work list, and goes when the batch asks again: a date after the audit, however strange, is a sign
    /// of life then.
    std::vector<std::string> still_due(const Step& step) {
        const Date last{std::chrono::year{9998} / 12 / 31};
        const sql::Renderer renderer{grammar(), sql::Days{result.run.as_of, last}};
        std::vector<std::string> still = lines_of(crm.rows(renderer.keys(step.entity, step.still)));
        const std::vector<std::string> due = keys(step.entity, step.due);
        std::erase_if(still,
                      [&](const std::string& key) { return std::find(due.begin(), due.end(), key) == due.end(); });
        return still;
    }

    /// One of whom a step deletes, and one of the same kind whom none does; "" where there is none.
    std::pair<std::string, std::string> two_of(const Step& step, const Plan& all) {
        std::set<std::string> due;
        for (const Step& each : all.steps) {
            if (each.entity.table != step.entity.table) continue;
            for (const std::string& key : keys(each.entity, each.found)) due.insert(key);
        }
        const auto leaving = still_due(step);
        std::string left;
        for (const std::string& each : keys(step.entity, step.entity.live)) {
            if (!due.contains(each)) left = each;
        }
        return {leaving.empty() ? "" : leaving.front(), left};
    }

    void fill(RelatedRows& rows, const Step& step, const std::string& leaving, const std::string& left) {
        const std::string gone = grammar().text_literal(leaving);
        const std::string kept = grammar().text_literal(left);
        for (const Path& path : step.entity.paths) {
            if (path.purge == PathPurge::keep) continue;
            const std::string name = step.entity.name + " " + path.name;
            const std::size_t joins = path.purge == PathPurge::links ? 1 : path.joins.size();
            std::vector<MadeRow> own = rows.make(path, joins, gone);
            if (!is_due(step, leaving)) {
                // What was made up is a relationship, with the first row there is.
                for (const MadeRow& each : own) rows.remove(each);
                relationships.insert(path.name);
                continue;
            }
            const bool begins_with_person = own.size() < joins;
            for (MadeRow& each : own) going.emplace_back(name, std::move(each));
            if (left.empty()) continue;
            rows.set_day(crmaudit::to_string(result.run.as_of));
            for (MadeRow& each : rows.make(path, joins, kept)) staying.emplace_back(name, std::move(each));
            rows.set_day(long_ago);
            if (joins < 2 || begins_with_person || !rows.points_at_next(path, 0)) continue;
            std::vector<MadeRow> shared = rows.make(path, joins, gone);
            for (MadeRow& each : rows.make(path, joins, kept, &shared[1])) {
                staying.emplace_back(name + " shared", std::move(each));
            }
            going.emplace_back(name + " shared", std::move(shared[0]));
            for (std::size_t i = 1; i < joins; ++i) staying.emplace_back(name + " shared", std::move(shared[i]));
        }
    }

    std::map<TableName, std::int64_t> orphans() const {
        std::map<TableName, std::int64_t> rows;
        for (const Finding& each : result.findings) {
            if (each.rule == "orphaned_personal_rows") rows[each.object.table] += each.affected;
        }
        return rows;
    }

    bool is_due(const Step& step, const std::string& person) {
        const std::vector<std::string> due = still_due(step);
        return std::find(due.begin(), due.end(), person) != due.end();
    }

    /// Who had nothing that a rule could look at may be found once there is something.
    void forget_whom_rows_made_due(const Plan& made) {
        for (const Step& step : made.steps) {
            const std::vector<std::string> found = keys(step.entity, step.found);
            if (std::find(found.begin(), found.end(), left_by_entity[step.entity.name]) == found.end()) continue;
            std::erase_if(staying, [&](const auto& each) { return each.first.starts_with(step.entity.name + " "); });
        }
    }

    std::string count(const std::vector<std::pair<std::string, MadeRow>>& rows, bool there) {
        RelatedRows look{result, grammar(), {}, [&](const std::string& query) { return crm.cell(query); }};
        std::string text;
        for (const auto& [path, row] : rows) {
            if (look.is_there(row) != there) text += path + ": " + to_string(row.table) + "\n";
        }
        return text;
    }

    /// Tables that no step deletes from, and in which the database itself empties no key.
    std::map<std::string, std::string> outside(const Plan& plan) {
        std::set<TableName> inside;
        for (const Step& step : plan.steps) inside.insert(step.deletes.begin(), step.deletes.end());
        const std::string schema = product == Product::postgresql ? "public" : crm.scratch.name();
        std::map<std::string, std::string> rows;
        for (const std::string& name : lines_of(
                 crm.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = '" + schema + "'"))) {
            const TableName table{schema, name};
            if (inside.contains(table) || name.starts_with("crmaudit_")) continue;
            const bool is_emptied = crm.cell(emptied(table, inside)) != "0";
            if (is_emptied) continue;
            std::vector<std::string> lines = lines_of(crm.rows("SELECT * FROM " + grammar().quote(table)));
            std::sort(lines.begin(), lines.end());
            for (const std::string& line : lines) rows[name] += line + "\n";
        }
        return rows;
    }

    std::string emptied(const TableName& table, const std::set<TableName>& inside) {
        std::string names;
        for (const TableName& each : inside) names += (names.empty() ? "" : ", ") + grammar().text_literal(each.name);
        if (product == Product::mariadb) {
            return "SELECT COUNT(*) FROM information_schema.referential_constraints WHERE delete_rule = 'SET NULL' AND "
                   "constraint_schema = '" +
                   table.schema + "' AND table_name = " + grammar().text_literal(table.name) +
                   " AND referenced_table_name IN (" + names + ")";
        }
        return "SELECT COUNT(*) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = "
               "k.confrelid WHERE k.confdeltype = 'n' AND c.relname = " +
               grammar().text_literal(table.name) + " AND r.relname IN (" + names + ")";
    }
};

TEST_P(PurgeProfiles, TakeAlongWhatIsThePersonsAndNothingElse) {
    const Plan before = plan();
    for (const auto& refusal : before.refusals)
        ADD_FAILURE() << refusal.rule << ": " << refusal.reason << " " << refusal.detail;
    std::set<std::string> filled;
    RelatedRows rows{result, grammar(), [&](const std::string& statement) { crm.sql(statement); },
                     [&](const std::string& query) { return crm.cell(query); }};
    rows.set_day(long_ago);
    for (const Step& step : before.steps) {
        if (filled.contains(step.entity.name)) continue;
        const auto [leaving, left] = two_of(step, before);
        if (leaving.empty()) continue;
        filled.insert(step.entity.name);
        left_by_entity[step.entity.name] = left;
        fill(rows, step, leaving, left);
    }
    ASSERT_FALSE(filled.empty());
    const std::set<std::string> spare{"every_case_link",    "every_relationship", "every_relationship_from",
                                      "every_registration", "every_membership",   "deals_as_participant"};
    for (const std::string& each : relationships) EXPECT_TRUE(spare.contains(each)) << each;
    const Plan made = plan();
    forget_whom_rows_made_due(made);
    EXPECT_FALSE(staying.empty());
    const auto untouched = outside(made);
    auto orphaned = orphans();
    EXPECT_EQ(count(going, true), "");
    const auto written = purge_persons();
    ASSERT_EQ(written.code, 0) << written.err;
    const auto dry = crm.run("1-dry-run.sql");
    ASSERT_EQ(dry.code, 0) << dry.output.substr(0, 2000);
    for (const Step& step : made.steps) {
        const std::string found = step.rule + ", " + step.entity.name + ": persons found now[ |\t]+";
        EXPECT_THAT(dry.output, ::testing::ContainsRegex(found + std::to_string(step.audited) + "\n"));
    }
    const auto purged = crm.run("2-purge.sql");
    ASSERT_EQ(purged.code, 0) << purged.output.substr(0, 2000);
    EXPECT_EQ(count(going, false), "") << "should have gone";
    EXPECT_EQ(count(staying, true), "") << "should have stayed";
    EXPECT_EQ(outside(made), untouched);
    const auto verified = crm.run("3-verify.sql");
    EXPECT_EQ(verified.code, 0) << verified.output.substr(0, 2000);
    EXPECT_THAT(verified.output, ::testing::Not(::testing::ContainsRegex("there all the same[^\n]*[1-9][0-9]*\n")));
    const Plan after = plan();
    for (const Step& step : after.steps) {
        EXPECT_THAT(still_due(step), ::testing::IsEmpty()) << step.rule << " " << step.entity.name;
    }
    for (const auto& [table, number] : orphans()) {
        // Where no key tells rows apart, none can be deleted that others may have a part in: an audit says that they
        // are left.
        const auto structure = std::find_if(result.tables.begin(), result.tables.end(),
                                            [&](const TouchedTable& each) { return each.name == table; });
        ASSERT_NE(structure, result.tables.end()) << to_string(table);
        if (structure->primary_key.empty()) continue;
        EXPECT_LE(number, orphaned[table]) << to_string(table);
    }
}

INSTANTIATE_TEST_SUITE_P(Each, PurgeProfiles, ::testing::ValuesIn(crm_fixtures()),
                         [](const auto& folder) { return folder.param; });

}  // namespace
}  // namespace crmaudit::live
