// What the README says about objections and evidence: what outlives the persons, with which key, and how an importer
// asks.
#pragma once

#include <string>

#include "auditor/model/result.h"
#include "reports/locale.h"
#include "reports/purge/keyed_hash.h"
#include "reports/purge/plan.h"

namespace crmaudit::reports::purge {

std::string keepsakes_readme(const AuditResult& result, const Limits& limits, const KeyedHash& hash,
                             std::string_view client, const Locale& locale);

}  // namespace crmaudit::reports::purge
