// Habits of the repository that a machine can keep better than a person.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <regex>
#include <set>
#include <string>

#include "tests/project/source_tree.h"

namespace crmaudit::testing {
namespace {

bool is_cpp(const std::string& path) { return path.ends_with(".h") || path.ends_with(".cpp"); }
bool is_text(const SourceFile& file) { return file.text.find('\0') == std::string::npos; }

TEST(Habits, NoFileNamesAMachine) {
    // Put together here, so that this file does not name one either.
    const std::array<std::string, 4> places{std::string("/wo") + "rk/", std::string("/ro") + "ot/",
                                            std::string("/tmp/br") + "ief", std::string("/ho") + "me/"};
    for (const auto& file : source_files([](const std::string&) { return true; })) {
        if (!is_text(file)) continue;
        for (const auto& place : places) {
            EXPECT_EQ(file.text.find(place), std::string::npos) << file.path << " holds " << place;
        }
    }
}

TEST(Habits, SourceFilesStayShort) {
    for (const auto& file : source_files(is_cpp)) {
        EXPECT_LE(std::ranges::count(file.text, '\n'), 400) << file.path;
    }
}

TEST(Habits, HeadersOpenWithWhatTheyPromise) {
    for (const auto& file : source_files([](const std::string& path) { return path.ends_with(".h"); })) {
        EXPECT_TRUE(file.text.starts_with("//")) << file.path;
        EXPECT_NE(file.text.find("#pragma once"), std::string::npos) << file.path;
    }
}

TEST(Habits, TheProgramDefinesNoMacros) {
    static const std::regex define(R"(^\s*#\s*define\b)", std::regex::multiline);
    for (const auto& file : program_sources()) EXPECT_FALSE(std::regex_search(file.text, define)) << file.path;
}

TEST(Habits, LawStandsInPoliciesNotInCode) {
    static const std::regex article(R"(\bArt(\.|icle) ?[0-9]|§ ?[0-9]|[0-9]\([0-9]\)\([a-z]\))");
    for (const auto& file : program_sources()) {
        std::smatch match;
        const std::string code = without_comments(file.text);
        EXPECT_FALSE(std::regex_search(code, match, article)) << file.path << " names " << match.str();
    }
}

TEST(Habits, TablesOfVendorsStandInProfilesNotInCode) {
    static const std::regex table(R"re(\btable="([a-z0-9]+_[a-z0-9_]+)")re");
    std::set<std::string> names;
    for (const auto& file :
         source_files([](const std::string& path) { return path.starts_with("policies/profiles/"); })) {
        for (auto match = std::sregex_iterator(file.text.begin(), file.text.end(), table);
             match != std::sregex_iterator(); ++match) {
            names.insert((*match)[1]);
        }
    }
    ASSERT_TRUE(names.contains("email_addr_bean_rel")) << "the profiles are not where this test looks";
    for (const auto& file : program_sources()) {
        const std::string code = without_comments(file.text);
        for (const auto& name : names) {
            EXPECT_EQ(code.find('"' + name + '"'), std::string::npos) << file.path << " names " << name;
        }
    }
}

TEST(Habits, ScriptsParse) {
    int scripts = 0;
    for (const auto& file : source_files(
             [](const std::string& path) { return path.starts_with("scripts/") || path.starts_with(".ci/"); })) {
        const std::string first = file.text.substr(0, file.text.find('\n'));
        if (!first.starts_with("#!")) continue;
        ++scripts;
        const std::string shell = first.ends_with("bash") ? "bash" : "sh";
        const std::string command = shell + " -n '" + CRMAUDIT_SOURCE_DIR + "/" + file.path + "'";
        EXPECT_EQ(std::system(command.c_str()), 0) << file.path;  // NOLINT(cert-env33-c): our own files
    }
    EXPECT_GE(scripts, 5);
}

}  // namespace
}  // namespace crmaudit::testing
