#include "auditor/app/audit_database.h"

#include <algorithm>
#include <set>

#include "auditor/app/mapping_draft.h"
#include "auditor/classify/classifier.h"
#include "auditor/engine/audit.h"
#include "auditor/model/wildcard.h"
#include "connectors/database.h"

namespace crmaudit::app {
namespace {

using sql::QueryError;

/// After the end of --max-runtime queries fail one by one, so that the engine records what is left as not checked.
class TimedPort : public sql::QueryPort {
public:
    TimedPort(sql::QueryPort& port, const Interruption& interruption) : port_(port), interruption_(interruption) {}

    std::vector<sql::Row> select(const sql::Query& query) override {
        if (is_over()) throw out_of_time();
        try {
            return port_.select(query);
        } catch (const QueryError& error) {
            if (error.reason() == QueryError::Reason::cancelled && is_over()) throw out_of_time();
            throw;
        }
    }

private:
    bool is_over() const { return interruption_.out_of_time() && interruption_.signal() == 0; }
    static QueryError out_of_time() { return {QueryError::Reason::out_of_time, "", "the time of the audit is over"}; }

    sql::QueryPort& port_;
    const Interruption& interruption_;
};

/// While this lives, an interruption cancels what runs on the server.
class Guard {
public:
    Guard(Interruption& interruption, connectors::Database& database) : interruption_(interruption) {
        interruption_.guard([&database] { database.cancel(); });
    }
    ~Guard() {
        interruption_.guard([] {});  // the run itself looks at signal() before it writes
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

private:
    Interruption& interruption_;
};

Catalog read_catalog(connectors::Database& database, const Interruption& interruption) {
    try {
        return database.read_catalog();
    } catch (const QueryError& error) {
        if (error.reason() == QueryError::Reason::cancelled && interruption.out_of_time()) {
            throw Failure(ExitCode::unreachable,
                          "the time of --max-runtime was over before the structure was read; give it more");
        }
        if (error.reason() == QueryError::Reason::forbidden) {
            throw Failure(ExitCode::not_permitted, std::string{"the account may not read the structure: "} +
                                                       error.what() + "; grant it as scripts/grants shows");
        }
        throw;
    }
}

/// A pattern that matches no table is a typing error.
void require_matching(const std::vector<std::string>& patterns, const Catalog& catalog) {
    for (const std::string& pattern : patterns) {
        const bool matches = std::any_of(catalog.tables.begin(), catalog.tables.end(), [&](const Table& table) {
            return matches_wildcard(to_string(table.name), pattern) || matches_wildcard(table.name.name, pattern);
        });
        if (matches) continue;
        throw Failure(ExitCode::bad_configuration,
                      "--include: the database shows this account no table '" + pattern + "'; check the name");
    }
}

void require_same_source(const std::optional<AuditResult>& baseline, const Catalog& catalog) {
    if (!baseline) return;
    const Source& before = baseline->source;
    if (before.dialect == catalog.dialect && before.database == catalog.database) return;
    throw Failure(ExitCode::bad_configuration, "the baseline is of " + before.dialect + " database '" +
                                                   before.database + "', this is " + catalog.dialect + " database '" +
                                                   catalog.database + "'; name a report.xml of the same source");
}

std::vector<std::string> copy_marks(const std::vector<Lexicon>& lexicons) {
    std::set<std::string> marks;
    for (const Lexicon& lexicon : lexicons) marks.insert(lexicon.copy_marks.begin(), lexicon.copy_marks.end());
    return {marks.begin(), marks.end()};
}

std::optional<Profile> profile_for(const PreparedAudit& audit, const Catalog& catalog) {
    if (audit.choose_profile) return engine::choose_profile(audit.profiles, catalog);
    if (audit.profiles.empty()) return std::nullopt;
    return audit.profiles.front();
}

Run run_of(const PreparedAudit& audit) {
    Run run;
    run.tool_version = CRMAUDIT_VERSION;
    run.as_of = audit.options.as_of;
    run.label = audit.connection.label;
    run.policy = audit.policy.name;
    run.policy_digest = audit.policy.digest;
    run.options_digest = audit.options_digest;
    run.language = audit.options.language;
    return run;
}

}  // namespace

AuditResult audit_database(const PreparedAudit& audit, Interruption& interruption,
                           const std::function<void(const std::string&)>& tell) {
    const AuditOptions& options = audit.options;
    connectors::ConnectOptions connect;
    connect.connection_string = audit.connection.connection_string;
    connect.password = audit.connection.password;
    connect.statement_limit = options.statement_limit;
    connect.lock_limit = options.lock_limit;
    if (options.max_runtime) connect.connect_limit = std::min(connect.connect_limit, *options.max_runtime);
    const auto database = connectors::open_database(connect);
    const Guard guard(interruption, *database);

    Catalog catalog = read_catalog(*database, interruption);
    tell("connected to " + catalog.product + " " + catalog.version + ", " + std::to_string(catalog.tables.size()) +
         " tables");
    require_same_source(audit.baseline, catalog);
    std::optional<Profile> profile = profile_for(audit, catalog);
    require_matching(options.include, catalog);
    catalog = engine::filter_tables(std::move(catalog), options.include, options.exclude);
    const Classification classification = classify::NameClassifier{audit.lexicons}.classify(catalog);
    if (!profile && audit.choose_profile) {
        profile = draft_of(catalog, classification, copy_marks(audit.lexicons)).profile;
    }
    tell(profile ? "profile " + profile->name : "no profile: checks that need to know the CRM's tables are not made");

    const engine::AuditInput input{run_of(audit),
                                   catalog,
                                   classification,
                                   audit.policy,
                                   profile,
                                   copy_marks(audit.lexicons),
                                   options.declared_purposes,
                                   options.only,
                                   options.skip,
                                   options.acceptances,
                                   {},
                                   {}};
    TimedPort port(*database, interruption);
    AuditResult result = engine::audit(input, database->grammar(), port);
    if (audit.baseline) engine::compare_with_baseline(result, *audit.baseline);
    return result;
}

}  // namespace crmaudit::app
