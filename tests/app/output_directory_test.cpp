#include "auditor/app/output_directory.h"

#include <grp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "auditor/app/exit_code.h"
#include "auditor/app/run_log.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::app {
namespace {

namespace fs = std::filesystem;
using live::TemporaryDirectory;
using support::read_text;

constexpr Date as_of{std::chrono::year{2026}, std::chrono::June, std::chrono::day{15}};

unsigned mode_of(const fs::path& path) {
    struct stat state {};
    EXPECT_EQ(::stat(path.c_str(), &state), 0) << path;
    return state.st_mode & 07777;
}

std::vector<std::string> names_in(const fs::path& directory) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

fs::path write_run(const fs::path& parent, const std::string& content) {
    OutputDirectory output(parent, "crm", "");
    output.add({"report.xml", content});
    return output.commit(as_of);
}

TEST(OutputDirectory, AppearsAsAWholeAndIsClosedToOthers) {
    const TemporaryDirectory place;
    const fs::path parent = place.path() / "new" / "reports";
    const mode_t before = ::umask(0);
    const fs::path run = write_run(parent, "content");
    ::umask(before);
    EXPECT_EQ(run, parent / "crm-2026-06-15");
    EXPECT_EQ(read_text(run / "report.xml"), "content");
    EXPECT_EQ(mode_of(run), 0700U);
    EXPECT_EQ(mode_of(parent), 0700U);
    EXPECT_EQ(mode_of(run / "report.xml"), 0600U);
    EXPECT_EQ(names_in(parent), (std::vector<std::string>{"crm-2026-06-15", "latest"}));
}

TEST(OutputDirectory, NeverReplacesAnEarlierRun) {
    const TemporaryDirectory place;
    write_run(place.path(), "first");
    fs::create_directory(place.path() / "crm-2026-06-15-2");
    const fs::path third = write_run(place.path(), "third");
    EXPECT_EQ(third.filename(), "crm-2026-06-15-3");
    EXPECT_EQ(read_text(place.path() / "crm-2026-06-15" / "report.xml"), "first");
    EXPECT_EQ(fs::read_symlink(place.path() / "latest"), "crm-2026-06-15-3");
}

TEST(OutputDirectory, LeavesNothingUnlessItIsCommitted) {
    const TemporaryDirectory place;
    {
        OutputDirectory output(place.path(), "crm", "");
        output.add({"report.xml", "content"});
    }
    EXPECT_TRUE(fs::is_empty(place.path()));
}

TEST(OutputDirectory, RemovesWhatKilledRunsOfTheSameLabelLeft) {
    const TemporaryDirectory place;
    fs::create_directory(place.path() / ".tmp-crm~killed");
    fs::create_directory(place.path() / ".tmp-crm-2~killed");
    write_run(place.path(), "content");
    EXPECT_EQ(names_in(place.path()), (std::vector<std::string>{".tmp-crm-2~killed", "crm-2026-06-15", "latest"}));
}

TEST(OutputDirectory, LeavesTheFilesOfARunThatIsStillWriting) {
    const TemporaryDirectory place;
    OutputDirectory first(place.path(), "crm", "");
    first.add({"report.xml", "first"});
    write_run(place.path(), "second");
    EXPECT_EQ(read_text(first.commit(as_of) / "report.xml"), "first");
}

TEST(OutputDirectory, OpensFilesToAGroup) {
    const TemporaryDirectory place;
    OutputDirectory output(place.path() / "reports", "crm", ::getgrgid(::getegid())->gr_name);
    output.add({"report.xml", "content"});
    const fs::path run = output.commit(as_of);
    EXPECT_EQ(mode_of(run), 0750U);
    EXPECT_EQ(mode_of(run / "report.xml"), 0640U);
    EXPECT_EQ(mode_of(place.path() / "reports"), 0750U);
}

TEST(OutputDirectory, RefusesAnUnknownGroupAndAPlaceThatIsNone) {
    const TemporaryDirectory place;
    EXPECT_THROW(OutputDirectory(place.path(), "crm", "no-such-group"), Failure);
    support::write_text(place.path() / "file", "");
    EXPECT_THROW(OutputDirectory(place.path() / "file", "crm", ""), Failure);
    fs::create_directory(place.path() / "latest");
    EXPECT_THROW(OutputDirectory(place.path(), "crm", ""), Failure);
}

TEST(RunLog, WritesOneLineWhateverTheValues) {
    EXPECT_EQ(log_line({{"event", "audit"}, {"report", "/a b"}, {"error", "x \"y\"\nz"}, {"empty", ""}}),
              "event=audit report=\"/a b\" error=\"x \\\"y\\\"\\nz\" empty=\"\"");
}

TEST(RunLog, AppendsToAFileThatOthersCannotRead) {
    const TemporaryDirectory place;
    const std::string file = place.path() / "run.log";
    const mode_t before = ::umask(0);
    RunLog(file).write(std::chrono::system_clock::time_point{}, {{"exit", "0"}});
    RunLog(file).write(std::chrono::system_clock::time_point{}, {{"exit", "2"}});
    ::umask(before);
    EXPECT_EQ(read_text(file), "time=1970-01-01T00:00:00Z exit=0\ntime=1970-01-01T00:00:00Z exit=2\n");
    EXPECT_EQ(mode_of(file), 0600U);
    EXPECT_THROW(RunLog("/nonexistent/run.log"), Failure);
}

}  // namespace
}  // namespace crmaudit::app
