// A database that is a file, and what lies beside it with the same data in it: whoever may read the file reads
// everything, whatever the CRM allows.
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

Plan plan_files(const CheckInput& input) {
    Plan plan;
    for (const CatalogGap& gap : input.catalog.gaps) {
        if (gap.object == "files") plan.gaps.push_back({gap.object, reasons::text(reasons::forbidden, gap.reason)});
    }
    if (input.catalog.files.empty() && plan.gaps.empty()) plan.not_applicable = std::string{reasons::no_files};
    return plan;
}

std::vector<Finding> judge_files(const CheckInput& input, const Plan& /*plan*/,
                                 std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    for (const DatabaseFile& file : input.catalog.files) {
        std::vector<std::string> facts;
        const bool is_directory = file.what == "directory";
        // Whoever lists a directory learns names only; whoever writes to it can replace the database.
        if (file.read_by_all && !is_directory) facts.emplace_back("file_read_by_all");
        if (file.written_by_all) facts.emplace_back(is_directory ? "directory_written_by_all" : "file_written_by_all");
        if (file.what == "copy") facts.emplace_back("file_is_copy");
        if (facts.empty()) continue;
        facts.push_back(file.mode);
        Object object;
        object.entity = "database_file";
        object.part = file.name;
        findings.push_back(permission_finding(input, std::move(object), std::move(facts)));
        findings.back().affected = 1;
    }
    return findings;
}

}  // namespace

Check exposed_database_file() { return {"exposed_database_file", plan_files, judge_files}; }

}  // namespace crmaudit::checks
