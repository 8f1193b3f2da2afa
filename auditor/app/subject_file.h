// Who a request is about, as a small text: one "field: value" a line. It is somebody's data: no message holds a value,
// and it is never an argument, because other users of the machine see those.
#pragma once

#include <string>

#include "auditor/model/subject.h"

namespace crmaudit::app {

/// Fields: email; or key, as ENTITY=VALUE (several values separated by commas, several lines for several rows); or name
/// and birth-date. Empty lines and lines that begin with # are passed over. `name` is what messages call the file.
/// Throws Failure (78) with file, line and reason.
SubjectQuestion parse_subject(const std::string& name, std::string text);

/// Reads the file, which nobody but its owner may read, or standard input where the path is empty.
SubjectQuestion read_subject(const std::string& path);

}  // namespace crmaudit::app
