// The files of the repository as the tests of its habits see them: what a clone holds, not what a build leaves behind.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace crmaudit::testing {

struct SourceFile {
    std::string path;  // relative to the root of the repository, with '/'
    std::string text;
};

/// Files whose relative path satisfies `wanted`, sorted; build directories and Git's own are left out.
std::vector<SourceFile> source_files(const std::function<bool(const std::string& path)>& wanted);

/// C++ of the program itself: auditor, connectors, policies, reports.
std::vector<SourceFile> program_sources();

std::string read_source(const std::string& path);
bool source_exists(const std::string& path);

/// The text with comments replaced by spaces; line numbers stay.
std::string without_comments(const std::string& cpp);

}  // namespace crmaudit::testing
