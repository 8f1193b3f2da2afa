#include <ostream>

#include "auditor/app/audit_options.h"
#include "auditor/app/commands.h"
#include "auditor/app/files.h"
#include "auditor/app/output_files.h"
#include "auditor/app/whole_file.h"
#include "reports/result_xml.h"

namespace crmaudit::app {

ExitCode render_command(const Settings& settings, const Surroundings& surroundings) {
    if (settings.operands().size() != 1) {
        throw Failure(ExitCode::usage, "name one result, for instance: crmaudit render report.xml --lang de");
    }
    const std::vector<std::string> formats = read_formats(settings);
    const auto directory = settings.text("out");
    if (!directory && formats.size() != 1) {
        throw Failure(ExitCode::usage, "several formats need a directory: give --out DIR");
    }
    const std::string& path = settings.operands().front();
    const AuditResult result = reports::read_result_xml(path, read_file(path, "result"));
    const std::string language = read_language(settings, result.run.language.empty() ? "en" : result.run.language);
    const auto files = output_files(result, formats, language);
    if (!directory) {
        surroundings.out << files.front().content;
        return ExitCode::clean;
    }
    for (const OutputFile& file : files) write_whole_file(*directory, file);
    return ExitCode::clean;
}

}  // namespace crmaudit::app
