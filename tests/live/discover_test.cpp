// An invented CRM that no profile knows, on every database: the mapping that `discover` writes runs unchanged, counts
// what SQL written by hand counts, and `--profile auto` finds the same in memory.
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "reports/result_xml.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::live {
namespace {

class Discovered : public ::testing::TestWithParam<Product> {
protected:
    Discovered() : scratch(GetParam()) {
        for (const char* statement :
             {"CREATE TABLE customers (id INTEGER NOT NULL PRIMARY KEY, first_name VARCHAR(40), last_name VARCHAR(40), "
              "email VARCHAR(80), lead_source VARCHAR(20), created_at TIMESTAMP NULL, email_opt_in BOOLEAN, "
              "opt_in_date DATE, email_opt_out BOOLEAN, newsletter BOOLEAN, deleted BOOLEAN)",
              "CREATE TABLE phone_calls (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, call_date TIMESTAMP "
              "NULL)",
              "CREATE TABLE app_users (id INTEGER NOT NULL PRIMARY KEY, user_name VARCHAR(40), email VARCHAR(80), "
              "password_hash VARCHAR(80))"}) {
            scratch.admin().run(statement);
        }
        for (int i = 1; i <= 200; ++i) {
            const auto flag = [](bool on) { return std::string{on ? "TRUE" : "FALSE"}; };
            const std::string number = std::to_string(i);
            const std::string year = i % 2 == 0 ? "2019" : "2026";
            scratch.admin().run("INSERT INTO customers VALUES (" + number + ", 'Erika', 'Muster" + number + "', 'e" +
                                number + "@example.org', " + (i % 5 == 0 ? "NULL" : "'fair'") + ", '" + year +
                                "-01-02 10:00:00', " + flag(i % 3 == 0) + ", " +
                                (i % 9 == 0 ? "NULL" : "'2026-01-03'") + ", " + flag(i % 7 == 0) + ", " +
                                flag(i % 4 == 0) + ", " + flag(i % 11 == 0) + ")");
            if (i % 10 == 0) {
                scratch.admin().run("INSERT INTO phone_calls VALUES (" + number + ", " + number + ", '2026-03-0" +
                                    std::to_string(i % 9 + 1) + " 09:00:00')");
            }
        }
    }

    support::ProcessResult run(const std::vector<std::string>& arguments) {
        support::ProcessOptions options;
        options.environment = support::bare_environment();
        return support::run_crmaudit(arguments, options);
    }

    std::string connection_file() {
        const std::string path = place.path() / "connection";
        support::write_text(path, scratch.connection());
        return path;
    }

    AuditResult audit(const std::string& profile, const std::string& name) {
        const std::string out = place.path() / name;
        const auto result = run({"audit", "--connect-file", connection_file(), "--label", "crm", "--as-of",
                                 "2026-06-15", "--profile", profile, "--out", out, "--state", place.path() / "state"});
        EXPECT_TRUE(result.code == 0 || result.code == 2 || result.code == 3) << result.code << result.err;
        const std::string report = out + "/latest/report.xml";
        return reports::read_result_xml(report, support::read_text(report));
    }

    std::int64_t answer(const std::string& condition) {
        return std::stoll(scratch.admin().value("SELECT COUNT(*) FROM customers c WHERE " + condition).value());
    }

    Scratch scratch;
    TemporaryDirectory place;
};

const Finding* finding(const AuditResult& result, const std::string& rule) {
    const auto found = std::find_if(result.findings.begin(), result.findings.end(), [&](const Finding& each) {
        return each.rule == rule && each.object.entity == "customers";
    });
    return found == result.findings.end() ? nullptr : &*found;
}

TEST_P(Discovered, MappingRunsUnchangedAndCountsWhatIsThere) {
    const std::string file = place.path() / "mapping.xml";
    const auto wrote = run({"discover", "--connect-file", connection_file(), "--out", file});
    ASSERT_EQ(wrote.code, 0) << wrote.err;
    EXPECT_EQ(wrote.out, "");
    struct stat status {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);

    const AuditResult result = audit(file, "by-file");
    EXPECT_TRUE(result.run.profile_discovered) << "until a person takes the mark away";
    const std::string live = "NOT c.deleted";
    const std::map<std::string, std::string> by_hand{
        {"unknown_source", live + " AND c.lead_source IS NULL"},
        {"stale_person", live + " AND c.created_at < '2023-06-15' AND NOT EXISTS (SELECT 1 FROM phone_calls p WHERE "
                                "p.customer_id = c.id AND p.call_date >= '2023-06-15')"},
        {"marketing_without_consent", live + " AND c.newsletter AND NOT (c.email_opt_in AND NOT c.email_opt_out)"},
        {"consent_without_evidence", live + " AND c.email_opt_in AND NOT c.email_opt_out AND c.opt_in_date IS NULL"},
        {"soft_deleted_not_erased", "c.deleted"}};
    for (const auto& [rule, condition] : by_hand) {
        const Finding* found = finding(result, rule);
        ASSERT_NE(found, nullptr) << rule;
        EXPECT_GT(found->affected, 0) << rule;
        EXPECT_EQ(found->affected, answer(condition)) << rule;
    }
}

TEST_P(Discovered, AutoFindsTheSameInMemory) {
    const auto wrote = run({"discover", "--connect-file", connection_file()});
    ASSERT_EQ(wrote.code, 0) << wrote.err;
    const std::string file = place.path() / "mapping.xml";
    support::write_text(file, wrote.out);
    const AuditResult by_file = audit(file, "by-file");
    const AuditResult in_memory = audit("auto", "in-memory");
    EXPECT_TRUE(in_memory.run.profile_discovered);
    EXPECT_EQ(in_memory.run.profile_digest, by_file.run.profile_digest);
    EXPECT_EQ(in_memory.findings, by_file.findings);
    EXPECT_EQ(in_memory.outcomes, by_file.outcomes);
}

INSTANTIATE_TEST_SUITE_P(On, Discovered, ::testing::ValuesIn(all_products),
                         [](const auto& instance) { return to_string(instance.param); });

}  // namespace
}  // namespace crmaudit::live
