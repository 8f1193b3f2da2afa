// The answer to a request for access as files: XML for machines, HTML for the person it is about, and notes for whoever
// answers the request. Nothing else of the program writes values of rows.
#pragma once

#include <string>
#include <string_view>

#include "auditor/model/subject.h"

namespace crmaudit::reports {

/// Valid against subject.xsd.
std::string write_subject_xml(const SubjectAnswer& answer);

std::string write_subject_html(const SubjectAnswer& answer, std::string_view language);

/// What to look at before the copy is handed over. Holds no value of the person's.
std::string write_subject_notes(const SubjectAnswer& answer, std::string_view language);

}  // namespace crmaudit::reports
