#include "tests/support/golden.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace crmaudit::test {
namespace {

std::string golden_path(const std::string& name) { return std::string{CRMAUDIT_SOURCE_DIR} + "/tests/golden/" + name; }

std::string first_difference(const std::string& expected, const std::string& actual) {
    std::istringstream wanted{expected};
    std::istringstream given{actual};
    for (int line = 1;; ++line) {
        std::string left;
        std::string right;
        const bool has_left = static_cast<bool>(std::getline(wanted, left));
        const bool has_right = static_cast<bool>(std::getline(given, right));
        if (!has_left && !has_right) return "only the last line's end differs";
        if (left == right && has_left == has_right) continue;
        return "line " + std::to_string(line) + "\n  golden: " + (has_left ? left : "(end)") +
               "\n  actual: " + (has_right ? right : "(end)");
    }
}

}  // namespace

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

::testing::AssertionResult matches_golden(const std::string& name, const std::string& actual) {
    const std::string path = golden_path(name);
    const char* update = std::getenv("CRMAUDIT_UPDATE_GOLDEN");
    if (update != nullptr && std::string{update} == "1") {
        std::ofstream{path, std::ios::binary} << actual;
        return ::testing::AssertionSuccess();
    }
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        return ::testing::AssertionFailure() << path << " is missing; run with CRMAUDIT_UPDATE_GOLDEN=1 and read it";
    }
    const std::string expected = read_file(path);
    if (expected == actual) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << name << " differs at " << first_difference(expected, actual)
                                         << "\n  if that is meant: CRMAUDIT_UPDATE_GOLDEN=1, then read the diff";
}

}  // namespace crmaudit::test
