// The options of `audit` with their types: settings that were checked, nothing looked up yet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/app/settings.h"
#include "auditor/app/source_options.h"
#include "auditor/engine/audit.h"
#include "auditor/model/policy.h"
#include "reports/purge/plan.h"

namespace crmaudit::app {

/// What ends the run with 2.
struct FailOn {
    enum class What { severity, new_findings, never };
    What what = What::severity;
    Severity severity = Severity::medium;
};

/// A file that lists keys of an entity's rows.
struct HoldFile {
    std::string entity;
    std::string path;
    std::string origin;
};

struct AuditOptions : SourceOptions {
    std::string policy;
    std::string out;
    std::vector<std::string> formats;
    std::string language;
    std::string report_group;
    std::vector<std::string> only;
    std::vector<std::string> skip;
    std::vector<std::string> declared_purposes;
    std::vector<engine::Acceptance> acceptances;
    std::string privacy_url;
    DeclaredLocation location;
    std::vector<engine::HoldTable> hold_tables;
    std::vector<HoldFile> hold_files;
    bool leave_out_residents_outside = false;
    bool migration = false;  // say besides what to move to another CRM
    std::string baseline;
    std::string purge;  // directory for purge scripts; empty: none are written
    reports::purge::Limits purge_limits;
    FailOn fail_on;
    std::string log;
    bool quiet = false;
};

/// "ENTITY:TABLE.COLUMN" or "ENTITY:TABLE.COLUMN;until=COLUMN"; absent when it is not of that form.
std::optional<engine::HoldTable> parse_hold(const std::string& text);

/// The tables of --hold and the files of --hold-file. Both throw Failure for a value that cannot be.
std::vector<engine::HoldTable> read_hold_tables(const Settings& settings);
std::vector<HoldFile> read_hold_files(const Settings& settings);

/// Throws Failure for a value that cannot be.
AuditOptions read_audit_options(const Settings& settings, Date today);

/// "xml", "html", "csv", "metrics" as they were asked for; throws Failure for others.
std::vector<std::string> read_formats(const Settings& settings);

/// "RULE until YYYY-MM-DD: reason"; absent when it is not of that form.
std::optional<engine::Acceptance> parse_acceptance(const std::string& text);

}  // namespace crmaudit::app
