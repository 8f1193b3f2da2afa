// A database and the arguments that audit it with the real program, as a scheduled job would.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "auditor/model/result.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::live {

class Audited {
public:
    explicit Audited(Product product) : scratch(product) {
        // A copy of persons that no profile knows: it is counted on every database.
        scratch.admin().run(
            "CREATE TABLE contacts_bak_2019 (id INTEGER PRIMARY KEY, last_name VARCHAR(50), "
            "email VARCHAR(100))");
        scratch.admin().run("INSERT INTO contacts_bak_2019 VALUES (1, 'Musterfrau', 'erika@example.org')");
        connect_with(scratch.connection());
    }

    void connect_with(const std::string& connection_string) {
        support::write_text(connection_file(), connection_string);
    }

    std::string connection_file() const { return place_.path() / "connection"; }
    std::filesystem::path out() const { return place_.path() / "out"; }
    std::filesystem::path path(const std::string& name) const { return place_.path() / name; }

    std::vector<std::string> arguments(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all{"audit",
                                     "--connect-file",
                                     connection_file(),
                                     "--label",
                                     "crm",
                                     "--as-of",
                                     "2026-06-15",
                                     "--only",
                                     "stray_copy",
                                     "--out",
                                     out(),
                                     "--state",
                                     path("state"),
                                     "--log",
                                     path("run.log"),
                                     "--accept",
                                     "source until 2099-01-01: test"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    /// The same by these rules, without a profile and without a look at content: what the server itself says.
    std::vector<std::string> arguments_without_crm(const std::string& rules,
                                                   const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all{"audit", "--connect-file", connection_file(), "--label", "crm", "--as-of",
                                     "2026-06-15", "--profile", "none", "--content", "none", "--only", rules, "--out",
                                     out(), "--state", path("state"),
                                     // What rules say of a CRM's own users and ways out is not known then.
                                     "--accept", "dormant_account until 2099-01-01: no CRM here", "--accept",
                                     "data_outflow until 2099-01-01: no CRM here"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    support::ProcessOptions job() const {
        support::ProcessOptions options;
        options.environment = support::bare_environment();
        return options;
    }

    std::vector<std::string> reports() const {
        std::vector<std::string> names;
        if (!std::filesystem::exists(out())) return names;
        for (const auto& entry : std::filesystem::directory_iterator(out())) names.push_back(entry.path().filename());
        return names;
    }

    Scratch scratch;

private:
    TemporaryDirectory place_;
};

/// Rules that ran and are not checked as a whole.
inline std::set<std::string> not_checked(const AuditResult& result) {
    std::set<std::string> rules;
    for (const RuleOutcome& outcome : result.outcomes) {
        if (!outcome.accepted && !outcome.gaps.empty()) rules.insert(outcome.rule);
    }
    return rules;
}

}  // namespace crmaudit::live
