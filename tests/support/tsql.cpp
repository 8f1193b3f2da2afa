#include "tests/support/tsql.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "tests/support/command.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::support {
namespace {

constexpr std::array<std::string_view, 3> unknown_settings{"SET LOCK_TIMEOUT ", "SET DEADLOCK_PRIORITY ",
                                                           "SET ROWCOUNT "};

bool is_left_out(const std::string& line) {
    return line.starts_with(":") || std::any_of(unknown_settings.begin(), unknown_settings.end(),
                                                [&](std::string_view start) { return line.starts_with(start); });
}

}  // namespace

std::string unparsable_tsql(const std::string& script) {
    const live::TemporaryDirectory place;
    std::string text;
    std::istringstream lines{script};
    for (std::string line; std::getline(lines, line);) {
        if (!is_left_out(line)) text += line + "\n";
    }
    write_text(place.path() / "script.sql", text);
    // Longer files are passed over otherwise.
    write_text(place.path() / ".sqlfluff", "[sqlfluff]\nlarge_file_skip_byte_limit = 0\n");
    const auto parsed =
        run("cd " + quoted(place.path()) +
            " && sqlfluff parse --dialect tsql script.sql >parsed 2>&1; code=$?; grep -E "
            "'\\| +PRS \\||[Ee]rror|unparsable|Skipping' parsed | cut -c1-300 | head -n 20; exit $code");
    return parsed.code == 0 || !parsed.output.empty() ? parsed.output
                                                      : "sqlfluff ended with " + std::to_string(parsed.code);
}

}  // namespace crmaudit::support
