#include "auditor/app/program.h"

#include <gtest/gtest.h>

#include "auditor/app/option_table.h"
#include "auditor/checks/check.h"
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

TEST(Program, ExplainsEveryCheckInBothLanguagesWithoutADatabase) {
    for (const checks::Check& check : checks::all_checks()) {
        const std::string id{check.id};
        const Answer english = program({"explain", id});
        EXPECT_EQ(english.code, 0) << english.err;
        for (const char* heading : {"What\n", "Why\n", "Remedy\n", "When it may be wrong\n", "Legal basis: "}) {
            EXPECT_NE(english.out.find(heading), std::string::npos) << id << heading;
        }
        const Answer german = program({"explain", id, "--lang", "de"});
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

TEST(Program, RenderNeedsAResult) {
    const Answer answer = program({"render", "/nonexistent/report.xml"});
    EXPECT_EQ(answer.code, 78);
    EXPECT_NE(answer.err.find("/nonexistent/report.xml"), std::string::npos);
}

}  // namespace
}  // namespace crmaudit::app
