#include <charconv>
#include <chrono>
#include <filesystem>
#include <ostream>

#include "auditor/app/commands.h"
#include "auditor/app/files.h"
#include "auditor/app/source_options.h"
#include "auditor/app/whole_file.h"
#include "auditor/model/wildcard.h"
#include "connectors/database.h"
#include "reports/locale.h"
#include "reports/purge/files.h"
#include "reports/purge/readme.h"
#include "reports/result_xml.h"

namespace crmaudit::app {
namespace {

namespace fs = std::filesystem;
using reports::purge::Limits;
using reports::purge::Plan;

std::int64_t number_between(const Settings& settings, const char* option, std::int64_t least, std::int64_t most) {
    const std::string text = settings.text(option).value_or("");
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
        throw settings.bad(option,
                           "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return value;
}

Limits read_limits(const Settings& settings, const AuditResult& result) {
    Limits limits;
    const auto days = number_between(settings, "valid-days", 0, 366);
    limits.valid_until = std::chrono::sys_days{result.run.as_of} + std::chrono::days{days};
    // Up to where a database takes single locks rather than one on the whole table.
    limits.batch = number_between(settings, "batch", 1, 2000);
    limits.tolerance = number_between(settings, "tolerance", 0, 100);
    limits.max_share = number_between(settings, "max-share", 1, 100);
    limits.pause = number_between(settings, "pause", 0, 60'000);
    limits.accept_no_relationship = settings.is_set("accept-no-relationship");
    limits.accept_lost_objections = settings.is_set("accept-lost-objections");
    limits.accept_triggers = settings.is_set("accept-triggers");
    return limits;
}

void require_valid(const Limits& limits, const AuditResult& result, const Surroundings& surroundings) {
    if (std::chrono::sys_days{limits.valid_until} >= std::chrono::sys_days{surroundings.today}) return;
    throw Failure(ExitCode::bad_configuration,
                  "the audit is of " + to_string(result.run.as_of) + " and scripts from it were valid until " +
                      to_string(limits.valid_until) + "; audit again, or give more --valid-days");
}

void keep_only(AuditResult& result, const std::vector<std::string>& patterns) {
    if (patterns.empty()) return;
    std::erase_if(result.findings, [&](const Finding& finding) { return !matches_any(finding.rule, patterns); });
}

/// Scripts of two purges must not mix.
fs::path empty_directory(const Settings& settings) {
    const auto directory = settings.text("out");
    if (!directory) throw Failure(ExitCode::usage, "give the directory for the scripts: --out DIR");
    std::error_code ignored;
    if (fs::exists(*directory, ignored) && !fs::is_empty(*directory, ignored)) {
        throw Failure(ExitCode::cannot_write, *directory + " is not empty; give a new directory to --out");
    }
    return *directory;
}

}  // namespace

ExitCode purge_command(const Settings& settings, const Surroundings& surroundings) {
    if (settings.operands().size() != 1) {
        throw Failure(ExitCode::usage, "name one result, for instance: crmaudit purge report.xml --out purge");
    }
    const fs::path directory = empty_directory(settings);
    const std::string& path = settings.operands().front();
    const std::string xml = read_file(path, "result");
    AuditResult result = reports::read_result_xml(path, xml);
    const Limits limits = read_limits(settings, result);
    require_valid(limits, result, surroundings);
    const sql::Grammar* grammar = connectors::find_grammar(result.source.dialect);
    if (grammar == nullptr || !reports::purge::has_client(result.source.dialect)) {
        throw Failure(ExitCode::bad_configuration,
                      "no purge scripts can be written for " + result.source.dialect + " databases");
    }
    if (result.source.product == "MySQL") {
        throw Failure(ExitCode::bad_configuration, "no purge scripts can be written for MySQL yet, only for MariaDB");
    }
    keep_only(result, settings["only"].values);
    const Plan plan = reports::purge::make_plan(result, limits);
    const std::string language = read_language(settings, result.run.language.empty() ? "en" : result.run.language);
    const auto files = reports::purge::purge_files(result, reports::checksum_of(xml), plan, limits, *grammar, language);
    for (const auto& file : files) write_whole_file(directory, {file.name, file.content});
    for (const auto& refusal : plan.refusals) {
        surroundings.err << "crmaudit: " << reports::purge::explain(refusal, reports::Locale{language}) << "\n";
    }
    return plan.refusals.empty() ? ExitCode::clean : ExitCode::incomplete;
}

}  // namespace crmaudit::app
