// Report formats. Each is one file with one function from the result to text; they see nothing but the result.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/result.h"

namespace crmaudit::reports {

/// report.html: self-contained, complete without script, printable. `language` is "en" or "de".
/// `xml_checksum` is shown in the footer, so that HTML and XML can be matched.
std::string write_html(const AuditResult& result, std::string_view language, std::string_view xml_checksum);

/// findings.csv: one line a finding, RFC 4180, formula prefixes made harmless.
std::string write_csv(const AuditResult& result, std::string_view language);

/// deletions.csv: what purge scripts have logged, one line an entry.
std::string write_deletions_csv(const AuditResult& result);

/// migration-columns.csv: every column with its category, purpose, period and what becomes of it.
std::string write_migration_csv(const AuditResult& result, std::string_view language);

/// One line of such a file with its line end, every value a cell that survives whatever it holds.
std::string csv_line(const std::vector<std::string>& values);

/// Prometheus text format for the node exporter's textfile collector.
std::string write_metrics(const AuditResult& result);

/// Languages reports can be written in.
std::vector<std::string> languages();

}  // namespace crmaudit::reports
