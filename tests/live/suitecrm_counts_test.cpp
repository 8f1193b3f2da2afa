// The demo CRM on all three databases: every count of the report equals the answer of SQL that was written by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "reports/result_xml.h"
#include "tests/support/command.h"

namespace crmaudit {
namespace {

using support::live_setting;
using support::quoted;
using support::run;

constexpr auto persons = "2000";

/// What a rule found, or how many persons it is about: "rule|object" or "rule:detail|object".
struct Count {
    std::int64_t affected = 0;
    std::int64_t total = 0;
    bool operator==(const Count&) const = default;
};
using Counts = std::map<std::string, Count>;

void PrintTo(const Count& count, std::ostream* out) { *out << count.affected << " of " << count.total; }

/// A day of audit and the first days whose periods have not run out on it, by the calendar on the wall.
struct Calendar {
    std::string as_of;
    std::map<std::string, std::string> days;
};

const Calendar ordinary{"2026-06-15",
                        {{"today+1", "2026-06-16"},
                         {"P3Y-1", "2023-06-14"},
                         {"P3Y", "2023-06-15"},
                         {"P3Y+1", "2023-06-16"},
                         {"P3Y+2", "2023-06-17"},
                         {"P1Y", "2025-06-15"},
                         {"P1M", "2026-05-15"},
                         {"P30D", "2026-05-16"}}};
// Three years from 28 February 2025 are over on 28 February 2028, a day before the audit.
const Calendar leap_day{"2028-02-29",
                        {{"today+1", "2028-03-01"},
                         {"P3Y-1", "2025-02-28"},
                         {"P3Y", "2025-03-01"},
                         {"P3Y+1", "2025-03-02"},
                         {"P3Y+2", "2025-03-03"},
                         {"P1Y", "2027-03-01"},
                         {"P1M", "2028-01-29"},
                         {"P30D", "2028-01-30"}}};

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file) throw std::runtime_error("cannot write " + path.string());
    file.close();
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

std::string questions(const Calendar& calendar) {
    std::string sql = read_file(CRMAUDIT_SOURCE_DIR "/tests/fixtures/expected/suitecrm.sql");
    for (const auto& [name, day] : calendar.days) {
        const std::string mark = "@" + name + "@";
        for (std::size_t at; (at = sql.find(mark)) != std::string::npos;) {
            sql.replace(at, mark.size(), "'" + day + "'");
        }
    }
    return sql;
}

/// One database: how its own client loads a script and answers questions, and how the program connects to it.
struct Live {
    std::string dialect;
    std::string load;     // a command that reads SQL
    std::string ask;      // the same, answering in lines of fields separated by '|'
    std::string connect;  // connection string of an account that can only read
    std::string prepare;  // before the rows are loaded
    std::string grant;    // after
    std::string lenient;  // SQL without which the hand-written questions stumble over zero dates
};

Live sqlite_in(const std::filesystem::path& directory) {
    const std::string file = (directory / "crm.db").string();
    return {"sqlite",
            "sqlite3 -bail " + quoted(file),
            "sqlite3 -bail -separator '|' " + quoted(file),
            "DRIVER=SQLite3;Database=" + file,
            "true",
            "true",
            ""};
}

std::string with_database(const std::string& connection, const std::string& name) {
    return std::regex_replace(connection, std::regex("DATABASE=[^;]*"), "DATABASE=" + name);
}

Live postgresql_named(const std::string& name) {
    const std::string psql = "psql -X -q -v ON_ERROR_STOP=1 -d ";
    live_setting("PGHOST");
    return {"postgresql",
            psql + name,
            psql + name + " -A -t",
            with_database(live_setting("CRMAUDIT_TEST_POSTGRESQL_AUDITOR"), name),
            psql + "postgres -c 'DROP DATABASE IF EXISTS " + name + "' -c 'CREATE DATABASE " + name + "' 2>&1",
            psql + name + " -f " + quoted(CRMAUDIT_SOURCE_DIR "/scripts/grants/postgresql.sql"),
            ""};
}

Live mariadb_named(const std::string& name) {
    const std::string client =
        "mariadb --defaults-file=" + quoted(live_setting("CRMAUDIT_TEST_MARIADB_DEFAULTS")) + " ";
    return {"mariadb",
            client + name,
            client + "-N -B " + name + " | tr '\\t' '|'",
            with_database(live_setting("CRMAUDIT_TEST_MARIADB_AUDITOR"), name),
            client + "-e 'DROP DATABASE IF EXISTS " + name + "; CREATE DATABASE " + name + "'",
            client + "-e 'GRANT SELECT ON " + name + ".* TO auditor'",
            "SET sql_mode = '';\n"};
}

void load_demo(const Live& live, const Calendar& calendar, const std::filesystem::path& directory) {
    ASSERT_EQ(run(live.prepare).code, 0);
    const std::string script = quoted((directory / ("demo-" + live.dialect + ".sql")).string());
    const std::string demo = std::string(CRMAUDIT_DEMO_CRM) + ' ' + live.dialect + ' ' + persons;
    ASSERT_EQ(run(demo + " --as-of " + calendar.as_of + " > " + script).code, 0);
    ASSERT_EQ(run(live.load + " < " + script).code, 0);
    ASSERT_EQ(run(live.grant).code, 0);
}

/// The hand-written answers. Rules without a single hit stay out: they are no finding.
Counts expected(const Live& live, const Calendar& calendar, const std::filesystem::path& directory) {
    const auto script = directory / ("questions-" + live.dialect + ".sql");
    write_file(script, live.lenient + questions(calendar));
    const auto answer = run(live.ask + " < " + quoted(script.string()));
    EXPECT_EQ(answer.code, 0) << answer.output;
    Counts counts;
    std::istringstream lines(answer.output);
    for (std::string line; std::getline(lines, line);) {
        const auto third = line.rfind('|');
        const auto second = line.rfind('|', third - 1);
        counts[line.substr(0, second)] = {std::stoll(line.substr(second + 1)), std::stoll(line.substr(third + 1))};
    }
    return counts;
}

bool about_permissions(const Finding& finding) {
    return finding.check == "public_grant" || finding.check == "broad_grant";
}

std::string table_of(const AuditResult& result, const std::string& entity_name) {
    const auto entity = std::find_if(result.entities.begin(), result.entities.end(),
                                     [&](const Entity& each) { return each.name == entity_name; });
    return entity == result.entities.end() ? "no entity " + entity_name : entity->table.name;
}

Counts reported(const AuditResult& result) {
    Counts counts;
    for (const Finding& finding : result.findings) {
        if (about_permissions(finding)) continue;
        const std::string object =
            finding.object.table.name + (finding.object.column.empty() ? "" : "." + finding.object.column);
        counts[finding.check + '|' + object] = {finding.affected, finding.total};
        for (const NamedCount& detail : finding.details) {
            counts[finding.check + ':' + detail.name + '|' + object] = {detail.count, finding.total};
        }
    }
    for (const PersonsAffected& each : result.persons) {
        counts["persons|" + table_of(result, each.entity)] = {each.affected, each.total};
    }
    for (const ConsentCount& each : result.consent) {
        if (each.purpose != "marketing") continue;
        const std::string object = '|' + table_of(result, each.entity);
        const std::int64_t total = each.granted + each.refused + each.unknown;
        counts["consent:granted" + object] = {each.granted, total};
        counts["consent:refused" + object] = {each.refused, total};
        counts["consent:unknown" + object] = {each.unknown, total};
    }
    return counts;
}

/// Runs the program as a scheduled job would and reads its report.
AuditResult audit(const Live& live, const Calendar& calendar, const std::filesystem::path& directory) {
    const auto connection = directory / ("connection-" + live.dialect);
    write_file(connection, live.connect + "\n");
    const auto out = directory / ("out-" + live.dialect);
    std::filesystem::create_directory(out);
    const auto command = std::string(CRMAUDIT_PROGRAM) + " audit --connect-file " + quoted(connection.string()) +
                         " --label counts --policy gdpr --as-of " + calendar.as_of + " --format xml,html,csv --out " +
                         quoted(out.string()) + " --state " + quoted((directory / "state").string()) + " 2>&1";
    const auto done = run(command);
    EXPECT_EQ(done.code, 2) << done.output;
    const auto report = out / "latest" / "report.xml";
    EXPECT_EQ(run("xmllint --noout --schema " + quoted(CRMAUDIT_SOURCE_DIR "/reports/result.xsd") + ' ' +
                  quoted(report.string()) + " 2>&1")
                  .code,
              0);
    return reports::read_result_xml(report.string(), read_file(report));
}

/// Only what a report can hold: rules with hits, with their details, and the counts of persons and consent.
Counts comparable(const Counts& asked) {
    Counts counts;
    for (const auto& [name, count] : asked) {
        const std::string rule = name.substr(0, name.find_first_of(":|"));
        if (rule == "border" || rule == "hit_thrice") continue;
        const bool about_rule = rule != "persons" && rule != "consent";
        const auto whole = asked.find(rule + name.substr(name.find('|')));
        if (about_rule && (whole == asked.end() || whole->second.affected == 0)) continue;
        counts[name] = count;
    }
    return counts;
}

void expect_same(const Counts& by_hand, const Counts& by_program) {
    for (const auto& [name, count] : by_hand) {
        const auto found = by_program.find(name);
        EXPECT_NE(found, by_program.end()) << name << " is not in the report";
        if (found == by_program.end()) continue;
        EXPECT_EQ(found->second, count) << name;
    }
    for (const auto& [name, count] : by_program) {
        EXPECT_TRUE(by_hand.contains(name)) << name << " is in the report with " << count.affected << " of "
                                            << count.total << ", and nobody asked for it";
    }
}

/// The demo is worth comparing only if it has near misses: see the end of the hand-written SQL.
void expect_hard_cases(const Counts& asked) {
    for (const char* name : {"border:before|contacts", "border:on|contacts", "border:after|contacts",
                             "hit_thrice|contacts", "hit_thrice|leads", "hit_thrice|prospects"}) {
        EXPECT_TRUE(asked.contains(name)) << "no " << name;
    }
    for (const auto& [name, count] : asked) {
        if (name.find(':') != std::string::npos || name.starts_with("stray_copy") || name.starts_with("hit_thrice") ||
            name.starts_with("tracking_without_consent")) {
            continue;
        }
        EXPECT_GT(count.affected, 0) << name << " has no hit";
        EXPECT_LT(count.affected, count.total) << name << " has only hits";
    }
}

void expect_counts(const Calendar& calendar) {
    const support::TemporaryDirectory directory;
    std::string suffix = calendar.as_of;
    std::erase(suffix, '-');
    const std::vector<Live> all{sqlite_in(directory.path()), postgresql_named("crm_counts_" + suffix),
                                mariadb_named("crm_counts_" + suffix)};
    Counts on_the_first;
    for (const Live& live : all) {
        SCOPED_TRACE(live.dialect);
        ASSERT_NO_FATAL_FAILURE(load_demo(live, calendar, directory.path()));
        const Counts asked = expected(live, calendar, directory.path());
        expect_hard_cases(asked);
        expect_same(comparable(asked), reported(audit(live, calendar, directory.path())));
        if (on_the_first.empty()) on_the_first = asked;
        EXPECT_EQ(asked, on_the_first) << "the databases answer differently";
    }
}

TEST(SuiteCrmCounts, EqualHandWrittenSqlOnEveryDatabase) { expect_counts(ordinary); }

TEST(SuiteCrmCounts, EqualHandWrittenSqlWhenTheAuditFallsOnALeapDay) { expect_counts(leap_day); }

}  // namespace
}  // namespace crmaudit
