// How long it takes to write the scripts of a purge: 500 tables with 1,000 foreign keys, in at most one second.
#include <benchmark/benchmark.h>

#include "connectors/database.h"
#include "reports/purge/files.h"
#include "reports/result_xml.h"
#include "tests/support/purge_result.h"

namespace crmaudit::reports::purge {
namespace {

/// From the text of a result to the texts of the scripts, as the command does it.
void write_scripts(benchmark::State& state, const char* dialect) {
    const std::string schema = std::string_view{dialect} == "sqlite" ? "" : "crm";
    const std::string xml = write_result_xml(test::wide_purge_result(dialect, schema, 500, 1000));
    const sql::Grammar& grammar = *connectors::find_grammar(dialect);
    const Limits limits{.valid_until = parse_date("2026-06-22").value()};
    std::size_t bytes = 0;
    for ([[maybe_unused]] auto _ : state) {
        const AuditResult result = read_result_xml("report.xml", xml);
        const Plan plan = make_plan(result, limits);
        if (plan.steps.empty()) {
            state.SkipWithError("no script: the foreign keys were not followed");
            break;
        }
        bytes = 0;
        for (const PurgeFile& file : purge_files(result, "c0ffee", plan, limits, grammar, "en"))
            bytes += file.content.size();
        benchmark::DoNotOptimize(bytes);
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}

BENCHMARK_CAPTURE(write_scripts, sqlite, "sqlite")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_scripts, postgresql, "postgresql")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_scripts, mariadb, "mariadb")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_scripts, mssql, "mssql")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace crmaudit::reports::purge

BENCHMARK_MAIN();
