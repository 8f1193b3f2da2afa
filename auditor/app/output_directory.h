// The directory of one run's reports. It appears as a whole or not at all: written beside its place, synced, renamed.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "auditor/app/descriptor.h"
#include "auditor/app/output_files.h"
#include "auditor/model/date.h"

namespace crmaudit::app {

class OutputDirectory {
public:
    /// Makes `parent` if it does not exist and a temporary directory in it, and removes what killed runs of this label
    /// left there. With a group its members may read the reports. Throws Failure (73, or 78 for an unknown group).
    OutputDirectory(const std::filesystem::path& parent, const std::string& label, const std::string& group);
    /// Removes the temporary directory unless it was committed.
    ~OutputDirectory();
    OutputDirectory(const OutputDirectory&) = delete;
    OutputDirectory& operator=(const OutputDirectory&) = delete;

    /// Writes a file and waits until the disk has it. Mode 0600, with a group 0640, whatever the umask.
    void add(const OutputFile& file);

    /// Renames to <parent>/<label>-<as-of>[-N] and lets `latest` point to it. Never replaces an earlier run.
    std::filesystem::path commit(Date as_of);

    /// Removes the temporary directory now, for a process that ends without unwinding. Any thread may call it.
    void discard() noexcept;

private:
    void remove_leftovers() const;
    void set_access(int descriptor, unsigned mode, unsigned group_mode, const std::filesystem::path& what) const;

    std::filesystem::path parent_;
    std::string label_;
    std::optional<unsigned> group_;
    std::mutex mutex_;                 // a run that is ended while it commits either has its reports or nothing
    std::filesystem::path temporary_;  // empty once committed
    Descriptor directory_;             // of temporary_, locked: other runs leave it alone
};

}  // namespace crmaudit::app
