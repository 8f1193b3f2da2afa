// How fast values are scanned: notes of 200 bytes, one in eight with an identifier, and short values, against all
// shipped patterns.
#include <benchmark/benchmark.h>

#include "tests/support/dice.h"
#include "tests/support/value_sets.h"

namespace {

using namespace crmaudit;

const std::vector<std::string> words{"Kunde",    "wünscht", "einen",  "Rückruf",  "wegen", "des",
                                     "Angebots", "vom",     "Montag", "please",   "send",  "the",
                                     "revised",  "quote",   "with",   "delivery", "terms", "12"};

std::vector<std::string> notes(std::size_t count) {
    test::Dice dice{23};
    std::vector<std::string> list;
    while (list.size() < count) {
        std::string note;
        while (note.size() < 200) note += dice.pick(words) + " ";
        if (dice.below(8) == 0) note += dice.fill("anna.&&&&@example.org");
        list.push_back(std::move(note));
    }
    return list;
}

std::vector<std::string> short_values(std::size_t count) {
    test::Dice dice{29};
    std::vector<std::string> list;
    while (list.size() < count) list.push_back(dice.fill(list.size() % 2 == 0 ? "@&&&& @&&&&&&" : "%###-##"));
    return list;
}

void scan(benchmark::State& state, const std::vector<std::string>& values) {
    const auto& scanner = test::shipped_scanner();
    std::int64_t bytes = 0;
    for (auto _ : state) benchmark::DoNotOptimize(test::scan(scanner, values));
    for (const std::string& value : values) bytes += static_cast<std::int64_t>(value.size());
    state.SetBytesProcessed(state.iterations() * bytes);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}

void scan_notes(benchmark::State& state) { scan(state, notes(5000)); }
BENCHMARK(scan_notes)->Unit(benchmark::kMillisecond);

void scan_short_values(benchmark::State& state) { scan(state, short_values(5000)); }
BENCHMARK(scan_short_values)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
