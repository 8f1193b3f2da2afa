// The erasure scripts for one person: those of a purge whose rows are that person alone, with the same guard, locks and
// refusals. Legal holds and duties to keep documents come before a request (Art. 17(3) of the GDPR, for one).
#pragma once

#include <string>
#include <vector>

#include "auditor/app/audit_options.h"
#include "auditor/app/hold_list.h"
#include "auditor/app/inspect_database.h"
#include "auditor/app/output_files.h"
#include "auditor/model/subject.h"
#include "reports/purge/plan.h"

namespace crmaudit::app {

struct ErasureOptions {
    reports::purge::Limits limits;
    std::vector<engine::HoldTable> hold_tables;
    std::vector<HoldList> hold_lists;
    std::string language;
};

struct Erasure {
    std::vector<OutputFile> files;
    std::vector<std::string> refusals;  // one line each, without a value
};

/// What a request to be erased allows, and what the operator accepts. Throws Failure for a value that cannot be.
ErasureOptions read_erasure_options(const Settings& settings, Date as_of);

/// Scripts for all rows that were chosen. `run` as for an audit.
Erasure erase(const std::vector<SubjectPerson>& persons, const Run& run, const ErasureOptions& options,
              const std::vector<std::string>& copy_marks, InspectedDatabase& database);

}  // namespace crmaudit::app
