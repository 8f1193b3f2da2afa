// Schemas that ship inside the program, with their includes in place: libxml2 gets one text and opens no file.
#pragma once

#include <string>
#include <string_view>

namespace crmaudit::data {

/// The schema at a path such as "policies/profile.xsd". Each <xs:include schemaLocation="…"/>, relative to that file,
/// is replaced by the included definitions; an including schema with a target namespace must make it the default.
/// Throws std::logic_error for a schema that does not ship.
std::string schema(std::string_view path);

}  // namespace crmaudit::data
