// Prints how well the classification by names and types agrees with a folder of labelled columns, and how well patterns
// find made-up values and hints: evaluate_classifier FOLDER [--misses]
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <string_view>

#include "policies/load.h"
#include "tests/support/corpus.h"
#include "tests/support/value_sets.h"

namespace {

using namespace crmaudit;

template <typename Counts>
void print(const std::string& name, const Counts& counts) {
    std::cout << std::left << std::setw(20) << name << std::right << std::fixed << std::setprecision(3) << std::setw(10)
              << counts.precision() << std::setw(10) << counts.recall() << std::setw(10) << counts.f1() << std::setw(8)
              << counts.right << std::setw(8) << counts.wrong << std::setw(8) << counts.missed << '\n';
}

void print_head(const std::string& title) {
    std::cout << '\n' << std::left << std::setw(20) << title << std::right;
    for (const char* name : {"precision", "recall", "F1"}) std::cout << std::setw(10) << name;
    for (const char* name : {"right", "wrong", "missed"}) std::cout << std::setw(8) << name;
    std::cout << '\n';
}

void print_misses(const std::vector<test::LabelledColumn>& columns) {
    for (const test::LabelledColumn& column : columns) {
        if (column.accepts(column.predicted)) continue;
        const bool core = is_core_personal(column.label) || is_core_personal(column.predicted);
        std::cout << (core ? "core  " : "other ") << column.system << ' ' << column.table << '.' << column.column
                  << " [" << column.type << "] is " << to_string(column.label) << ", said "
                  << to_string(column.predicted) << '\n';
    }
}

void print_figures(const std::vector<test::LabelledColumn>& columns) {
    std::map<std::string, std::vector<test::LabelledColumn>> systems;
    for (const test::LabelledColumn& column : columns) systems[column.system].push_back(column);
    print_head("label");
    for (const auto& [label, counts] : test::per_label(columns)) print(std::string{to_string(label)}, counts);
    print_head("core personal data");
    for (const auto& [system, own] : systems) print(system, test::core_personal(own));
    print("all", test::core_personal(columns));
    std::cout << "\nmacro F1 over labels with at least 10 columns: " << test::macro_f1(columns, 10) << '\n';
}

void print_patterns() {
    const auto& scanner = test::shipped_scanner();
    const auto sets = test::value_sets();
    print_head("pattern");
    for (const auto& [family, figures] : test::pattern_figures(scanner, sets)) print(family, figures);
    print_head("hints in notes");
    for (const auto& [category, figures] : test::hint_figures(scanner, test::labelled_notes())) {
        print(std::string{to_string(category)}, figures);
    }
    std::cout << "\nColumns of made-up values whose verdict by content alone is wrong:\n";
    std::size_t right = 0;
    for (const test::ValueSet& set : sets) {
        const auto opinion = classify::opinion_of(test::scan(scanner, set.values), scanner);
        if (opinion.category == set.category) {
            ++right;
        } else {
            std::cout << set.name << " are " << to_string(set.category) << ", said " << to_string(opinion.category)
                      << '\n';
        }
    }
    std::cout << right << " of " << sets.size() << " right\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: evaluate_classifier FOLDER [--misses]\n";
        return 64;
    }
    try {
        std::vector<test::LabelledColumn> columns = test::read_corpus(argv[1]);
        test::predict(columns, classify::NameClassifier{policies::shipped_lexicons()});
        if (argc > 2 && std::string_view{argv[2]} == "--misses") print_misses(columns);
        print_figures(columns);
        print_patterns();
    } catch (const std::exception& error) {
        std::cerr << "evaluate_classifier: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
