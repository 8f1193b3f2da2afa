// The files of a purge: a dry run, the purge itself, its verification and a text for whoever runs them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"
#include "reports/purge/plan.h"

namespace crmaudit::reports::purge {

class ScriptGrammar;

/// How the database's own client runs scripts; null for a product that none is known of.
std::unique_ptr<ScriptGrammar> client_of(const Source& source, const sql::Grammar& grammar);

struct PurgeFile {
    std::string name;
    std::string content;
};

/// Whether scripts can be written for databases of this product, and whether they can wait between batches.
bool has_client(const Source& source, const sql::Grammar& grammar);
bool can_pause(const Source& source, const sql::Grammar& grammar);

/// Whether the name can stand in a file without meaning something to the client.
bool can_write(const Source& source, const sql::Grammar& grammar, std::string_view name);

/// Takes out the steps in whose tables something has a name that the client would take for its own words.
void refuse_misread(const Source& source, const sql::Grammar& grammar, Plan& plan);

/// The scripts, if the plan has a step, and README.en.txt and README.de.txt, which also tell what was refused and why.
/// `checksum` is the result's own.
std::vector<PurgeFile> purge_files(const AuditResult& result, const std::string& checksum, const Plan& plan,
                                   const Limits& limits, const sql::Grammar& grammar, std::string_view language);

}  // namespace crmaudit::reports::purge
