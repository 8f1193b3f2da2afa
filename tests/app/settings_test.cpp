#include "auditor/app/settings.h"

#include <gtest/gtest.h>

#include "auditor/app/config_file.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::app {
namespace {

const Command& audit() { return *find_command("audit"); }

Failure failure_of(const std::vector<std::string>& arguments, const Environment& environment = {}) {
    try {
        read_settings(audit(), arguments, environment);
    } catch (const Failure& failure) {
        return failure;
    }
    return {ExitCode::clean, "nothing failed"};
}

Failure failure_of_file(const std::string& text) {
    try {
        parse_config(audit(), "a.conf", text);
    } catch (const Failure& failure) {
        return failure;
    }
    return {ExitCode::clean, "nothing failed"};
}

TEST(Settings, ComeFromOptionThenEnvironmentThenFileThenDefault) {
    const live::TemporaryDirectory directory;
    const std::string file = directory.path() / "a.conf";
    support::write_text(file, "lang = de\nfail-on = high\nlabel = file\nout = file\n");
    const Settings settings =
        read_settings(audit(), {"--config", file, "--label=line"},
                      {{"CRMAUDIT_LABEL", "environment"}, {"CRMAUDIT_OUT", "environment"}, {"LABEL", "nothing"}});
    EXPECT_EQ(settings.text("label"), "line");
    EXPECT_EQ(settings["label"].origin, "--label");
    EXPECT_EQ(settings.text("out"), "environment");
    EXPECT_EQ(settings["out"].origin, "CRMAUDIT_OUT");
    EXPECT_EQ(settings.text("fail-on"), "high");
    EXPECT_EQ(settings["fail-on"].origin, file + ":2");
    EXPECT_EQ(settings.text("policy"), "gdpr");
    EXPECT_EQ(settings["policy"].origin, "default");
    EXPECT_EQ(settings.text("baseline"), std::nullopt);
}

TEST(Settings, SplitListsAtCommasButNotReasons) {
    const Settings settings =
        read_settings(audit(), {"--only", "a, b", "--only=c", "--accept", "x until 2027-01-01: one, two"}, {});
    EXPECT_EQ(settings["only"].values, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(settings["accept"].values, (std::vector<std::string>{"x until 2027-01-01: one, two"}));
}

TEST(Settings, AnUnknownOptionIsRefusedWithTheOneThatWasMeant) {
    const Failure failure = failure_of({"--fial-on", "high"});
    EXPECT_EQ(failure.code(), ExitCode::usage);
    EXPECT_STREQ(failure.what(), "unknown option --fial-on; did you mean --fail-on?");
}

TEST(Settings, AbbreviatedOptionsAreRefused) {
    EXPECT_STREQ(failure_of({"--fail", "high"}).what(), "unknown option --fail; did you mean --fail-on?");
}

TEST(Settings, WhatFollowsAMistypedOptionIsNotRepeated) {
    EXPECT_EQ(std::string{failure_of({"--conect=UID=a;PWD=secret"}).what()}.find("secret"), std::string::npos);
    EXPECT_EQ(std::string{failure_of({"--password", "secret"}).what()}.find("secret"), std::string::npos);
    EXPECT_EQ(failure_of({"--password=secret"}).code(), ExitCode::usage);
}

TEST(Settings, OptionsThatAreGivenTwiceOrWithoutAValueAreRefused) {
    EXPECT_STREQ(failure_of({"--label", "a", "--label", "b"}).what(), "--label is given twice");
    EXPECT_STREQ(failure_of({"--label"}).what(), "--label needs a value");
    EXPECT_STREQ(failure_of({"--quiet=yes"}).what(), "--quiet takes no value");
}

TEST(Settings, AMissingConfigurationFileIsAnError) {
    const Failure failure = failure_of({"--config", "/nonexistent/a.conf"});
    EXPECT_EQ(failure.code(), ExitCode::bad_configuration);
    EXPECT_NE(std::string{failure.what()}.find("/nonexistent/a.conf"), std::string::npos);
}

TEST(ConfigFile, UnknownKeysAreErrorsWithLineAndSuggestion) {
    const Failure failure = failure_of_file("# a comment\n\nlabel = crm\nfail_on = high\n");
    EXPECT_EQ(failure.code(), ExitCode::bad_configuration);
    EXPECT_STREQ(failure.what(), "a.conf:4: unknown key 'fail_on'; did you mean 'fail-on'?");
}

TEST(ConfigFile, LinesThatAreNoPairAreNotRepeated) {
    EXPECT_STREQ(failure_of_file("PWD secret\n").what(),
                 "a.conf:1: this line is not `key = value`; comments begin with #");
}

TEST(ConfigFile, OneValueIsSetOnceAndListsGrow) {
    EXPECT_STREQ(failure_of_file("label = a\nlabel = b\n").what(), "a.conf:2: label is set twice, first in a.conf:1");
    const SettingMap settings = parse_config(audit(), "a.conf", "only = a, b\r\nonly = c\r\nquiet = no\r\n");
    EXPECT_EQ(settings.at("only").values, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_TRUE(settings.at("quiet").values.empty());
}

}  // namespace
}  // namespace crmaudit::app
