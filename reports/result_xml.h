// report.xml: the whole result, written and read back. Everything else is rendered from it.
#pragma once

#include <string>

#include "auditor/model/result.h"

namespace crmaudit::reports {

/// The result as XML that is valid against reports/result.xsd, with a checksum over its canonical content.
/// Language-neutral, the same bytes for the same result.
std::string write_result_xml(const AuditResult& result);

/// Reads what write_result_xml wrote. Throws xml::DocumentError for a file that is damaged, edited, of another schema
/// version or no result at all. `name` is what messages call the file.
AuditResult read_result_xml(const std::string& name, const std::string& text);

/// The checksum that write_result_xml put into `xml`.
std::string checksum_of(const std::string& xml);

}  // namespace crmaudit::reports
