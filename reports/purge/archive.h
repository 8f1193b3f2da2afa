// A copy of what goes or is changed, kept in the database: made in the transaction that deletes, so that it holds
// exactly what that took; and how it is put back.
#pragma once

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"
#include "reports/purge/plan.h"
#include "reports/purge/script.h"

namespace crmaudit::reports::purge {

class ScriptGrammar;

/// Adds to what the step keeps a copy of all rows that it deletes or changes, to the script the tables for that, and
/// what puts the rows back: parents before children, the latest step first. Before the step is settled.
void add_archive(Script& script, StepSql& sql, const Step& step, const AuditResult& result, const sql::Grammar& grammar,
                 const ScriptGrammar& client);

}  // namespace crmaudit::reports::purge
