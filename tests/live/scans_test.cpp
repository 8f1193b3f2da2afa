// How often a whole audit reads a table of persons does not depend on how many rules there are: counted in the
// statements that the server saw.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "reports/result_xml.h"
#include "tests/support/audited.h"

namespace crmaudit::live {
namespace {

const std::filesystem::path bench{CRMAUDIT_SOURCE_DIR "/tests/bench/audit"};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// gdpr and as many rules of one's own, each with dates of its own.
std::string policy_with_rules(int count) {
    std::string text =
        R"(<policy name="more" parent="gdpr"><title lang="en">More</title><title lang="de">Mehr</title>)";
    for (int i = 1; i <= count; ++i) {
        text +=
            "<rule id=\"more_" + std::to_string(i) +
            R"xml(" check="custom" severity="low"><basis law="GDPR" article="5(1)(e)"/><rows entity="person"><where>)xml" +
            "<older-than attribute=\"last_call\" period=\"P" + std::to_string(100 + i) + "D\"/></where></rows>";
        for (const std::string language : {"en", "de"}) {
            text += "<text lang=\"" + language +
                    "\"><title>t</title><what>w</what><why>y</why><remedy>r</remedy>"
                    "<false-positives>f</false-positives></text>";
        }
        text += "</rule>";
    }
    return text + "</policy>";
}

class Scans : public ::testing::TestWithParam<Product> {
protected:
    Scans() : audited_(GetParam()) {
        std::string tables = content_of(bench / "tables.sql");
        const std::string moment = GetParam() == Product::mariadb ? "datetime NULL" : "timestamp";
        for (auto at = tables.find("@moment@"); at != std::string::npos; at = tables.find("@moment@")) {
            tables.replace(at, 8, moment);
        }
        std::istringstream statements{tables.substr(tables.find("CREATE"))};
        for (std::string statement; std::getline(statements, statement, ';');) {
            if (statement.find("CREATE") != std::string::npos) audited_.scratch.admin().run(statement);
        }
        audited_.scratch.admin().run(
            "INSERT INTO bench_person (id, given_name, family_name, email, deleted, created) VALUES "
            "(1, 'Erika', 'Musterfrau', 'erika@example.org', 0, '2010-01-01 10:00:00')");
        audited_.scratch.admin().run("INSERT INTO bench_activity VALUES (1, 1, 'call', 1, '2011-01-01 10:00:00')");
        switch (GetParam()) {
            case Product::postgresql: log_ = required("CRMAUDIT_TEST_POSTGRESQL_LOG"); break;
            case Product::mariadb: log_ = required("CRMAUDIT_TEST_MARIADB_LOG"); break;
            case Product::sqlite:
                log_ = audited_.path("trace");
                audited_.connect_with(audited_.scratch.connection() + ";Tracefile=" + log_.string());
        }
    }

    struct Seen {
        std::size_t statements = 0;  // that evaluate conditions over the rows of persons, in the server's log
        AuditResult result;
    };

    Seen audit(const std::string& policy) {
        const std::size_t before = seen();
        const auto done =
            support::run_crmaudit({"audit", "--connect-file", audited_.connection_file(), "--label", "crm", "--as-of",
                                   "2026-06-15", "--profile", bench / "mapping.xml", "--policy", policy, "--include",
                                   "bench_*", "--out", audited_.out(), "--state", audited_.path("state")},
                                  audited_.job());
        EXPECT_TRUE(done.code == 2 || done.code == 3) << done.err;
        EXPECT_TRUE(eventually([&] { return seen() > before; })) << "the server's log shows no statement";
        const auto report = audited_.out() / "latest" / "report.xml";
        return {seen() - before, reports::read_result_xml(report, content_of(report))};
    }

    /// MariaDB's log, and the driver's trace of SQLite, hold a statement when it is prepared and when it is executed.
    std::size_t seen() const {
        const std::string text = content_of(log_);
        std::size_t count = 0;
        for (const char* from :
             {"\"bench_person\" t OFFSET 0) b", "`bench_person` t) b", "\"bench_person\" t LIMIT -1 OFFSET 0) b"}) {
            for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) ++count;
        }
        return GetParam() == Product::postgresql ? count : count / 2;
    }

    Audited audited_;
    std::filesystem::path log_;
};

std::size_t runs_over_persons(const AuditResult& result, const std::string& what) {
    return static_cast<std::size_t>(
        std::count_if(result.statement_runs.begin(), result.statement_runs.end(), [&](const StatementRun& run) {
            const std::string table = "bench_person";
            const bool over_persons = run.object.size() >= table.size() &&
                                      run.object.compare(run.object.size() - table.size(), table.size(), table) == 0;
            return over_persons && run.what == what;
        }));
}

TEST_P(Scans, OfPersonsDoNotGrowWithTheRules) {
    const Seen shipped = audit("gdpr");
    const std::string file = audited_.path("more.xml");
    support::write_text(file, policy_with_rules(58));
    const Seen hundred = audit(file);
    EXPECT_GE(hundred.result.outcomes.size(), shipped.result.outcomes.size() + 58);
    EXPECT_EQ(std::count_if(hundred.result.findings.begin(), hundred.result.findings.end(),
                            [](const Finding& finding) { return finding.check == "custom"; }),
              58)
        << "every rule must have been counted";
    for (const Seen* each : {&shipped, &hundred}) {
        EXPECT_EQ(runs_over_persons(each->result, "rules"), 1U);
        EXPECT_EQ(runs_over_persons(each->result, "inventory"), 1U);
        EXPECT_EQ(runs_over_persons(each->result, "content"), 1U);
        std::size_t named = 0;
        for (const char* what : {"rules", "duplicate_person", "identifying_combination"}) {
            named += runs_over_persons(each->result, what);
        }
        EXPECT_EQ(each->statements, named) << "the result names what the server saw";
    }
    EXPECT_EQ(shipped.statements, hundred.statements);
}

INSTANTIATE_TEST_SUITE_P(Live, Scans, ::testing::ValuesIn(all_products),
                         [](const auto& tried) { return to_string(tried.param); });

}  // namespace
}  // namespace crmaudit::live
