// Whether a value is prose, as people write it into notes, rather than a name, an address or a code.
#pragma once

#include <string_view>

namespace crmaudit::classify {

/// Five words or more, of which enough begin small, as in sentences of any language; or eight in capitals.
bool is_prose(std::string_view value);

}  // namespace crmaudit::classify
