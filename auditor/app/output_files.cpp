#include "auditor/app/output_files.h"

#include "reports/formats/formats.h"
#include "reports/result_xml.h"

namespace crmaudit::app {

std::vector<std::string> format_names() { return {"xml", "html", "csv", "metrics"}; }

std::vector<OutputFile> output_files(const AuditResult& result, const std::vector<std::string>& formats,
                                     std::string_view language) {
    const std::string xml = reports::write_result_xml(result);
    std::vector<OutputFile> files;
    for (const std::string& format : formats) {
        if (format == "xml") files.push_back({"report.xml", xml});
        if (format == "html") {
            files.push_back({"report.html", reports::write_html(result, language, reports::checksum_of(xml))});
        }
        if (format == "csv") files.push_back({"findings.csv", reports::write_csv(result, language)});
        if (format == "csv" && !result.deletions.empty()) {
            files.push_back({"deletions.csv", reports::write_deletions_csv(result)});
        }
        if (format == "metrics") files.push_back({"metrics.prom", reports::write_metrics(result)});
    }
    if (result.run.migration) {
        files.push_back({"migration-columns.csv", reports::write_migration_csv(result, language)});
    }
    return files;
}

}  // namespace crmaudit::app
