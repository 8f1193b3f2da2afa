// A directory for files about one person: new or empty, and open to its owner alone before anything is in it.
#pragma once

#include <filesystem>

namespace crmaudit::app {

/// Makes it, with the directories above it, and gives it mode 0700. Throws Failure (73), also where it holds something.
void make_private_directory(const std::filesystem::path& path);

}  // namespace crmaudit::app
