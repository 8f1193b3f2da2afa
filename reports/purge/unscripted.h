// Why there is no script for what a check finds: its remedy is not a deletion, or needs a decision first.
#pragma once

#include <string>
#include <string_view>

#include "reports/locale.h"

namespace crmaudit::reports::purge {

struct Unscripted;

/// A code of the locales: "purge.unscripted.<code>".
std::string reason_for_none(std::string_view check);

/// Which rule gets no script, and why: one line without the number.
std::string explain(const Unscripted& finding, const Locale& locale);

}  // namespace crmaudit::reports::purge
