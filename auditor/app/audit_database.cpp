#include "auditor/app/audit_database.h"

#include "auditor/app/inspect_database.h"
#include "auditor/engine/audit.h"
#include "auditor/engine/inventory_counts.h"

namespace crmaudit::app {
namespace {

void require_same_source(const std::optional<AuditResult>& baseline, const Catalog& catalog) {
    if (!baseline) return;
    const Source& before = baseline->source;
    if (before.dialect == catalog.dialect && before.database == catalog.database) return;
    throw Failure(ExitCode::bad_configuration, "the baseline is of " + before.dialect + " database '" +
                                                   before.database + "', this is " + catalog.dialect + " database '" +
                                                   catalog.database + "'; name a report.xml of the same source");
}

Run run_of(const PreparedAudit& audit) {
    Run run;
    run.tool_version = CRMAUDIT_VERSION;
    run.as_of = audit.options.as_of;
    run.label = audit.connection.label;
    run.policy = audit.policy.name;
    run.policy_digest = audit.policy.digest;
    run.options_digest = audit.options_digest;
    run.language = audit.options.language;
    return run;
}

}  // namespace

AuditResult audit_database(const PreparedAudit& audit, Interruption& interruption,
                           const std::function<void(const std::string&)>& tell) {
    const AuditOptions& options = audit.options;
    InspectedDatabase database(audit, options, interruption, tell);
    require_same_source(audit.baseline, database.catalog);
    database.classify();
    const sql::Renderer renderer{database.grammar(), options.as_of};
    std::vector<Gap> inventory_gaps =
        engine::count_inventory(database.classification, database.catalog, renderer, database.port());

    const engine::AuditInput input{run_of(audit),
                                   database.catalog,
                                   database.classification,
                                   audit.policy,
                                   database.profile,
                                   copy_marks(audit.lexicons),
                                   options.declared_purposes,
                                   options.only,
                                   options.skip,
                                   options.acceptances,
                                   database.content,
                                   std::move(inventory_gaps),
                                   audit.baseline ? &*audit.baseline : nullptr};
    AuditResult result = engine::audit(input, database.grammar(), database.port());
    result.statement_runs = database.port().runs();
    if (audit.baseline) engine::compare_with_baseline(result, *audit.baseline);
    return result;
}

}  // namespace crmaudit::app
