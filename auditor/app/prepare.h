// Everything an audit needs before it connects: read, validated, and refused here if anything is wrong with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/app/audit_options.h"
#include "auditor/app/secrets.h"
#include "auditor/app/surroundings.h"
#include "auditor/model/lexicon.h"
#include "auditor/model/profile.h"
#include "auditor/model/result.h"

namespace crmaudit::app {

struct PreparedAudit {
    AuditOptions options;
    ConnectionSource connection;
    std::string state_directory;
    Policy policy;
    std::vector<Profile> profiles;  // one that was named, or all to choose from
    bool choose_profile = false;
    std::vector<Lexicon> lexicons;
    std::optional<AuditResult> baseline;
    std::string options_digest;
};

/// Throws Failure and xml::DocumentError.
PreparedAudit prepare_audit(const Settings& settings, const AuditOptions& options, const Surroundings& surroundings);

/// The policy, with every check known.
Policy load_policy(const std::string& name_or_path);

}  // namespace crmaudit::app
