#include "auditor/app/audit_command.h"

#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "auditor/app/audit_database.h"
#include "auditor/app/failures.h"
#include "auditor/app/interruption.h"
#include "auditor/app/output_directory.h"
#include "auditor/app/print_config.h"
#include "auditor/app/purge_scripts.h"
#include "auditor/app/run_lock.h"
#include "auditor/app/state_directory.h"
#include "auditor/app/verdict.h"
#include "reports/result_xml.h"

namespace crmaudit::app {
namespace {

/// The log line of a run, kept up to date so that whoever ends the run can write it.
class Journal {
public:
    Journal(const AuditOptions& options, const Surroundings& surroundings)
        : log_(options.log), surroundings_(surroundings), start_(surroundings.now()) {}

    std::string label;

    void write(ExitCode code, const LogFields& more) const {
        const auto now = surroundings_.now();
        LogFields fields{{"event", "audit"}, {"label", label}, {"exit", std::to_string(static_cast<int>(code))}};
        fields.insert(fields.end(), more.begin(), more.end());
        const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_).count();
        fields.emplace_back("seconds", std::to_string(milliseconds / 1000));
        fields.emplace_back("version", CRMAUDIT_VERSION);
        log_.write(now, fields);
    }

    void write(const Failure& failure) const { write(failure.code(), {{"error", failure.what()}}); }

private:
    RunLog log_;
    const Surroundings& surroundings_;
    std::chrono::system_clock::time_point start_;
};

struct Done {
    AuditResult result;
    std::string report;
    ExitCode purge = ExitCode::clean;
};

/// From the result as a file holds it, so that `crmaudit purge report.xml` writes the same. The reports are there by
/// now and stay, whatever becomes of the scripts.
ExitCode write_scripts(const AuditResult& audited, const AuditOptions& options, std::ostream& err) {
    try {
        const std::string xml = reports::write_result_xml(audited);
        return write_purge_scripts(reports::read_result_xml("report.xml", xml), reports::checksum_of(xml),
                                   options.purge_limits, options.purge, options.language, err);
    } catch (const Failure& failure) {
        err << "crmaudit: " << failure.what() << std::endl;
        return failure.code();
    }
}

Done run(const PreparedAudit& audit, const Journal& journal, const Surroundings& surroundings) {
    const AuditOptions& options = audit.options;
    prepare_state_directory(audit.state_directory, surroundings.user_id);
    const RunLock lock(audit.state_directory, audit.connection.label);
    // Made before hours of counting, so that a place that cannot be written to is known now.
    OutputDirectory output(options.out, audit.connection.label, options.report_group);

    Interruption interruption(options.max_runtime, [&](int signal) {
        const Failure failure = ended_by(signal);
        surroundings.err << "crmaudit: " << failure.what() << std::endl;
        journal.write(failure);
        output.discard();
        std::_Exit(static_cast<int>(failure.code()));
    });
    const auto tell = [&](const std::string& what) {
        if (options.verbose) surroundings.err << "crmaudit: " << what << std::endl;
    };
    Done done;
    try {
        done.result = audit_database(audit, interruption, tell);
    } catch (...) {
        if (interruption.signal() != 0) throw ended_by(interruption.signal());
        throw;
    }
    for (const OutputFile& file : output_files(done.result, options.formats, options.language)) output.add(file);
    if (interruption.signal() != 0) throw ended_by(interruption.signal());
    done.report = std::filesystem::absolute(output.commit(options.as_of)).lexically_normal().string();
    if (!options.purge.empty()) done.purge = write_scripts(done.result, options, surroundings.err);
    return done;
}

bool wants_colour(const Surroundings& surroundings) {
    return surroundings.terminal && surroundings.variable("NO_COLOR").empty() &&
           surroundings.variable("TERM") != "dumb";
}

}  // namespace

ExitCode audit_command(const Settings& settings, const Surroundings& surroundings) {
    if (settings.is_set("print-config")) {
        surroundings.out << print_config(settings, surroundings);
        return ExitCode::clean;
    }
    Interruption::block_signals();
    const AuditOptions options = read_audit_options(settings, surroundings.today);
    Journal journal(options, surroundings);
    journal.label = settings.text("label").value_or("");
    try {
        const PreparedAudit audit = prepare_audit(settings, options, surroundings);
        journal.label = audit.connection.label;
        const Done done = run(audit, journal, surroundings);

        const ExitCode audited = verdict(done.result, options.fail_on);
        const ExitCode code = more_serious(audited, done.purge);
        LogFields fields = log_fields(done.result);
        fields.emplace_back("report", done.report);
        if (!options.purge.empty()) fields.emplace_back("purge", options.purge);
        journal.write(code, fields);
        const bool shown = (surroundings.terminal || options.verbose) && !options.quiet;
        if (shown) surroundings.out << summary(done.result, done.report, wants_colour(surroundings));
        if (audited == ExitCode::incomplete && !shown) {
            surroundings.err << "crmaudit: " << incomplete_line(done.result, done.report) << std::endl;
        }
        return code;
    } catch (...) {
        const Failure failure = to_failure(std::current_exception());
        journal.write(failure);
        throw failure;
    }
}

}  // namespace crmaudit::app
