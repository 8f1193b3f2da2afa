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

/// One file a format, all from the same result.
std::vector<OutputFile> output_files(const AuditResult& result, const std::vector<std::string>& formats,
                                     std::string_view language);

}  // namespace crmaudit::app
