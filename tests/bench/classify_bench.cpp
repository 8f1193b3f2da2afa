// How long the classification of 50,000 columns takes: the labelled corpus, repeated under other table names.
#include <benchmark/benchmark.h>

#include "policies/load.h"
#include "tests/support/corpus.h"

namespace {

using namespace crmaudit;

Catalog large_catalog(std::size_t size) {
    const auto columns = test::read_corpus(CRMAUDIT_SOURCE_DIR "/tests/corpus");
    Catalog catalog;
    std::size_t count = 0;
    for (int round = 0; count < size; ++round) {
        for (const char* system : {"suitecrm", "espocrm", "kivitendo", "dolibarr", "monica", "mautic", "civicrm"}) {
            for (Table& table : test::catalog_of(columns, system).tables) {
                if (count >= size) break;
                table.name.name += "_" + std::to_string(round);
                count += table.columns.size();
                catalog.tables.push_back(std::move(table));
            }
        }
    }
    return catalog;
}

void classify_columns(benchmark::State& state) {
    const Catalog catalog = large_catalog(static_cast<std::size_t>(state.range(0)));
    const classify::NameClassifier classifier{policies::shipped_lexicons()};
    for (auto _ : state) benchmark::DoNotOptimize(classifier.classify(catalog));
}
BENCHMARK(classify_columns)->Arg(50000)->Unit(benchmark::kMillisecond);

void load_lexicons(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(classify::NameClassifier{policies::shipped_lexicons()});
}
BENCHMARK(load_lexicons)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
