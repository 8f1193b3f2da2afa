#include "auditor/app/program.h"

#include <gtest/gtest.h>

#include "auditor/app/option_table.h"
#include "auditor/checks/check.h"
#include "tests/support/process.h"
#include "tests/support/surroundings.h"

namespace crmaudit::app {
namespace {

struct Answer {
    int code;
    std::string out;
    std::string err;
};

Answer program(const std::vector<std::string>& arguments) {
    support::TestSurroundings surroundings;
    const int code = run_program(arguments, surroundings.value);
    return {code, surroundings.out.str(), surroundings.err.str()};
}

TEST(Program, HelpBeginsWithExamplesAndNamesEveryOption) {
    for (const Command& command : commands()) {
        const Answer answer = program({std::string{command.name}, "--help"});
        EXPECT_EQ(answer.code, 0);
        EXPECT_LT(answer.out.find("Examples"), answer.out.find("Usage")) << command.name;
        for (const Option& option : command.options) {
            EXPECT_NE(answer.out.find("--" + std::string{option.name}), std::string::npos) << option.name;
        }
    }
    EXPECT_NE(program({"--help"}).out.find("Exit codes"), std::string::npos);
    EXPECT_TRUE(program({"--version"}).out.starts_with("crmaudit "));
}

TEST(Program, ErrorsAreOneLine) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{{},
                                                                       {"audt"},
                                                                       {"--dsn", "crm"},
                                                                       {"audit"},
                                                                       {"discover"},
                                                                       {"discover", "crm.db"},
                                                                       {"list"},
                                                                       {"list", "rulse"},
                                                                       {"explain", "nothing"},
                                                                       {"render"}}) {
        const Answer answer = program(arguments);
        EXPECT_EQ(answer.code, 64);
        EXPECT_EQ(answer.out, "");
        EXPECT_TRUE(answer.err.starts_with("crmaudit: "));
        EXPECT_EQ(std::count(answer.err.begin(), answer.err.end(), '\n'), 1) << answer.err;
    }
    EXPECT_NE(program({"audt"}).err.find("did you mean 'audit'?"), std::string::npos);
    EXPECT_NE(program({"list", "rulse"}).err.find("did you mean 'rules'?"), std::string::npos);
}

TEST(Program, ListsEveryCheckWithATitle) {
    const Answer answer = program({"list", "checks"});
    for (const checks::Check& check : checks::all_checks()) {
        EXPECT_NE(answer.out.find(std::string{check.id} + " "), std::string::npos) << check.id;
    }
    for (const char* topic : {"rules", "policies", "profiles", "dialects", "categories"}) {
        const Answer list = program({"list", topic, "--lang", "de"});
        EXPECT_EQ(list.code, 0) << topic;
        EXPECT_GT(std::count(list.out.begin(), list.out.end(), '\n'), 0) << topic;
    }
}

/// The shipped policy that has a rule of the check; empty for custom rules.
std::string policy_with(const std::string& check) {
    for (const char* policy : {"gdpr", "gdpr-de"}) {
        if (program({"explain", check, "--policy", policy}).code == 0) return policy;
    }
    return "";
}

TEST(Program, ExplainsEveryCheckInBothLanguagesWithoutADatabase) {
    for (const checks::Check& check : checks::all_checks()) {
        const std::string id{check.id};
        if (id == "custom") continue;
        const std::string policy = policy_with(id);
        const Answer english = program({"explain", id, "--policy", policy});
        EXPECT_EQ(english.code, 0) << english.err;
        for (const char* heading : {"What\n", "Why\n", "Remedy\n", "When it may be wrong\n", "Legal basis: "}) {
            EXPECT_NE(english.out.find(heading), std::string::npos) << id << heading;
        }
        const Answer german = program({"explain", id, "--lang", "de", "--policy", policy});
        EXPECT_NE(german.out.find("Warum\n"), std::string::npos) << id;
    }
}

TEST(Program, ExplainShowsTheSqlOfADialect) {
    for (const char* dialect : {"sqlite", "postgresql", "mariadb"}) {
        const Answer answer = program({"explain", "stale_person", "--dialect", dialect});
        EXPECT_NE(answer.out.find("SELECT b."), std::string::npos) << dialect;
        EXPECT_NE(answer.out.find("suitecrm, contact"), std::string::npos) << dialect;
    }
    EXPECT_EQ(program({"explain", "stale_person", "--dialect", "oracle"}).code, 64);
}

TEST(Program, SaysWhichPolicyHasARuleThatThisOneLacks) {
    EXPECT_NE(program({"explain", "soft_opt_in_without_evidence"}).err.find("gdpr-de, revdsg, uk-gdpr"),
              std::string::npos);
    EXPECT_NE(program({"explain", "custom"}).err.find("--policy FILE"), std::string::npos);
}

TEST(Program, ListsPoliciesWithTheirParents) {
    const std::string list = program({"list", "policies"}).out;
    for (const char* name : {"gdpr-de", "gdpr-fr", "uk-gdpr", "revdsg"}) {
        const auto line = list.substr(list.find(name), list.find('\n', list.find(name)) - list.find(name));
        EXPECT_NE(line.find("on gdpr "), std::string::npos) << line;
    }
}

/// The policy that the README shows.
std::string readme_policy() {
    const std::string readme = support::read_text(std::string{CRMAUDIT_SOURCE_DIR} + "/README.md");
    const auto start = readme.find("```xml\n<policy") + 7;
    return readme.substr(start, readme.find("```", start) - start);
}

TEST(Program, ExplainsTheRulesOfTheReadme) {
    const std::string path = ::testing::TempDir() + "house.xml";
    support::write_text(path, readme_policy());
    for (const char* dialect : {"sqlite", "postgresql", "mariadb"}) {
        const Answer answer = program({"explain", "forgotten_applicant", "--policy", path, "--dialect", dialect});
        ASSERT_EQ(answer.code, 0) << answer.err;
        EXPECT_NE(answer.out.find("Applicants kept too long"), std::string::npos);
        EXPECT_NE(answer.out.find("suitecrm, contact"), std::string::npos) << answer.out;
        EXPECT_NE(answer.out.find("aos_quotes"), std::string::npos) << answer.out;
        EXPECT_NE(answer.out.find("application"), std::string::npos) << answer.out;
    }
    const Answer other = program({"explain", "forgotten_applicant", "--policy", path, "--profile",
                                  std::string{CRMAUDIT_SOURCE_DIR} + "/tests/fixtures/worked_example.xml"});
    EXPECT_NE(other.out.find("contact: not_mapped: contact"), std::string::npos) << other.out;
    const Answer stale = program({"explain", "stale_person", "--policy", path});
    EXPECT_NE(stale.out.find("after = P2Y"), std::string::npos) << stale.out;
    EXPECT_EQ(program({"explain", "duplicate_person", "--policy", path}).code, 64) << "taken out";
}

TEST(Program, RenderNeedsAResult) {
    const Answer answer = program({"render", "/nonexistent/report.xml"});
    EXPECT_EQ(answer.code, 78);
    EXPECT_NE(answer.err.find("/nonexistent/report.xml"), std::string::npos);
}

}  // namespace
}  // namespace crmaudit::app
