// A file that is never seen half-written: written beside its place, synced and renamed, mode 0600.
#pragma once

#include <filesystem>

#include "auditor/app/exit_code.h"
#include "auditor/app/output_files.h"

namespace crmaudit::app {

/// Makes the directory if it does not exist; replaces a file of the same name. Throws Failure (73).
void write_whole_file(const std::filesystem::path& directory, const OutputFile& file);

/// Writes to an open descriptor until the disk has everything. Throws Failure (73).
void write_and_sync(int descriptor, const std::string& content, const std::filesystem::path& path);

/// The failure for a path that cannot be written, with the remedy that fits the error.
Failure cannot_write(const std::filesystem::path& path, int error);

}  // namespace crmaudit::app
