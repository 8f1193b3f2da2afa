// The program as cron and systemd run it: no environment, no terminal, closed input, umask 000, signals.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <optional>

#include "tests/support/audited.h"

namespace crmaudit::live {
namespace {

namespace fs = std::filesystem;
using support::Process;
using support::ProcessResult;
using support::run_crmaudit;

unsigned mode_of(const fs::path& path) {
    struct stat state {};
    EXPECT_EQ(::stat(path.c_str(), &state), 0) << path;
    return state.st_mode & 07777;
}

std::string last_line(const std::string& text) {
    const auto end = text.find_last_not_of('\n');
    if (end == std::string::npos) return {};
    const auto start = text.rfind('\n', end);
    return text.substr(start == std::string::npos ? 0 : start + 1, end - start);
}

TEST(Scheduled, ASuccessfulRunIsSilentAndItsFilesAreClosedToOthers) {
    const Audited audited(Product::sqlite);
    const ProcessResult result = run_crmaudit(audited.arguments({"--format", "xml,html,csv,metrics"}), audited.job());
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "");
    const fs::path report = audited.out() / "crm-2026-06-15";
    EXPECT_EQ(mode_of(report), 0700U);
    int files = 0;
    for (const auto& entry : fs::directory_iterator(report)) {
        EXPECT_EQ(mode_of(entry.path()), 0600U) << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 4);
    EXPECT_EQ(mode_of(audited.path("run.log")), 0600U);
    EXPECT_EQ(fs::read_symlink(audited.out() / "latest"), "crm-2026-06-15");
}

TEST(Scheduled, ExitCodeFollowsTheThreshold) {
    const Audited audited(Product::sqlite);
    EXPECT_EQ(run_crmaudit(audited.arguments({"--fail-on", "never"}), audited.job()).code, 0);
    EXPECT_EQ(run_crmaudit(audited.arguments({"--fail-on", "low"}), audited.job()).code, 2);
    const std::string baseline = audited.out() / "crm-2026-06-15" / "report.xml";
    EXPECT_EQ(run_crmaudit(audited.arguments({"--baseline", baseline, "--fail-on", "new"}), audited.job()).code, 0);
}

TEST(Scheduled, EveryRunLeavesOneLineInTheLog) {
    const Audited audited(Product::sqlite);
    run_crmaudit(audited.arguments(), audited.job());
    run_crmaudit(audited.arguments({"--policy", "/nonexistent.xml"}), audited.job());
    const std::string log = support::read_text(audited.path("run.log"));
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 2) << log;
    EXPECT_NE(log.find(" event=audit label=crm exit=2 "), std::string::npos) << log;
    EXPECT_NE(log.find(" incomplete=no "), std::string::npos) << log;
    EXPECT_NE(log.find(" report=" + (audited.out() / "crm-2026-06-15").string()), std::string::npos) << log;
    EXPECT_NE(last_line(log).find(" exit=78 error="), std::string::npos) << log;
}

TEST(Scheduled, AnIncompleteAuditSaysSoInOneLine) {
    const Audited audited(Product::sqlite);
    auto arguments = audited.arguments();
    arguments.insert(arguments.end(), {"--only", "stale_person"});  // no profile fits: it cannot be checked
    const ProcessResult result = run_crmaudit(arguments, audited.job());
    EXPECT_EQ(result.code, 3);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_NE(result.err.find("incomplete"), std::string::npos) << result.err;
    EXPECT_TRUE(fs::exists(audited.out() / "latest" / "report.xml"));
}

/// A run that waits on a table which somebody else holds: as good as a statement that takes very long.
class WaitingRun : public ::testing::TestWithParam<Product> {
protected:
    void SetUp() override {
        lock_.emplace(audited_.scratch.connection());
        if (GetParam() == Product::postgresql) {
            lock_->run("BEGIN");
            lock_->run("LOCK TABLE contacts_bak_2019 IN ACCESS EXCLUSIVE MODE");
        } else {
            lock_->run("LOCK TABLES contacts_bak_2019 WRITE");
        }
    }

    void unlock() { lock_->run(GetParam() == Product::postgresql ? "ROLLBACK" : "UNLOCK TABLES"); }

    std::vector<std::string> arguments() const {
        return audited_.arguments({"--lock-limit", "5m", "--statement-limit", "5m"});
    }

    /// Asks the server for the statements of the audit that it is at.
    std::string statement(const std::string& of_postgresql, const std::string& of_mariadb) const {
        return GetParam() == Product::postgresql
                   ? "SELECT " + of_postgresql +
                         " FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() "
                         "AND query LIKE '%contacts_bak_2019%' AND datname = '" +
                         audited_.scratch.name() + "'"
                   : "SELECT " + of_mariadb +
                         " FROM information_schema.processlist WHERE id <> connection_id() AND "
                         "info LIKE '%contacts_bak_2019%' AND db = '" +
                         audited_.scratch.name() + "'";
    }

    int statements() const {
        return std::stoi(
            AdminConnection(audited_.scratch.connection()).value(statement("count(*)", "count(*)")).value_or("0"));
    }

    void wait_until_it_counts() {
        ASSERT_TRUE(eventually([&] { return statements() > 0; })) << "the audit never came to the locked table";
    }

    Audited audited_{GetParam()};
    std::optional<AdminConnection> lock_;
};

TEST_P(WaitingRun, EndsOnSigtermAndLeavesNothingOnTheServer) {
    Process run(CRMAUDIT_PROGRAM, arguments(), audited_.job());
    wait_until_it_counts();
    run.send(SIGTERM);
    const ProcessResult result = run.wait(std::chrono::seconds{30});
    EXPECT_EQ(result.code, 143);
    EXPECT_EQ(result.err, "crmaudit: ended by SIGTERM; nothing was written\n");
    EXPECT_TRUE(audited_.reports().empty());
    EXPECT_TRUE(eventually([&] { return statements() == 0; })) << "a statement still runs on the server";
    unlock();
    EXPECT_EQ(run_crmaudit(arguments(), audited_.job()).code, 2);
}

TEST_P(WaitingRun, EndsOnSigint) {
    Process run(CRMAUDIT_PROGRAM, arguments(), audited_.job());
    wait_until_it_counts();
    run.send(SIGINT);
    EXPECT_EQ(run.wait(std::chrono::seconds{30}).code, 130);
    EXPECT_TRUE(audited_.reports().empty());
    unlock();
}

TEST_P(WaitingRun, IsFollowedByAWorkingRunAfterItWasKilled) {
    Process run(CRMAUDIT_PROGRAM, arguments(), audited_.job());
    wait_until_it_counts();
    run.send(SIGKILL);
    EXPECT_EQ(run.wait().code, -1);
    EXPECT_FALSE(fs::exists(audited_.out() / "latest"));
    unlock();
    EXPECT_EQ(run_crmaudit(arguments(), audited_.job()).code, 2);
    auto left = audited_.reports();
    std::sort(left.begin(), left.end());
    EXPECT_EQ(left, (std::vector<std::string>{"crm-2026-06-15", "latest"}));
}

TEST_P(WaitingRun, SaysThatItsConnectionWasLost) {
    Process run(CRMAUDIT_PROGRAM, arguments(), audited_.job());
    wait_until_it_counts();
    AdminConnection admin(audited_.scratch.connection());
    const auto session = admin.value(statement("pid", "id"));
    ASSERT_TRUE(session);
    admin.run(GetParam() == Product::postgresql ? "SELECT pg_terminate_backend(" + *session + ")" : "KILL " + *session);
    const ProcessResult result = run.wait(std::chrono::seconds{60});
    EXPECT_EQ(result.code, 69);
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_NE(result.err.find("connection to the database was lost"), std::string::npos) << result.err;
    EXPECT_TRUE(audited_.reports().empty());
    unlock();
}

TEST_P(WaitingRun, KeepsASecondOneOut) {
    Process run(CRMAUDIT_PROGRAM, arguments(), audited_.job());
    wait_until_it_counts();
    const ProcessResult second = run_crmaudit(arguments(), audited_.job());
    EXPECT_EQ(second.code, 75);
    EXPECT_EQ(std::count(second.err.begin(), second.err.end(), '\n'), 1) << second.err;
    EXPECT_NE(second.err.find("(process " + std::to_string(run.id()) + ")"), std::string::npos) << second.err;
    unlock();
    EXPECT_EQ(run.wait().code, 2);
}

TEST_P(WaitingRun, IsIncompleteWhenItsTimeIsOver) {
    auto limited = arguments();
    limited.insert(limited.end(), {"--max-runtime", "3s"});
    const ProcessResult result = Process(CRMAUDIT_PROGRAM, limited, audited_.job()).wait(std::chrono::seconds{60});
    EXPECT_EQ(result.code, 3) << result.err;
    EXPECT_NE(support::read_text(audited_.out() / "latest" / "report.xml").find("not_checked"), std::string::npos);
    EXPECT_TRUE(eventually([&] { return statements() == 0; })) << "a statement still runs on the server";
    unlock();
}

INSTANTIATE_TEST_SUITE_P(Servers, WaitingRun, ::testing::Values(Product::postgresql, Product::mariadb),
                         [](const auto& tested) { return to_string(tested.param); });

}  // namespace
}  // namespace crmaudit::live
