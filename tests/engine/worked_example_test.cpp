// CONTRIBUTING.md follows one rule from its XML to the SQL of every dialect. Here the SQL is made, and the page must
// hold it word for word.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "auditor/checks/check.h"
#include "auditor/engine/bind.h"
#include "auditor/sql/render.h"
#include "connectors/database.h"
#include "policies/load.h"
#include "tests/support/catalog_builder.h"

namespace crmaudit {
namespace {

std::string contributing() {
    std::ifstream file{std::string{CRMAUDIT_SOURCE_DIR} + "/CONTRIBUTING.md"};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(WorkedExample, ContributingShowsTheSqlOfEveryDialect) {
    const Catalog catalog = crmaudit::testing::catalog()
                                .table("calls")
                                .column("id", "char(36)")
                                .column("parent_id", "char(36)")
                                .column("parent_type", "varchar(255)")
                                .column("status", "varchar(100)")
                                .column("date_start", "datetime", ColumnKind::timestamp)
                                .column("deleted", "tinyint(1)", ColumnKind::boolean)
                                .table("leads")
                                .column("id", "char(36)")
                                .column("date_entered", "datetime", ColumnKind::timestamp)
                                .column("converted", "tinyint(1)", ColumnKind::boolean)
                                .column("deleted", "tinyint(1)", ColumnKind::boolean)
                                .key("id")
                                .build();
    const Profile profile =
        policies::load_profile(std::string{CRMAUDIT_SOURCE_DIR} + "/tests/fixtures/worked_example.xml");
    const std::vector<Entity> entities = engine::bind(profile, catalog);
    Policy policy;
    policy.rules = {{"unconverted_lead", "unconverted_lead", Severity::medium, {}, {}, {{"after", "P1Y"}}}};
    const Date as_of = parse_date("2026-06-15").value();
    const std::vector<std::string> nothing;
    const checks::CheckInput input{catalog,         {},    entities, true, nothing, nothing, policy,
                                   policy.rules[0], as_of, {},       {}};
    const checks::Plan plan = checks::find_check("unconverted_lead")->plan(input);
    ASSERT_EQ(plan.probes.size(), 1U);
    const checks::Probe& probe = plan.probes[0];
    const std::string page = contributing();
    for (const std::string& dialect : connectors::dialect_names()) {
        const sql::Renderer renderer{*connectors::find_grammar(dialect), as_of};
        const std::string statement =
            renderer
                .measure(probe.entity, {{sql::Measure::What::count, all({probe.total, probe.affected}), ""},
                                        {sql::Measure::What::count, probe.total, ""}})
                .text();
        EXPECT_NE(page.find(statement), std::string::npos) << "CONTRIBUTING.md lacks, for " << dialect << ":\n"
                                                           << statement;
    }
}

}  // namespace
}  // namespace crmaudit
