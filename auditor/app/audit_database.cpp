#include "auditor/app/audit_database.h"

#include "auditor/app/inspect_database.h"
#include "auditor/engine/audit.h"
#include "auditor/engine/bind.h"
#include "auditor/engine/crm_outlets.h"
#include "auditor/engine/deletion_log.h"
#include "auditor/engine/inventory_counts.h"
#include "auditor/engine/message_scan.h"
#include "auditor/engine/setting_hosts.h"

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
    run.migration = audit.options.migration;
    return run;
}

/// Nobody's messages are read unless a rule that runs asks for them.
std::optional<MessageScan> read_messages(const PreparedAudit& audit, InspectedDatabase& database) {
    const AuditOptions& options = audit.options;
    if (!database.profile || !engine::asks_for_messages(audit.policy, options.only, options.skip)) return std::nullopt;
    const classify::MailScanner scanner{audit.trackers, engine::link_questions(audit.policy, options.privacy_url)};
    return engine::scan_messages(engine::bind(*database.profile, database.catalog), database.catalog, scanner,
                                 database.grammar(), database.port(),
                                 {.extent = options.content, .seed = options.seed, .as_of = options.as_of});
}

sql::KeyLists held_keys(const PreparedAudit& audit, const InspectedDatabase& database) {
    if (audit.hold_lists.empty()) return {};
    const std::vector<Entity> entities =
        database.profile ? engine::bind(*database.profile, database.catalog) : std::vector<Entity>{};
    return keys_by_entity(audit.hold_lists, entities, database.catalog);
}

AuditResult audited(const engine::AuditInput& input, InspectedDatabase& database) {
    try {
        return engine::audit(input, database.grammar(), database.port());
    } catch (const engine::HoldError& error) {
        throw Failure(ExitCode::bad_configuration, error.what());
    }
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

    const std::optional<MessageScan> messages = read_messages(audit, database);
    if (messages) tell("messages of " + std::to_string(messages->entities.size()) + " kinds looked at");

    engine::AuditInput input{run_of(audit),
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
    if (messages) input.messages = &*messages;
    engine::SettingHosts settings;
    if (database.profile) {
        input.outlets = engine::find_crm_outlets(*database.profile, database.catalog, renderer, database.port());
        settings = engine::find_setting_hosts(*database.profile, database.catalog, renderer, database.port());
    }
    input.location = options.location;
    input.hosts = std::move(settings.hosts);
    input.host_gaps = std::move(settings.gaps);
    input.leave_out_residents_outside = options.leave_out_residents_outside;
    input.hold_tables = options.hold_tables;
    input.holds = held_keys(audit, database);
    AuditResult result = audited(input, database);
    engine::add_deletions(result, database.catalog, database.own_tables, renderer, database.port());
    result.statement_runs = database.port().runs();
    if (audit.baseline) engine::compare_with_baseline(result, *audit.baseline);
    return result;
}

}  // namespace crmaudit::app
