// Golden files: what a report looked like when somebody last read it. With CRMAUDIT_UPDATE_GOLDEN=1 in the environment
// they are written anew, to be read again in the diff.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace crmaudit::test {

/// Compares with tests/golden/<name>; a failure shows the first line that differs.
::testing::AssertionResult matches_golden(const std::string& name, const std::string& actual);

/// The whole file. Throws std::runtime_error when it cannot be read.
std::string read_file(const std::string& path);

}  // namespace crmaudit::test
