#include <ostream>
#include <utility>

#include "auditor/app/audit_options.h"
#include "auditor/app/commands.h"
#include "auditor/app/diagnosis.h"
#include "auditor/app/inspect_database.h"
#include "auditor/app/touching_port.h"
#include "auditor/engine/audit.h"
#include "connectors/database.h"
#include "reports/locale.h"

namespace crmaudit::app {
namespace {

bool names_a_database(const Settings& settings) {
    return settings.text("connect") || settings.text("connect-file") || settings.text("dsn");
}

/// The rules as an audit would plan them; of the data only whether it can be read is tried.
AuditResult planned(const PreparedSource& source, const SourceOptions& options, const Policy& policy,
                    InspectedDatabase& database) {
    Run run;
    run.as_of = options.as_of;
    run.label = source.connection.label;
    run.policy = policy.name;
    const engine::AuditInput input{run,
                                   database.catalog,
                                   database.classification,
                                   policy,
                                   database.profile,
                                   copy_marks(source.lexicons),
                                   {},
                                   {},
                                   {},
                                   {},
                                   database.content};
    TouchingPort touching{database.port()};
    return engine::audit(input, database.grammar(), touching);
}

ExaminedSource examined(const PreparedSource& source, const SourceOptions& options, const Policy& policy,
                        InspectedDatabase& database) {
    database.classify();
    const Catalog& catalog = database.catalog;
    connectors::ConnectionFacts connection = database.connection_facts();
    connection.version = catalog.version;  // drivers spell it oddly
    return {std::move(connection),
            catalog.database,
            catalog.account,
            catalog.account_can_write,
            catalog.missing_safeguards,
            catalog.gaps,
            static_cast<std::int64_t>(catalog.tables.size()),
            blocked_rules(planned(source, options, policy, database))};
}

}  // namespace

ExitCode doctor_command(const Settings& settings, const Surroundings& surroundings) {
    if (!settings.operands().empty())
        throw Failure(ExitCode::usage, "doctor takes options only, for instance: crmaudit doctor --dsn crm");
    const reports::Locale locale{read_language(settings, "en")};
    const Policy policy = load_policy(settings.text("policy").value_or("gdpr"));
    SourceOptions options = read_source_options(settings, surroundings.today);
    options.content = ContentExtent::none;
    Diagnosis diagnosis{connectors::installed_drivers(), std::nullopt};
    if (names_a_database(settings)) {
        const PreparedSource source = prepare_source(settings, options, surroundings);
        inspect(source, options, surroundings,
                [&](InspectedDatabase& database) { diagnosis.source = examined(source, options, policy, database); });
    }
    surroundings.out << diagnosis_text(diagnosis, locale);
    return exit_code_of(diagnosis);
}

}  // namespace crmaudit::app
