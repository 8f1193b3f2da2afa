#include "tests/support/crm_fixtures.h"

#include <algorithm>
#include <chrono>
#include <regex>

#include "auditor/model/date.h"
#include "tests/support/command.h"
#include "tests/support/process.h"

namespace crmaudit::live {
namespace {

namespace fs = std::filesystem;

const fs::path folder{CRMAUDIT_SOURCE_DIR "/tests/fixtures/crms"};

}  // namespace

std::vector<std::string> crm_fixtures() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_directory()) names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

Product product_of(const std::string& crm) {
    return fs::exists(folder / crm / "postgresql.sql") ? Product::postgresql : Product::mariadb;
}

std::vector<fs::path> files_of(const std::string& crm) {
    return {folder / crm / (to_string(product_of(crm)) + ".sql"), folder / crm / "rows.sql"};
}

std::string rows_as_of_today(const std::string& crm) {
    const auto invented = std::chrono::sys_days{std::chrono::year{2026} / 6 / 15};
    const Date today = *parse_date(support::run("date +%F").output.substr(0, 10));
    const std::string rows = support::read_text(folder / crm / "rows.sql");
    // Not within longer numbers, and not those that stand for no day.
    static const std::regex day{R"(\b20\d\d-\d\d-\d\d\b)"};
    std::string moved;
    auto rest = rows.begin();
    for (std::sregex_iterator each{rows.begin(), rows.end(), day}, end; each != end; ++each) {
        moved.append(rest, (*each)[0].first);
        rest = (*each)[0].second;
        const auto date = parse_date(each->str());
        moved +=
            date ? crmaudit::to_string(Date{std::chrono::sys_days{*date} + (std::chrono::sys_days{today} - invented)})
                 : each->str();
    }
    return moved.append(rest, rows.end());
}

}  // namespace crmaudit::live
