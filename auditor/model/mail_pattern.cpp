#include "auditor/model/mail_pattern.h"

namespace crmaudit {

std::string_view to_string(TrackerKind kind) { return kind == TrackerKind::open ? "open" : "click"; }

}  // namespace crmaudit
