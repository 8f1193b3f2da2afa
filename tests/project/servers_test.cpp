// scripts/servers ends what it started, whatever becomes of the one who asked for it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <thread>

namespace crmaudit::testing {
namespace {

namespace fs = std::filesystem;

const std::string script = std::string(CRMAUDIT_SOURCE_DIR) + "/scripts/servers";

std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Starts `scripts/servers run …` with a shell command that writes its environment to `note` and then waits.
pid_t run_in_background(const fs::path& note, const std::string& then) {
    const pid_t child = fork();
    if (child != 0) return child;
    const std::string command =
        "env > '" + note.string() + ".new' && mv '" + note.string() + ".new' '" + note.string() + "'; " + then;
    execl(script.c_str(), script.c_str(), "run", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
}

bool eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 600; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

/// The directory of the servers that the running command was given.
fs::path servers_of(const fs::path& note) {
    const std::string text = contents(note);
    const std::string key = "ODBCSYSINI=";
    const auto start = text.find(key);
    if (start == std::string::npos) return {};
    const auto end = text.find('\n', start);
    return fs::path(text.substr(start + key.size(), end - start - key.size())).parent_path();
}

/// Process ids whose command line names the directory; a zombie has none.
std::set<std::string> processes_in(const fs::path& directory) {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string pid = entry.path().filename();
        if (pid.find_first_not_of("0123456789") != std::string::npos || pid == std::to_string(getpid())) continue;
        if (contents(entry.path() / "cmdline").find(directory.string()) != std::string::npos) found.insert(pid);
    }
    return found;
}

struct Servers : ::testing::Test {
    fs::path note = fs::temp_directory_path() / ("crmaudit-servers-test-" + std::to_string(getpid()));
    ~Servers() override { fs::remove(note); }
};

TEST_F(Servers, AreGoneWhenTheCommandEndsAndItsExitCodeIsKept) {
    const pid_t run = run_in_background(note, "exit 7");
    int status = 0;
    ASSERT_EQ(waitpid(run, &status, 0), run);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
    const fs::path directory = servers_of(note);
    ASSERT_FALSE(directory.empty()) << "the servers did not start";
    EXPECT_FALSE(fs::exists(directory));
    EXPECT_TRUE(processes_in(directory).empty());
}

TEST_F(Servers, DoNotRunAsRoot) {
    const pid_t run = run_in_background(note, "exec sleep 60");
    ASSERT_TRUE(eventually([&] { return fs::exists(note); }));
    const fs::path directory = servers_of(note);
    int servers = 0;
    for (const auto& pid : processes_in(directory)) {
        const std::string command = contents(fs::path("/proc") / pid / "cmdline");
        if (command.find("/bin/postgres") == std::string::npos && command.find("mariadbd") == std::string::npos)
            continue;
        ++servers;
        EXPECT_EQ(contents(fs::path("/proc") / pid / "status").find("Uid:\t0\t"), std::string::npos) << command;
    }
    EXPECT_GE(servers, 2);
    kill(run, SIGTERM);
    int status = 0;
    ASSERT_EQ(waitpid(run, &status, 0), run);
    EXPECT_EQ(WEXITSTATUS(status), 143);
    EXPECT_TRUE(processes_in(directory).empty());
    EXPECT_FALSE(fs::exists(directory));
}

TEST_F(Servers, AreEndedAfterTheirStarterWasKilled) {
    const pid_t run = run_in_background(note, "exec sleep 5");
    ASSERT_TRUE(eventually([&] { return fs::exists(note); }));
    const fs::path directory = servers_of(note);
    ASSERT_FALSE(processes_in(directory).empty());
    kill(run, SIGKILL);
    ASSERT_EQ(waitpid(run, nullptr, 0), run);
    EXPECT_TRUE(eventually([&] { return processes_in(directory).empty() && !fs::exists(directory); }));
}

}  // namespace
}  // namespace crmaudit::testing
