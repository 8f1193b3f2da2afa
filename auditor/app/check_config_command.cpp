#include <unistd.h>

#include <filesystem>
#include <ostream>

#include "auditor/app/commands.h"
#include "auditor/app/output_directory.h"
#include "auditor/app/prepare.h"
#include "auditor/app/print_config.h"
#include "auditor/app/run_log.h"
#include "auditor/app/state_directory.h"

namespace crmaudit::app {

// The first thing that is wrong ends it, as it would end the audit; nothing is connected to and nothing is left behind.
ExitCode check_config_command(const Settings& settings, const Surroundings& surroundings) {
    if (settings.is_set("print-config")) {
        surroundings.out << print_config(settings, surroundings);
        return ExitCode::clean;
    }
    const AuditOptions options = read_audit_options(settings, surroundings.today);
    const PreparedAudit audit = prepare_audit(settings, options, surroundings);
    const auto say = [&](const std::string& what, const std::string& value) {
        surroundings.out << "ok  " << what << ": " << value << "\n";
    };
    say("source", audit.connection.label + " (" + without_secrets(audit.connection.connection_string) + ")");
    say("password", audit.connection.password ? "found" : "none besides the connection string or data source");
    std::string parents;
    for (const std::string& parent : audit.policy.parents) parents += " on " + parent;
    say("policy", audit.policy.name + parents + ", " + std::to_string(audit.policy.rules.size()) + " rules");
    say("profile", audit.choose_profile     ? "chosen when the database is seen"
                   : audit.profiles.empty() ? "none"
                                            : audit.profiles.front().name);
    if (audit.baseline) say("baseline", options.baseline + ", as of " + to_string(audit.baseline->run.as_of));
    prepare_state_directory(audit.state_directory, surroundings.user_id);
    say("state", audit.state_directory);
    const OutputDirectory output(options.out, audit.connection.label, options.report_group);
    say("out", options.out);
    const RunLog log(options.log);
    if (!options.log.empty()) say("log", options.log);
    return ExitCode::clean;
}

}  // namespace crmaudit::app
