#include "auditor/app/audit_options.h"

#include <algorithm>

#include "auditor/app/output_files.h"
#include "auditor/app/purge_scripts.h"

namespace crmaudit::app {
namespace {

FailOn read_fail_on(const Settings& settings) {
    const std::string word = settings.text("fail-on").value_or("medium");
    require_one_of(settings, "fail-on", word, {"low", "medium", "high", "critical", "never", "new"});
    FailOn fail_on;
    if (word == "never") fail_on.what = FailOn::What::never;
    if (word == "new") fail_on.what = FailOn::What::new_findings;
    if (const auto severity = severity_from(word)) fail_on.severity = *severity;
    if (fail_on.what == FailOn::What::new_findings && !settings.text("baseline")) {
        throw settings.bad("fail-on", "what is new can only be told with --baseline report.xml of an earlier run");
    }
    return fail_on;
}

std::vector<engine::Acceptance> read_acceptances(const Settings& settings) {
    std::vector<engine::Acceptance> acceptances;
    for (const std::string& text : settings["accept"].values) {
        const auto acceptance = parse_acceptance(text);
        if (!acceptance) {
            throw settings.bad("accept", "'" + text + "' is not of the form \"RULE until YYYY-MM-DD: reason\"");
        }
        acceptances.push_back(*acceptance);
    }
    return acceptances;
}

DeclaredLocation read_location(const Settings& settings) {
    DeclaredLocation location;
    location.country = settings.text("country").value_or("");
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool is_code =
        location.country.size() == 2 && is_letter(location.country[0]) && is_letter(location.country[1]);
    if (!location.country.empty() && !is_code) {
        throw settings.bad("country", "'" + location.country + "' is no country; write its two capital letters, as DE");
    }
    location.operator_name = trimmed(settings.text("operator").value_or(""));
    location.processor_contract = trimmed(settings.text("processor-contract").value_or(""));
    location.hosts = settings["declared-host"].values;
    return location;
}

}  // namespace

std::vector<engine::HoldTable> read_hold_tables(const Settings& settings) {
    std::vector<engine::HoldTable> holds;
    for (const std::string& text : settings["hold"].values) {
        auto hold = parse_hold(text);
        if (!hold) {
            throw settings.bad("hold", "'" + text +
                                           "' is not of the form ENTITY:TABLE.COLUMN or "
                                           "ENTITY:TABLE.COLUMN;until=COLUMN");
        }
        hold->origin = settings["hold"].origin + ": " + text;
        holds.push_back(std::move(*hold));
    }
    return holds;
}

std::vector<HoldFile> read_hold_files(const Settings& settings) {
    std::vector<HoldFile> files;
    for (const std::string& text : settings["hold-file"].values) {
        const auto colon = text.find(':');
        HoldFile file{trimmed(text.substr(0, colon)), "", settings["hold-file"].origin};
        if (colon != std::string::npos) file.path = trimmed(text.substr(colon + 1));
        if (file.entity.empty() || file.path.empty()) {
            throw settings.bad("hold-file", "'" + text + "' is not of the form ENTITY:FILE");
        }
        files.push_back(std::move(file));
    }
    return files;
}

std::optional<engine::HoldTable> parse_hold(const std::string& text) {
    constexpr std::string_view until = "until=";
    engine::HoldTable hold;
    const auto colon = text.find(':');
    const auto semicolon = text.find(';');
    if (colon == std::string::npos || (semicolon != std::string::npos && semicolon < colon)) return std::nullopt;
    hold.entity = trimmed(text.substr(0, colon));
    const std::string place =
        trimmed(text.substr(colon + 1, semicolon == std::string::npos ? semicolon : semicolon - colon - 1));
    const auto dot = place.rfind('.');
    if (dot == std::string::npos) return std::nullopt;
    hold.table = trimmed(place.substr(0, dot));
    hold.column = trimmed(place.substr(dot + 1));
    if (semicolon != std::string::npos) {
        const std::string more = trimmed(text.substr(semicolon + 1));
        if (!more.starts_with(until)) return std::nullopt;
        hold.until = trimmed(more.substr(until.size()));
        if (hold.until.empty()) return std::nullopt;
    }
    if (hold.entity.empty() || hold.table.empty() || hold.column.empty()) return std::nullopt;
    return hold;
}

std::optional<engine::Acceptance> parse_acceptance(const std::string& text) {
    const auto until = text.find(" until ");
    if (until == std::string::npos) return std::nullopt;
    const auto colon = text.find(':', until);
    if (colon == std::string::npos) return std::nullopt;
    const std::string rule = trimmed(text.substr(0, until));
    const auto date = parse_date(trimmed(text.substr(until + 7, colon - until - 7)));
    const std::string reason = trimmed(text.substr(colon + 1));
    if (rule.empty() || rule.find(' ') != std::string::npos || !date || reason.empty()) return std::nullopt;
    return engine::Acceptance{rule, reason, *date};
}

std::vector<std::string> read_formats(const Settings& settings) {
    std::vector<std::string> formats;
    for (const std::string& format : settings["format"].values) {
        require_one_of(settings, "format", format, format_names());
        if (std::find(formats.begin(), formats.end(), format) == formats.end()) formats.push_back(format);
    }
    if (formats.empty()) throw settings.bad("format", "name at least one of " + comma_separated(format_names()));
    return formats;
}

AuditOptions read_audit_options(const Settings& settings, Date today) {
    if (!settings.operands().empty()) {
        // It may be a connection string, so it is not repeated.
        throw Failure(ExitCode::usage,
                      "an argument that is no option; every value of an audit has a name, see "
                      "crmaudit audit --help");
    }
    const auto text = [&](std::string_view option) { return settings.text(option).value_or(""); };
    AuditOptions options;
    static_cast<SourceOptions&>(options) = read_source_options(settings, today);
    options.policy = text("policy");
    options.out = text("out");
    options.formats = read_formats(settings);
    options.language = read_language(settings, "en");
    options.report_group = text("report-group");
    options.only = settings["only"].values;
    options.skip = settings["skip"].values;
    options.declared_purposes = settings["declare"].values;
    options.acceptances = read_acceptances(settings);
    options.privacy_url = text("privacy-url");
    options.location = read_location(settings);
    options.hold_tables = read_hold_tables(settings);
    options.hold_files = read_hold_files(settings);
    options.leave_out_residents_outside = settings.is_set("leave-out-residents-outside");
    const std::string purpose = settings.text("purpose").value_or("audit");
    require_one_of(settings, "purpose", purpose, {"audit", "migration"});
    options.migration = purpose == "migration";
    options.baseline = text("baseline");
    options.purge = text("purge");
    options.purge_limits = read_purge_limits(settings, options.as_of);
    if (!options.purge.empty()) require_valid(options.purge_limits, options.as_of, today);
    options.fail_on = read_fail_on(settings);
    options.log = text("log");
    options.quiet = settings.is_set("quiet");
    for (const char* each : {"out", "policy"}) {
        if (text(each).empty()) throw settings.bad(each, "must not be empty");
    }
    return options;
}

}  // namespace crmaudit::app
