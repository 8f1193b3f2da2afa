#include "reports/purge/files.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "auditor/digest/sha256.h"
#include "reports/locale.h"
#include "reports/purge/keepsakes_readme.h"
#include "reports/purge/mariadb_script.h"
#include "reports/purge/mysql_script.h"
#include "reports/purge/postgresql_script.h"
#include "reports/purge/readme.h"
#include "reports/purge/script.h"
#include "reports/purge/sqlite_script.h"
#include "reports/purge/sqlserver_script.h"

namespace crmaudit::reports::purge {
namespace {

bool contains(const std::vector<TableName>& tables, const TableName& table) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
}

/// The first name in a table of the step that the client would misread.
std::optional<std::string> misread(const ScriptGrammar& client, const Plan& plan, const Step& step) {
    for (const TouchedTable& table : plan.tables) {
        if (!contains(step.deletes, table.name) && !contains(step.reads, table.name)) continue;
        std::vector<std::string> names{table.name.schema, table.name.name};
        for (const TouchedColumn& column : table.columns) names.push_back(column.name);
        const auto found =
            std::find_if(names.begin(), names.end(), [&](const std::string& name) { return !client.can_write(name); });
        if (found != names.end()) return *found;
    }
    return std::nullopt;
}

}  // namespace

std::unique_ptr<ScriptGrammar> client_of(const Source& source, const sql::Grammar& grammar) {
    if (source.dialect == "sqlite") return std::make_unique<SqliteScript>(grammar);
    if (source.dialect == "postgresql") return std::make_unique<PostgresqlScript>(grammar);
    if (source.product == "MySQL") return std::make_unique<MysqlScript>(grammar);
    if (source.dialect == "mariadb") return std::make_unique<MariadbScript>(grammar);
    if (source.dialect == "mssql") return std::make_unique<SqlserverScript>(grammar);
    return nullptr;
}

bool has_client(const Source& source, const sql::Grammar& grammar) { return client_of(source, grammar) != nullptr; }

bool can_pause(const Source& source, const sql::Grammar& grammar) { return client_of(source, grammar)->can_pause(); }

bool can_write(const Source& source, const sql::Grammar& grammar, std::string_view name) {
    return client_of(source, grammar)->can_write(name);
}

void refuse_misread(const Source& source, const sql::Grammar& grammar, Plan& plan) {
    const auto client = client_of(source, grammar);
    std::erase_if(plan.steps, [&](const Step& step) {
        const auto name = misread(*client, plan, step);
        if (name) plan.refusals.push_back({step.rule, to_string(step.entity.table), "misread_name", *name});
        return name.has_value();
    });
}

std::vector<PurgeFile> purge_files(const AuditResult& result, const std::string& checksum, const Plan& plan,
                                   const Limits& limits, const sql::Grammar& grammar, std::string_view language) {
    const auto client = client_of(result.source, grammar);
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
        for (const StepSql& each : script.steps) verification.checks.push_back(each.has_begun);
        files.push_back({"3-verify.sql", client->verify(verification)});
    }
    for (const char* each : {"en", "de"}) {
        const Locale texts{each};
        std::string text = readme(result, plan, limits, *client, texts);
        if (!plan.steps.empty()) text += keepsakes_readme(result, limits, client->hash(), client->client(), texts);
        files.push_back({std::string{"README."} + each + ".txt", std::move(text)});
    }
    if (plan.steps.empty()) return files;
    for (const char* each : {"en", "de"}) {
        files.push_back({std::string{"UNDO."} + each + ".txt", undo_notes(result, plan, undo, Locale{each})});
    }
    return files;
}

}  // namespace crmaudit::reports::purge
