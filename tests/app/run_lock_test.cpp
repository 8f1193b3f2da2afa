#include "auditor/app/run_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "auditor/app/exit_code.h"
#include "auditor/app/state_directory.h"
#include "tests/support/live.h"
#include "tests/support/surroundings.h"

namespace crmaudit::app {
namespace {

using live::TemporaryDirectory;

/// What another process gets that tries to take the lock.
std::string tried_by_another_process(const std::string& directory, const std::string& label) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        std::string answer = "taken";
        try {
            const RunLock lock(directory, label);
        } catch (const Failure& failure) {
            answer = std::to_string(static_cast<int>(failure.code())) + " " + failure.what();
        }
        [[maybe_unused]] const ssize_t written = ::write(ends[1], answer.data(), answer.size());
        ::_exit(0);
    }
    ::close(ends[1]);
    ::waitpid(child, nullptr, 0);
    char text[1000];
    const ssize_t count = ::read(ends[0], text, sizeof text);
    ::close(ends[0]);
    return {text, static_cast<std::size_t>(count)};
}

TEST(RunLock, KeepsASecondRunOfTheLabelOutAndNamesTheFirst) {
    const TemporaryDirectory directory;
    const RunLock lock(directory.path(), "crm");
    const std::string answer = tried_by_another_process(directory.path(), "crm");
    EXPECT_TRUE(answer.starts_with("75 ")) << answer;
    EXPECT_NE(answer.find("process " + std::to_string(::getpid())), std::string::npos) << answer;
    EXPECT_EQ(tried_by_another_process(directory.path(), "other"), "taken");
}

TEST(RunLock, EndsWithItsHolder) {
    const TemporaryDirectory directory;
    { const RunLock lock(directory.path(), "crm"); }
    EXPECT_EQ(tried_by_another_process(directory.path(), "crm"), "taken");
    EXPECT_EQ(tried_by_another_process(directory.path(), "crm"), "taken");
}

TEST(RunLock, SaysWhichDirectoryCannotBeUsed) {
    try {
        const RunLock lock("/nonexistent", "crm");
        FAIL() << "locked";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.code(), ExitCode::cannot_write);
        EXPECT_NE(std::string{failure.what()}.find("--state"), std::string::npos);
    }
}

TEST(StateDirectory, IsFoundWithoutAnyEnvironment) {
    const auto of = [](app::Environment environment, const std::string& home, unsigned user,
                       const std::vector<std::string>& arguments = {}) {
        support::TestSurroundings surroundings;
        surroundings.value.environment = std::move(environment);
        surroundings.value.home = home;
        surroundings.value.user_id = user;
        return state_directory(read_settings(*find_command("audit"), arguments, {}), surroundings.value);
    };
    EXPECT_EQ(of({}, "/nonexistent", 1000, {"--state", "/srv/state"}), "/srv/state");
    EXPECT_EQ(of({{"STATE_DIRECTORY", "/var/lib/private/a:/b"}}, "/root", 0), "/var/lib/private/a");
    EXPECT_EQ(of({}, "/root", 0), "/var/lib/crmaudit");
    EXPECT_EQ(of({{"XDG_STATE_HOME", "/x"}}, "/nonexistent", 1000), "/x/crmaudit");
    EXPECT_EQ(of({}, "/tmp", 1000), "/tmp/.local/state/crmaudit");
    EXPECT_EQ(of({}, "/nonexistent", 1000), "/tmp/crmaudit-1000");
}

}  // namespace
}  // namespace crmaudit::app
