#include "auditor/app/inspect_database.h"

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "auditor/app/failures.h"
#include "auditor/app/mapping_draft.h"
#include "auditor/classify/classifier.h"
#include "auditor/classify/declared.h"
#include "auditor/engine/audit.h"
#include "auditor/engine/content_scan.h"
#include "auditor/engine/deletion_log.h"
#include "auditor/engine/logical_fields.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::app {
namespace {

using sql::QueryError;

std::unique_ptr<connectors::Database> connect(const PreparedSource& source, const SourceOptions& options) {
    connectors::ConnectOptions connect;
    connect.connection_string = source.connection.connection_string;
    connect.password = source.connection.password;
    connect.statement_limit = options.statement_limit;
    connect.lock_limit = options.lock_limit;
    if (options.max_runtime) connect.connect_limit = std::min(connect.connect_limit, *options.max_runtime);
    return connectors::open_database(connect);
}

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

}  // namespace

InspectedDatabase::InspectedDatabase(const PreparedSource& source, const SourceOptions& options,
                                     Interruption& interruption, Tell tell)
    : source_(source),
      options_(options),
      tell_(std::move(tell)),
      interruption_(interruption),
      database_(connect(source, options)),
      port_(*database_, interruption) {
    interruption_.guard([database = database_.get()] { database->cancel(); });
    try {
        read_structure();
    } catch (...) {
        interruption_.guard([] {});
        throw;
    }
}

InspectedDatabase::~InspectedDatabase() {
    interruption_.guard([] {});  // the run itself looks at signal() before it writes
}

void InspectedDatabase::read_structure() {
    catalog = read_catalog(*database_, interruption_);
    own_tables = engine::take_own_tables(catalog);
    tell_("connected to " + catalog.product + " " + catalog.version + ", " + std::to_string(catalog.tables.size()) +
          " tables");
    choose_profile();
    require_matching(options_.include, catalog);
    catalog = engine::filter_tables(std::move(catalog), options_.include, options_.exclude);
}

void InspectedDatabase::choose_profile() {
    if (source_.choose_profile) {
        profile = engine::choose_profile(source_.profiles, catalog);
    } else if (!source_.profiles.empty()) {
        profile = engine::with_prefix(source_.profiles.front(), catalog);
    }
}

void InspectedDatabase::classify(const Table* only) {
    const classify::NameClassifier classifier{source_.lexicons};
    classification = classifier.classify(catalog);
    std::vector<Gap> gaps;
    if (options_.content != ContentExtent::none) {
        gaps = engine::add_logical_fields(classification, catalog, classifier, source_.lexicons, port_);
    }
    if (profile) classify::apply_declared(classification, profile->columns, catalog.default_schema);
    Catalog narrowed;
    if (only != nullptr) narrowed.tables = {*only};
    const classify::ValueScanner scanner{source_.patterns};
    content = engine::scan_content(only == nullptr ? catalog : narrowed, classification, scanner, port_,
                                   {.extent = options_.content, .seed = options_.seed, .as_of = options_.as_of});
    content.gaps.insert(content.gaps.begin(), gaps.begin(), gaps.end());
    tell_("values of " + std::to_string(content.samples.size()) + " tables looked at");
    if (source_.choose_profile && !profile) {
        Profile draft = draft_of(catalog, classification, copy_marks(source_.lexicons)).profile;
        if (!draft.entities.empty()) profile = std::move(draft);
    }
    tell_(profile ? "profile " + profile->name : "no profile: checks that need to know the CRM's tables are not made");
}

void inspect(const PreparedSource& source, const SourceOptions& options, const Surroundings& surroundings,
             const std::function<void(InspectedDatabase&)>& use) {
    Interruption::block_signals();
    Interruption interruption(options.max_runtime,
                              [](int signal) { std::_Exit(static_cast<int>(ended_by(signal).code())); });
    try {
        InspectedDatabase database(source, options, interruption, [&](const std::string& what) {
            if (options.verbose) surroundings.err << "crmaudit: " << what << std::endl;
        });
        use(database);
    } catch (...) {
        if (interruption.signal() != 0) throw ended_by(interruption.signal());
        throw;
    }
}

}  // namespace crmaudit::app
