// No output of any command holds a personal value of the demo CRM.
#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <sstream>

#include "tests/support/command.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::live {
namespace {

namespace fs = std::filesystem;
using support::run_crmaudit;

std::set<std::string> personal_values(const std::string& database) {
    std::string query = "SELECT email_address FROM email_addresses; SELECT name FROM emails;";
    for (const std::string table : {"contacts", "leads", "prospects"}) {
        for (const std::string column :
             {"first_name", "last_name", "phone_mobile", "phone_work", "primary_address_street", "description"}) {
            query += "SELECT DISTINCT " + column + " FROM " + table + ";";
        }
        // Some birthdays of the demo lie on the cut-off days of rules, which reports may name.
        query += "SELECT birthdate FROM " + table + " WHERE birthdate BETWEEN '1930' AND '2015';";
    }
    std::istringstream lines(
        support::run("sqlite3 " + support::quoted(database) + " " + support::quoted(query)).output);
    std::set<std::string> values;
    std::string line;
    while (std::getline(lines, line)) {
        // What is shorter stands in ordinary words.
        if (line.size() >= 5) values.insert(line);
    }
    return values;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }

/// As a word of its own; "Stein" within "Einstein" is no trace of anybody.
bool holds(const std::string& text, const std::string& value) {
    for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + 1)) {
        const auto end = at + value.size();
        if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
    }
    return false;
}

TEST(Canary, NoOutputOfAnyCommandHoldsAPersonalValue) {
    const TemporaryDirectory place;
    const std::string database = place.path() / "crm.db";
    support::run(support::quoted(CRMAUDIT_DEMO_CRM) + " sqlite 300 --as-of 2026-06-15 | sqlite3 " +
                 support::quoted(database));
    const auto values = personal_values(database);
    ASSERT_GT(values.size(), 500U);

    support::ProcessOptions job;
    job.environment = support::bare_environment();
    const std::string out = place.path() / "out";
    std::vector<std::pair<std::string, std::string>> outputs;
    const auto keep = [&](const std::vector<std::string>& arguments, int code) {
        const auto result = run_crmaudit(arguments, job);
        EXPECT_EQ(result.code, code) << arguments.front() << ": " << result.err;
        outputs.emplace_back(arguments.front(), result.out + result.err);
    };
    const std::vector<std::string> source{"--connect", "DRIVER=SQLite3;Database=" + database,
                                          "--label",   "crm",
                                          "--out",     out,
                                          "--state",   place.path() / "state",
                                          "--log",     place.path() / "run.log"};
    const auto with_source = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), source.begin(), source.end());
        return arguments;
    };
    keep(with_source({"audit", "--as-of", "2026-06-15", "--format", "xml,html,csv,metrics", "--verbose"}), 2);
    keep(with_source({"check-config"}), 0);
    keep(with_source({"audit", "--print-config"}), 0);
    const std::string report = out + "/latest/report.xml";
    for (const char* format : {"xml", "html", "csv", "metrics"}) keep({"render", report, "--format", format}, 0);
    keep({"render", report, "--lang", "de"}, 0);
    keep({"explain", "stale_person"}, 0);
    for (const auto& entry : fs::directory_iterator(out + "/latest/")) {
        outputs.emplace_back(entry.path().filename(), support::read_text(entry.path()));
    }
    outputs.emplace_back("run.log", support::read_text(place.path() / "run.log"));

    for (const auto& [name, text] : outputs) {
        ASSERT_FALSE(text.empty()) << name;
        for (const std::string& value : values) EXPECT_FALSE(holds(text, value)) << name << " holds " << value;
    }
    // The search itself finds what is there.
    EXPECT_TRUE(holds("a Musterfrau, b", "Musterfrau"));
}

TEST(Canary, WhatIsRenderedFromTheFileIsWhatTheRunWrote) {
    const TemporaryDirectory place;
    const std::string database = place.path() / "crm.db";
    support::run(support::quoted(CRMAUDIT_DEMO_CRM) + " sqlite 100 --as-of 2026-06-15 | sqlite3 " +
                 support::quoted(database));
    support::ProcessOptions job;
    job.environment = support::bare_environment();
    const std::string out = place.path() / "out";
    run_crmaudit({"audit", "--connect", "DRIVER=SQLite3;Database=" + database, "--as-of", "2026-06-15", "--out", out,
                  "--state", place.path() / "state", "--format", "xml,html,csv,metrics", "--lang", "de"},
                 job);
    const std::string again = place.path() / "again";
    ASSERT_EQ(
        run_crmaudit({"render", out + "/latest/report.xml", "--format", "xml,html,csv,metrics", "--out", again}, job)
            .code,
        0);
    for (const char* name : {"report.xml", "report.html", "findings.csv", "metrics.prom"}) {
        EXPECT_EQ(support::read_text(again + "/" + name), support::read_text(out + "/latest/" + name)) << name;
    }
}

}  // namespace
}  // namespace crmaudit::live
