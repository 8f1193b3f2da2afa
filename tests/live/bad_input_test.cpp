// Each thing that can be wrong gets its exit code, one clear line, and no half-written report.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "tests/support/audited.h"

namespace crmaudit::live {
namespace {

namespace fs = std::filesystem;
using support::ProcessOptions;
using support::ProcessResult;
using support::run_crmaudit;

class BadInput : public ::testing::Test {
protected:
    ProcessResult run(const std::vector<std::string>& more) { return run_crmaudit(audited_.arguments(more), job_); }

    /// The code, one line that has the word, nothing on standard output, no report.
    void expect_refused(const ProcessResult& result, int code, const std::string& word) const {
        EXPECT_EQ(result.code, code) << result.err;
        EXPECT_EQ(result.out, "");
        EXPECT_TRUE(result.err.starts_with("crmaudit: ")) << result.err;
        EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
        EXPECT_NE(result.err.find(word), std::string::npos) << result.err;
        EXPECT_EQ(result.err.find("s3cret"), std::string::npos) << result.err;
        EXPECT_TRUE(audited_.reports().empty());
    }

    std::string file(const std::string& name, const std::string& text) {
        support::write_text(audited_.path(name), text);
        return audited_.path(name);
    }

    Audited audited_{Product::sqlite};
    ProcessOptions job_ = audited_.job();
};

TEST_F(BadInput, UnknownOption) { expect_refused(run({"--lable", "x"}), 64, "did you mean --label?"); }

TEST_F(BadInput, BadConnectionString) {
    audited_.connect_with("this is none");
    expect_refused(run({}), 64, "connection string");
}

TEST_F(BadInput, PasswordInConnect) {
    expect_refused(run_crmaudit({"audit", "--connect", "DRIVER=x;UID=a;Pwd={s3cret};Database=crm"}, job_), 64,
                   "--password-file");
}

TEST_F(BadInput, MissingDriver) {
    audited_.connect_with("DRIVER=No Such Driver;Database=crm");
    expect_refused(run({}), 78, "No Such Driver");
}

TEST_F(BadInput, MissingDataSource) {
    expect_refused(
        run_crmaudit({"audit", "--dsn", "no_such_source", "--out", audited_.out(), "--state", audited_.path("state")},
                     job_),
        78, "no_such_source");
}

TEST_F(BadInput, MissingDatabaseFile) {
    audited_.connect_with("DRIVER=SQLite3;Database=/nonexistent/crm.db");
    expect_refused(run({}), 69, "/nonexistent/crm.db");
}

TEST_F(BadInput, ServerThatDoesNotAnswer) {
    for (const char* driver : {"PostgreSQL Unicode", "MariaDB Unicode"}) {
        audited_.connect_with(std::string{"DRIVER="} + driver +
                              ";SERVER=127.0.0.1;PORT=1;DATABASE=crm;UID=a;PWD=s3cret");
        expect_refused(run({}), 69, "127.0.0.1");
    }
}

TEST_F(BadInput, WrongPassword) {
    for (const char* variable : {"CRMAUDIT_TEST_POSTGRESQL", "CRMAUDIT_TEST_MARIADB"}) {
        audited_.connect_with(with(required(variable), "PWD", "s3cret"));
        expect_refused(run({}), 77, "password");
    }
}

TEST_F(BadInput, PolicyThatIsNotXml) {
    expect_refused(run({"--policy", file("policy.xml", "<policy\n<")}), 78, "policy.xml:");
}

TEST_F(BadInput, PolicyThatIsNotValid) {
    expect_refused(run({"--policy", file("policy.xml", "<policy name=\"x\"><nonsense/></policy>")}), 78,
                   "policy.xml:1");
    expect_refused(run({"--policy", "gpdr"}), 78, "gdpr");
}

TEST_F(BadInput, ProfileThatIsNotXml) {
    expect_refused(run({"--profile", file("profile.xml", "<profile>")}), 78, "profile.xml:");
}

TEST_F(BadInput, ProfileThatIsNotValid) {
    expect_refused(run({"--profile", file("profile.xml", "<profile name=\"x\"><nonsense/></profile>")}), 78,
                   "profile.xml:1");
}

TEST_F(BadInput, BaselineThatIsDamagedOrOfAnotherSource) {
    expect_refused(run({"--baseline", file("report.xml", "<result/>")}), 78, "report.xml");
    ASSERT_EQ(run({"--fail-on", "never"}).code, 0);
    const std::string report = support::read_text(audited_.out() / "latest" / "report.xml");
    fs::remove_all(audited_.out());
    expect_refused(run({"--baseline", file("cut.xml", report.substr(0, report.size() / 2))}), 78, "cut.xml");
    const std::string other = file("other.xml", report);
    auto arguments = audited_.arguments({"--baseline", other});
    std::replace(arguments.begin(), arguments.end(), std::string{"crm"}, std::string{"another"});
    expect_refused(run_crmaudit(arguments, job_), 78, "'crm'");
}

TEST_F(BadInput, ConfigurationWithAnUnknownKey) {
    expect_refused(run({"--config", file("a.conf", "formt = xml\n")}), 78, "a.conf:1: unknown key 'formt'");
}

TEST_F(BadInput, RulesPurposesAndTablesThatDoNotExist) {
    expect_refused(run({"--skip", "stray_cpy"}), 64, "did you mean 'stray_copy'?");
    expect_refused(run({"--declare", "age_verificaton"}), 64, "did you mean 'age_verification'?");
    expect_refused(run({"--accept", "stray until 2027-01-01: x"}), 64, "no rule 'stray'");
    expect_refused(run({"--include", "contcats*"}), 78, "contcats*");
}

TEST_F(BadInput, SecretFileThatOthersCanRead) {
    ::chmod(audited_.connection_file().c_str(), 0644);
    expect_refused(run({}), 78, "chmod 600");
}

TEST_F(BadInput, OutputDirectoryThatCannotBeWritten) {
    const std::string place = file("not-a-directory", "");
    auto arguments = audited_.arguments();
    std::replace(arguments.begin(), arguments.end(), audited_.out().string(), place + "/reports");
    expect_refused(run_crmaudit(arguments, job_), 73, "--out");
    EXPECT_EQ(support::read_text(place), "");
}

TEST_F(BadInput, DiskThatIsFull) {
    job_.file_size_limit = 2000;  // less than a report, more than lock and log need
    expect_refused(run({}), 73, "make room");
}

TEST_F(BadInput, LogThatCannotBeWritten) {
    auto arguments = audited_.arguments();
    std::replace(arguments.begin(), arguments.end(), audited_.path("run.log").string(),
                 std::string{"/nonexistent/run.log"});
    expect_refused(run_crmaudit(arguments, job_), 73, "/nonexistent/run.log");
}

TEST_F(BadInput, CheckConfigFindsTheSameWithoutConnecting) {
    audited_.connect_with("DRIVER=SQLite3;Database=/nonexistent/crm.db");
    auto arguments = audited_.arguments();
    arguments.front() = "check-config";
    const ProcessResult good = run_crmaudit(arguments, job_);
    EXPECT_EQ(good.code, 0) << good.err;
    EXPECT_NE(good.out.find("ok  policy: gdpr"), std::string::npos) << good.out;
    EXPECT_TRUE(audited_.reports().empty());
    arguments.insert(arguments.end(), {"--policy", "/nonexistent.xml"});
    EXPECT_EQ(run_crmaudit(arguments, job_).code, 78);
}

}  // namespace
}  // namespace crmaudit::live
