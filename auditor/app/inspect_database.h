// A database as it is known before any rule is judged: connect, read the structure, choose the profile, classify the
// columns by names and by content.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "auditor/app/interruption.h"
#include "auditor/app/prepare.h"
#include "auditor/app/source_options.h"
#include "auditor/app/timed_port.h"
#include "auditor/model/classification.h"

namespace crmaudit::app {

using Tell = std::function<void(const std::string&)>;

/// While this lives, an interruption cancels what runs on the server.
class InspectedDatabase {
public:
    /// Connects, reads the structure and chooses the profile. Throws Failure, ConnectError and QueryError; nothing runs
    /// on the server any more then. What is handed in outlives this.
    InspectedDatabase(const PreparedSource& source, const SourceOptions& options, Interruption& interruption,
                      Tell tell);
    ~InspectedDatabase();
    InspectedDatabase(const InspectedDatabase&) = delete;
    InspectedDatabase& operator=(const InspectedDatabase&) = delete;

    /// Fills in `classification` and `content`. `only`: the one table whose values are read; null for all.
    void classify(const Table* only = nullptr);

    TimedPort& port() { return port_; }
    const sql::Grammar& grammar() const { return database_->grammar(); }
    connectors::ConnectionFacts connection_facts() { return database_->facts(); }

    Catalog catalog;
    std::vector<Table> own_tables;  // that purge scripts left, apart from the catalog
    std::optional<Profile> profile;
    Classification classification;
    ContentScan content;

private:
    void read_structure();
    void choose_profile();

    const PreparedSource& source_;
    const SourceOptions& options_;
    Tell tell_;
    Interruption& interruption_;
    std::unique_ptr<connectors::Database> database_;
    TimedPort port_;
};

/// For commands that look into a database and write no report: hands it to `use`. A signal ends the command with the
/// code of that signal, whatever runs on the server is cancelled. To be called before another thread exists.
void inspect(const PreparedSource& source, const SourceOptions& options, const Surroundings& surroundings,
             const std::function<void(InspectedDatabase&)>& use);

}  // namespace crmaudit::app
