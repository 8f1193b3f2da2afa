// `audit --purge`: the scripts that `crmaudit purge` would write from the report of the same run, and the exit code of
// both.
#include <gmock/gmock.h>

#include <map>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;

std::map<std::string, std::string> files_in(const std::filesystem::path& directory) {
    std::map<std::string, std::string> files;
    if (!std::filesystem::exists(directory)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        files[entry.path().filename()] = support::read_text(entry.path());
    }
    return files;
}

class AuditPurge : public Purge {
protected:
    support::ProcessResult audit(const std::vector<std::string>& more) {
        std::vector<std::string> all{"--purge", scripts(), "--max-share", "60"};
        all.insert(all.end(), more.begin(), more.end());
        return crm.audit_with(all);
    }

    std::filesystem::path scripts() const { return place_.path() / "scripts"; }

    std::string file(const std::string& name, const std::string& text) {
        const std::string path = place_.path() / name;
        support::write_text(path, text);
        return path;
    }

private:
    TemporaryDirectory place_;
};

TEST_P(AuditPurge, WritesWhatPurgeWouldWriteFromTheReport) {
    const std::string before = crm.persons();
    const auto ended = audit({"--fail-on", "never", "--batch", "10"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_EQ(ended.err, "");
    ASSERT_EQ(crm.purge(crm.report(), {"--max-share", "60", "--batch", "10"}).code, 0);
    EXPECT_TRUE(files_in(scripts()).contains("2-purge.sql"));
    EXPECT_EQ(files_in(scripts()), files_in(crm.script("")));
    EXPECT_EQ(crm.persons(), before);
}

TEST_P(AuditPurge, SaysWhatGetsNoScriptAndEndsAsPurgeDoes) {
    const auto ended = audit({"--hold-file", "person:" + file("holds", "active10\n")});
    EXPECT_EQ(ended.code, 3) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("stale_person"));
    EXPECT_THAT(ended.err, HasSubstr("no script: a legal hold is a file of keys"));
    EXPECT_THAT(ended.err, ::testing::Not(HasSubstr("the audit is incomplete")));
    EXPECT_TRUE(std::filesystem::exists(crm.report()));
    EXPECT_EQ(files_in(scripts()).size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Products, AuditPurge, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

class AuditPurgeOptions : public AuditPurge {};

TEST_P(AuditPurgeOptions, AreReadFromAFileAndShown) {
    const std::string conf = file("crmaudit.conf", "purge = " + scripts().string() + "\nmax-share = 60\nbatch = 12\n");
    const auto shown = crm.audit_with({"--config", conf, "--print-config"});
    EXPECT_EQ(shown.code, 0) << shown.err;
    for (const char* line : {"batch = 12", "max-share = 60", "valid-days = 7", "accept-triggers = no"}) {
        EXPECT_THAT(shown.out, HasSubstr(line));
    }
    EXPECT_THAT(shown.out, HasSubstr("purge = " + scripts().string()));
    EXPECT_EQ(crm.audit_with({"--config", conf}).code, 2);
    const std::string batch = GetParam() == Product::sqlite ? "min(o.n + 12," : "LIMIT 12";
    EXPECT_THAT(files_in(scripts())["2-purge.sql"], HasSubstr(batch));
}

TEST_P(AuditPurgeOptions, AreWrongBeforeAnythingIsCounted) {
    std::filesystem::create_directory(scripts());
    support::write_text(scripts() / "old.sql", "SELECT 1;");
    const auto full = audit({});
    EXPECT_EQ(full.code, 73);
    EXPECT_THAT(full.err, HasSubstr("give a new one to --purge"));
    EXPECT_FALSE(std::filesystem::exists(crm.report()));
    EXPECT_EQ(files_in(scripts()).size(), 1U);
    std::filesystem::remove(scripts() / "old.sql");
    EXPECT_EQ(audit({"--batch", "0"}).code, 64);
    const auto old = audit({"--as-of", "2020-01-01"});
    EXPECT_EQ(old.code, 78);
    EXPECT_THAT(old.err, HasSubstr("scripts from it were valid until 2020-01-08"));
    EXPECT_FALSE(std::filesystem::exists(crm.report()));
    EXPECT_EQ(files_in(scripts()).size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Products, AuditPurgeOptions, ::testing::Values(Product::sqlite),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
