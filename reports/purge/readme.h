// What the person who runs the scripts has to know: in which order, with which command, what can go wrong.
#pragma once

#include <string>
#include <string_view>

#include "auditor/model/result.h"
#include "reports/locale.h"
#include "reports/purge/plan.h"
#include "reports/purge/script_grammar.h"

namespace crmaudit::reports::purge {

/// Which finding gets no script, and why: one line.
std::string explain(const Refusal& refusal, const Locale& locale);

std::string readme(const AuditResult& result, const Plan& plan, const Limits& limits, const ScriptGrammar& client,
                   const Locale& locale);

/// What can be undone, and how: by these statements, which need an archive, in their order, or from a backup.
std::string undo_notes(const AuditResult& result, const Plan& plan, const std::vector<std::string>& statements,
                       const Locale& locale);

}  // namespace crmaudit::reports::purge
