// A check is one file, one rule in the shipped policy, and tests for the three ways it can end.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "auditor/checks/check.h"
#include "policies/load.h"
#include "tests/project/source_tree.h"

namespace crmaudit::testing {
namespace {

std::vector<std::string> check_ids() {
    std::vector<std::string> ids;
    for (const auto& check : checks::all_checks()) ids.emplace_back(check.id);
    return ids;
}

/// "stale_person" → "StalePerson"
std::string suite_name(const std::string& id) {
    std::string name;
    bool is_start = true;
    for (char c : id) {
        if (c != '_') name += is_start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        is_start = c == '_';
    }
    return name;
}

TEST(Checks, AreNamedAfterTheirFiles) {
    ASSERT_FALSE(check_ids().empty());
    for (const auto& id : check_ids()) {
        EXPECT_TRUE(source_exists("auditor/checks/" + id + ".cpp")) << id;
    }
}

TEST(Checks, HaveTestsForHitCleanAndMissingMapping) {
    for (const auto& id : check_ids()) {
        const std::string path = "tests/checks/" + id + "_test.cpp";
        ASSERT_TRUE(source_exists(path)) << path;
        const std::string text = read_source(path);
        for (const auto* situation : {"Hit", "Clean", "MappingMissing"}) {
            const std::string start = "TEST(" + suite_name(id) + ", " + situation;
            EXPECT_NE(text.find(start), std::string::npos) << path << " has no " << start << "…";
        }
    }
}

TEST(Checks, HaveARuleInAShippedPolicyWithTextsInBothLanguages) {
    std::vector<Rule> rules;
    for (const auto& name : policies::shipped_policy_names()) {
        for (Rule& rule : policies::load_policy(name, check_ids()).rules) rules.push_back(std::move(rule));
    }
    for (const auto& id : check_ids()) {
        // Its rules select rows of their own: no policy that fits every CRM has one.
        if (id == "custom") continue;
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& each) { return each.check == id; });
        if (rule == rules.end()) {
            ADD_FAILURE() << "no rule of a shipped policy uses the check " << id;
            continue;
        }
        EXPECT_FALSE(rule->basis.empty()) << rule->id;
        for (const auto* texts : {&rule->texts.title, &rule->texts.what, &rule->texts.why, &rule->texts.remedy,
                                  &rule->texts.false_positives}) {
            for (const auto* language : {"en", "de"}) {
                const auto text = texts->find(language);
                EXPECT_TRUE(text != texts->end() && !text->second.empty())
                    << rule->id << " lacks a text in " << language;
            }
        }
    }
}

}  // namespace
}  // namespace crmaudit::testing
