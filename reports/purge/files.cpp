#include "reports/purge/files.h"

#include <memory>

#include "auditor/digest/sha256.h"
#include "reports/locale.h"
#include "reports/purge/mariadb_script.h"
#include "reports/purge/postgresql_script.h"
#include "reports/purge/readme.h"
#include "reports/purge/script.h"
#include "reports/purge/sqlite_script.h"

namespace crmaudit::reports::purge {
namespace {

std::unique_ptr<ScriptGrammar> client_of(std::string_view dialect, const sql::Grammar& grammar) {
    if (dialect == "sqlite") return std::make_unique<SqliteScript>(grammar);
    if (dialect == "postgresql") return std::make_unique<PostgresqlScript>(grammar);
    if (dialect == "mariadb") return std::make_unique<MariadbScript>(grammar);
    return nullptr;
}

}  // namespace

bool has_client(std::string_view dialect) {
    return dialect == "sqlite" || dialect == "postgresql" || dialect == "mariadb";
}

std::vector<PurgeFile> purge_files(const AuditResult& result, const std::string& checksum, const Plan& plan,
                                   const Limits& limits, const sql::Grammar& grammar, std::string_view language) {
    const auto client = client_of(result.source.dialect, grammar);
    std::vector<PurgeFile> files;
    std::vector<std::string> undo;
    if (!plan.steps.empty()) {
        const Locale locale{language};
        const Script script = make_script(result, checksum, plan, limits, grammar, *client, locale);
        files.push_back({"1-dry-run.sql", client->dry_run(script)});
        if (limits.archive) files.push_back({"1b-archive.sql", client->archive(script)});
        // Of the file as it is without its checksum in it.
        const std::string own = digest::sha256(client->purge(script));
        files.push_back(
            {"2-purge.sql", client->purge(make_script(result, checksum, plan, limits, grammar, *client, locale, own))});
        undo = script.undo;
        Script verification = script;
        std::erase_if(verification.checks, [](const Check& each) { return each.of_deletion; });
        files.push_back({"3-verify.sql", client->verify(verification)});
    }
    for (const char* each : {"en", "de"}) {
        files.push_back(
            {std::string{"README."} + each + ".txt", readme(result, plan, limits, client->client(), Locale{each})});
    }
    if (plan.steps.empty()) return files;
    for (const char* each : {"en", "de"}) {
        files.push_back({std::string{"UNDO."} + each + ".txt", undo_notes(result, plan, undo, Locale{each})});
    }
    return files;
}

}  // namespace crmaudit::reports::purge
