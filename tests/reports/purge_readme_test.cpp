// What the README of the scripts says only where it matters.
#include "reports/purge/readme.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/database.h"
#include "reports/purge/postgresql_script.h"

namespace crmaudit::reports::purge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string readme_of(const Step& step, const std::string& language) {
    Plan plan;
    plan.steps = {step};
    const PostgresqlScript client{*connectors::find_grammar("postgresql")};
    return readme({}, plan, {}, client, Locale{language});
}

TEST(PurgeReadme, TellsOfSeveralRunsWherePersonsPointAtEachOther) {
    constexpr const char* english = "Persons who point at each other go together when one batch holds all of them.";
    constexpr const char* german = "Personen, die aufeinander zeigen, werden zusammen gelöscht, wenn ein Stapel";
    Step step;
    step.entity.table = {"public", "person"};
    EXPECT_THAT(readme_of(step, "en"), Not(HasSubstr(english)));
    step.reach.ties = {{{"public", "note"}, {}}};
    EXPECT_THAT(readme_of(step, "en"), Not(HasSubstr(english)));
    step.reach.ties = {{{"public", "person"}, {}}};
    EXPECT_THAT(readme_of(step, "en"), HasSubstr(english));
    EXPECT_THAT(readme_of(step, "de"), HasSubstr(german));
    step.reach.ties.clear();
    step.reach.blockers = {{{"public", "person"}, {}, true}};
    EXPECT_THAT(readme_of(step, "en"), HasSubstr(english));
}

}  // namespace
}  // namespace crmaudit::reports::purge
