// A CRM whose persons are due, or are not for every reason there is, on a real server: audited by the real program, and
// purged with the database's own client.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/command.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::live {

/// How a client is given a file.
enum class Way { piped, file, forced, sourced, one_transaction, unattended };

class PurgeCrm {
public:
    /// Tables person, visit, address with links to it, deal, invoice and note, and 60 persons: see purge_crm.cpp.
    explicit PurgeCrm(Product product);

    /// What the statements make, mapped by this profile.
    PurgeCrm(Product product, const std::string& profile, const std::vector<std::string>& statements);
    /// What SQL files make, mapped by a shipped profile.
    PurgeCrm(Product product, const std::string& shipped_profile, const std::vector<std::filesystem::path>& files);
    /// SuiteCRM with so many invented persons.
    PurgeCrm(Product product, int persons);

    /// Audits as of today, by `rules` or only by these; the path of the result.
    std::string audit(const std::string& only = {});
    /// The same with more options, however it ends. Its reports are in a directory of their own.
    support::ProcessResult audit_with(const std::vector<std::string>& more, const std::string& only = {});
    /// The result of the last audit.
    std::string report() const { return out_ + "/latest/report.xml"; }

    /// From now on scripts are written as if the database were this product.
    void write_for(const std::string& product) { product_ = product; }

    /// Writes the scripts of a new audit into a new directory.
    support::ProcessResult purge(const std::vector<std::string>& more = {});
    support::ProcessResult purge(const std::string& result, const std::vector<std::string>& more);

    /// Asks for the scripts that erase the person of this request; run() takes them then.
    support::ProcessResult erase(const std::string& request, const std::vector<std::string>& more = {});

    /// What the client said, standard error included; its exit code.
    support::CommandResult run(const std::string& file, Way way = Way::piped);
    /// The command that runs the file, for a shell.
    std::string command(const std::string& path, Way way, const std::string& database = {}) const;

    std::filesystem::path script(const std::string& name) const { return place_.path() / directory_ / name; }
    std::string text(const std::string& name) const { return support::read_text(script(name)); }
    void replace(const std::string& name, const std::string& from, const std::string& to);

    void sql(const std::string& statement) { scratch.admin().run(statement); }
    /// One cell, "" for none.
    std::string cell(const std::string& query) { return scratch.admin().value(query).value_or(""); }
    /// All ids of persons, sorted, a blank between them.
    std::string persons();
    /// Everything that stands in tables that no purge is about.
    std::string others();
    /// Visits by person, addresses by person, addresses.
    std::string children();
    /// Findings of the rule by a new audit.
    std::string found(const std::string& rule);
    /// One line for each row of a query.
    std::string rows(const std::string& query);

    Scratch scratch;
    std::string rules = "stale_person,soft_deleted_not_erased,unconverted_lead";  // that audits ask

private:
    TemporaryDirectory place_;
    std::string directory_;
    std::string out_;
    std::string profile_;
    std::string product_;
    int number_ = 0;
};

}  // namespace crmaudit::live
