#include "auditor/app/purge_scripts.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ostream>

#include "auditor/app/whole_file.h"
#include "connectors/database.h"
#include "reports/locale.h"
#include "reports/purge/files.h"
#include "reports/purge/readme.h"
#include "reports/revoke/files.h"

namespace crmaudit::app {
namespace {

namespace fs = std::filesystem;
using reports::purge::Limits;

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

const sql::Grammar& grammar_for(const Source& source) {
    const sql::Grammar* grammar = connectors::find_grammar(source.dialect);
    if (grammar == nullptr || !reports::purge::has_client(source, *grammar)) {
        throw Failure(ExitCode::bad_configuration,
                      "no purge scripts can be written for " + source.dialect + " databases");
    }
    return *grammar;
}

void write_all(const fs::path& directory, const std::vector<reports::purge::PurgeFile>& files) {
    std::vector<fs::path> written;
    try {
        for (const auto& file : files) {
            write_whole_file(directory, {file.name, file.content});
            written.push_back(directory / file.name);
        }
    } catch (...) {
        std::error_code ignored;
        for (const fs::path& path : written) fs::remove(path, ignored);
        throw;
    }
}

}  // namespace

std::string read_key_file(const Settings& settings) {
    std::string file = settings.text("suppression-key").value_or("");
    if (std::any_of(file.begin(), file.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
        throw settings.bad("suppression-key", "must be the name of a file without control characters");
    }
    return file;
}

void require_plain_key_file(const Limits& limits, const Source& source, const sql::Grammar& grammar) {
    if (reports::purge::can_write(source, grammar, limits.suppression_key)) return;
    throw Failure(ExitCode::usage,
                  "--suppression-key: the client of this database would put something else in place "
                  "of a part of this name; give the file another one");
}

Limits read_purge_limits(const Settings& settings, Date as_of) {
    Limits limits;
    const auto days = number_between(settings, "valid-days", 0, 366);
    limits.valid_until = std::chrono::sys_days{as_of} + std::chrono::days{days};
    // Up to where a database takes single locks rather than one on the whole table.
    limits.batch = number_between(settings, "batch", 1, 2000);
    limits.tolerance = number_between(settings, "tolerance", 0, 100);
    limits.max_share = number_between(settings, "max-share", 1, 100);
    limits.pause = number_between(settings, "pause", 0, 60'000);
    limits.archive = settings.is_set("archive");
    limits.accept_no_relationship = settings.is_set("accept-no-relationship");
    limits.accept_lost_objections = settings.is_set("accept-lost-objections");
    limits.accept_triggers = settings.is_set("accept-triggers");
    limits.suppression_key = read_key_file(settings);
    return limits;
}

void require_valid(const Limits& limits, Date as_of, Date today) {
    if (std::chrono::sys_days{limits.valid_until} >= std::chrono::sys_days{today}) return;
    throw Failure(ExitCode::bad_configuration,
                  "the audit is of " + to_string(as_of) + " and scripts from it were valid until " +
                      to_string(limits.valid_until) + "; audit again, or give more --valid-days");
}

void require_empty(const fs::path& directory, const std::string& option) {
    std::error_code error;
    const bool exists = fs::exists(directory, error);
    if (!exists) return;
    if (fs::is_directory(directory, error) && fs::is_empty(directory, error) && !error) return;
    throw Failure(ExitCode::cannot_write,
                  directory.string() + " is not empty or no directory; give a new one to --" + option);
}

ExitCode write_purge_scripts(const AuditResult& result, const std::string& checksum, const Limits& limits,
                             const fs::path& directory, const std::string& language, std::ostream& err) {
    const sql::Grammar& grammar = grammar_for(result.source);
    if (limits.pause > 0 && !reports::purge::can_pause(result.source, grammar)) {
        throw Failure(ExitCode::usage, "--pause: the client of this database knows no way to wait between batches");
    }
    require_plain_key_file(limits, result.source, grammar);
    reports::purge::Plan plan = reports::purge::make_plan(result, limits);
    reports::purge::refuse_misread(result.source, grammar, plan);
    auto files = reports::purge::purge_files(result, checksum, plan, limits, grammar, language);
    for (const char* each : {"en", "de"}) {
        const std::string name = std::string{"README."} + each + ".txt";
        const auto readme =
            std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.name == name; });
        if (readme != files.end()) readme->content += reports::revoke::revoke_readme(result, grammar, each);
    }
    for (auto& file : reports::revoke::revoke_files(result, limits.valid_until, grammar, language)) {
        files.push_back(std::move(file));
    }
    write_all(directory, files);
    const reports::Locale locale{language};
    for (const auto& refusal : plan.refusals) err << "crmaudit: " << reports::purge::explain(refusal, locale) << "\n";
    return plan.refusals.empty() ? ExitCode::clean : ExitCode::incomplete;
}

}  // namespace crmaudit::app
