// Everything an audit needs before it connects: read, validated, and refused here if anything is wrong with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/app/audit_options.h"
#include "auditor/app/hold_list.h"
#include "auditor/app/secrets.h"
#include "auditor/app/surroundings.h"
#include "auditor/model/lexicon.h"
#include "auditor/model/mail_pattern.h"
#include "auditor/model/pattern.h"
#include "auditor/model/profile.h"
#include "auditor/model/result.h"

namespace crmaudit::app {

/// A source and everything that is needed to look into it.
struct PreparedSource {
    ConnectionSource connection;
    std::vector<Profile> profiles;  // one that was named, or all to choose from
    bool choose_profile = false;
    std::vector<Lexicon> lexicons;
    std::vector<ValuePattern> patterns;
};

struct PreparedAudit : PreparedSource {
    AuditOptions options;
    std::string state_directory;
    Policy policy;
    MailPatterns trackers;
    std::vector<HoldList> hold_lists;
    std::optional<AuditResult> baseline;
    std::string options_digest;
};

/// Both throw Failure and xml::DocumentError.
PreparedSource prepare_source(const Settings& settings, const SourceOptions& options, const Surroundings& surroundings);
PreparedAudit prepare_audit(const Settings& settings, const AuditOptions& options, const Surroundings& surroundings);

/// Tokens of table names that mark a copy, in any language.
std::vector<std::string> copy_marks(const std::vector<Lexicon>& lexicons);

/// The policy, with every check known.
Policy load_policy(const std::string& name_or_path);

}  // namespace crmaudit::app
