// Every profile on the database its CRM runs on: the CRM's physical tables with invented persons, and what each rule
// must say about them, worked out by hand. One folder of tests/fixtures/crms for each profile:
//   postgresql.sql or mariadb.sql  the tables, named after the database
//   rows.sql                       the persons
//   expected.txt                   a line for each finding, and one for each rule that finds nothing
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "policies/load.h"
#include "reports/result_xml.h"
#include "tests/support/command.h"
#include "tests/support/live.h"

namespace crmaudit {
namespace {

using support::quoted;
using support::run;

const std::filesystem::path crms{CRMAUDIT_SOURCE_DIR "/tests/fixtures/crms"};

/// Who may read what and where the data is depends on the server of the test, not on the CRM;
/// tests/live/access_report_test.cpp and places_test.cpp hold it.
constexpr auto skipped =
    "administrative_account,broad_grant,default_privilege,export_privilege,exposed_database_file,grant_option,"
    "indirect_access,new_principal,public_grant,remote_access,row_security_bypass,undeclared_location,"
    "unprotected_transport,unused_permission,weak_authentication,write_privilege";

/// Of these only what they say about the CRM itself; the rest depends on the server too.
const std::set<std::string> partly_about_the_server{"data_outflow", "dormant_account"};

std::vector<std::string> folders() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(crms)) {
        if (entry.is_directory()) names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void must(const std::string& command) {
    const auto done = run(command + " 2>&1");
    if (done.code != 0) throw std::runtime_error(command + ": " + done.output);
}

/// The tables and persons of one CRM in a database of their own.
class CrmDatabase {
public:
    explicit CrmDatabase(const std::filesystem::path& folder) : scratch_(product_of(folder)) {
        load(folder / (live::to_string(scratch_.product()) + ".sql"));
        load(folder / "rows.sql");
        const bool postgresql = scratch_.product() == live::Product::postgresql;
        scratch_.admin().run("GRANT SELECT ON " +
                             (postgresql ? "ALL TABLES IN SCHEMA public" : "`" + scratch_.name() + "`.*") + " TO " +
                             scratch_.auditor());
    }

    /// What the program reports, run by an account that can only read.
    AuditResult audit() const {
        const auto connection = directory_.path() / "connection";
        std::ofstream(connection) << scratch_.auditor_connection() << '\n';
        std::filesystem::permissions(connection,
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        const auto out = directory_.path() / "out";
        std::filesystem::create_directory(out);
        const auto done = run(std::string(CRMAUDIT_PROGRAM) + " audit --connect-file " + quoted(connection.string()) +
                              " --label crm --policy gdpr --as-of 2026-06-15 --content full --skip " + skipped +
                              " --format xml,html --out " + quoted(out.string()) + " --state " +
                              quoted((directory_.path() / "state").string()) + " 2>&1");
        EXPECT_TRUE(done.code == 0 || done.code == 2 || done.code == 3) << done.output;
        const auto report = out / "latest" / "report.xml";
        must("xmllint --noout --schema " + quoted(CRMAUDIT_SOURCE_DIR "/reports/result.xsd") + ' ' +
             quoted(report.string()));
        return reports::read_result_xml(report.string(), text_of(report));
    }

private:
    static live::Product product_of(const std::filesystem::path& folder) {
        return std::filesystem::exists(folder / "postgresql.sql") ? live::Product::postgresql : live::Product::mariadb;
    }

    void load(const std::filesystem::path& script) const {
        const std::string input = " < " + quoted(script.string());
        if (scratch_.product() == live::Product::postgresql) {
            must("psql -X -q -v ON_ERROR_STOP=1 -d " + scratch_.name() + input);
        } else {
            must("mariadb --defaults-file=" + quoted(live::required("CRMAUDIT_TEST_MARIADB_DEFAULTS")) +
                 " --init-command=\"SET sql_mode = ''\" " + scratch_.name() + input);
        }
    }

    live::Scratch scratch_;
    live::TemporaryDirectory directory_;
};

/// "found stale_person contact contacts 2/9 no_date=1"; with [Mailchimp] before the numbers where it is about a part,
/// and
/// @hooks.example.org where it leads to a host.
std::string line_of(const Finding& finding) {
    const Object& object = finding.object;
    std::string line = "found " + finding.rule + ' ' + (object.entity.empty() ? "-" : object.entity) + ' ' +
                       object.table.name + (object.column.empty() ? "" : "." + object.column) + ' ' +
                       (object.part.empty() ? "" : "[" + object.part + "] ") +
                       (object.host.empty() ? "" : "@" + object.host + ' ') + std::to_string(finding.affected) + '/' +
                       std::to_string(finding.total);
    for (const NamedCount& detail : finding.details) line += ' ' + detail.name + '=' + std::to_string(detail.count);
    return line;
}

bool is_skipped(const std::string& rule) { return std::string{skipped}.find(rule) != std::string::npos; }

std::multiset<std::string> reported(const AuditResult& result) {
    std::multiset<std::string> lines;
    for (const Finding& finding : result.findings) {
        const bool is_about_the_server = partly_about_the_server.contains(finding.rule) &&
                                         (finding.object.table.name.empty() || !finding.object.principal.empty());
        if (!is_about_the_server) lines.insert(line_of(finding));
    }
    for (const RuleOutcome& outcome : result.outcomes) {
        if (is_skipped(outcome.rule)) continue;
        const bool is_partly = partly_about_the_server.contains(outcome.rule);
        if (!is_partly && outcome.status != OutcomeStatus::found) {
            lines.insert(std::string{to_string(outcome.status)} + ' ' + outcome.rule);
        }
        for (const Gap& gap : outcome.gaps) {
            if (is_partly && (gap.object == "grants" || gap.object == "outlets")) continue;
            lines.insert("gap " + outcome.rule + ' ' + gap.object + ' ' + gap.reason);
        }
    }
    return lines;
}

std::string rule_in(const std::string& line) {
    std::istringstream words(line);
    std::string status;
    std::string rule;
    words >> status >> rule;
    return rule;
}

/// Lines of a file without comments; each must be about a rule that there is.
std::multiset<std::string> expected(const std::filesystem::path& path, const std::set<std::string>& rules) {
    std::multiset<std::string> lines;
    std::istringstream text(text_of(path));
    for (std::string line; std::getline(text, line);) {
        if (const auto comment = line.find('#'); comment != std::string::npos) line.erase(comment);
        if (const auto last = line.find_last_not_of(" \t"); last == std::string::npos)
            continue;
        else
            line.erase(last + 1);
        EXPECT_TRUE(rules.contains(rule_in(line))) << "there is no such rule: " << line;
        lines.insert(line);
    }
    return lines;
}

std::set<std::string> rules_of(const AuditResult& result) {
    std::set<std::string> rules;
    for (const Rule& rule : result.rules) rules.insert(rule.id);
    return rules;
}

/// However many rules: each person table is counted by as many statements as the profile has entities over it.
void expect_one_count_for_each_entity(const AuditResult& result) {
    std::map<std::string, std::pair<std::ptrdiff_t, std::ptrdiff_t>> runs_and_entities;
    for (const Entity& entity : result.entities) {
        if (is_person(entity.kind)) ++runs_and_entities[to_string(entity.table)].second;
    }
    for (const StatementRun& run : result.statement_runs) {
        const auto counted = runs_and_entities.find(run.object);
        if (run.what == "rules" && counted != runs_and_entities.end()) ++counted->second.first;
    }
    for (const auto& [table, counts] : runs_and_entities) EXPECT_EQ(counts.first, counts.second) << table;
}

class CrmProfiles : public ::testing::TestWithParam<std::string> {};

TEST_P(CrmProfiles, FindWhatWasWorkedOutByHand) {
    const std::filesystem::path folder = crms / GetParam();
    const AuditResult result = CrmDatabase{folder}.audit();
    EXPECT_EQ(result.run.profile, GetParam());
    EXPECT_TRUE(result.source.gaps.empty());
    expect_one_count_for_each_entity(result);
    const auto by_program = reported(result);
    const auto by_hand = expected(folder / "expected.txt", rules_of(result));
    std::vector<std::string> wanting;
    std::set_difference(by_hand.begin(), by_hand.end(), by_program.begin(), by_program.end(),
                        std::back_inserter(wanting));
    for (const std::string& line : wanting) ADD_FAILURE() << "not in the report: " << line;
    std::vector<std::string> unasked;
    std::set_difference(by_program.begin(), by_program.end(), by_hand.begin(), by_hand.end(),
                        std::back_inserter(unasked));
    for (const std::string& line : unasked) ADD_FAILURE() << "nobody expects: " << line;
}

INSTANTIATE_TEST_SUITE_P(Each, CrmProfiles, ::testing::ValuesIn(folders()),
                         [](const auto& folder) { return folder.param; });

TEST(CrmProfilesComplete, EveryShippedProfileIsHeld) {
    const auto held = folders();
    for (const std::string& name : policies::shipped_profile_names()) {
        EXPECT_TRUE(std::find(held.begin(), held.end(), name) != held.end()) << name << " has no fixture";
    }
}

}  // namespace
}  // namespace crmaudit
