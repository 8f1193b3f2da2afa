// What of a person's rows is shown, and what is left out because it is, or may be, about somebody else.
#pragma once

#include "auditor/engine/subject_rows.h"

namespace crmaudit::engine {

SubjectRecord record_of(const SubjectPerson& person, const PersonRows& rows, const SubjectSource& source);

}  // namespace crmaudit::engine
