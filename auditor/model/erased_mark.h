// What stands in a column that has to hold something of its own in each row, once it was emptied: a row's key follows.
#pragma once

namespace crmaudit {

inline constexpr const char* erased_mark = "crmaudit-erased-";

}  // namespace crmaudit
