// Which file each format becomes, and its content.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/result.h"

namespace crmaudit::app {

struct OutputFile {
    std::string name;
    std::string content;
};

std::vector<std::string> format_names();

/// One file a format, all from the same result; with csv a second one where purges have left a log.
/// After them, of a run for a migration, the list of columns.
std::vector<OutputFile> output_files(const AuditResult& result, const std::vector<std::string>& formats,
                                     std::string_view language);

}  // namespace crmaudit::app
