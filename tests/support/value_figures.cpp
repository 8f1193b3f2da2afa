#include <algorithm>
#include <set>

#include "policies/load.h"
#include "tests/support/value_sets.h"

namespace crmaudit::test {
namespace {

double ratio(std::int64_t part, std::int64_t other) {
    return part + other == 0 ? 1 : static_cast<double>(part) / static_cast<double>(part + other);
}

std::set<std::string> families_in(const ColumnContent& content) {
    std::set<std::string> families;
    for (const PatternCount& count : content.patterns) {
        if (!count.hint) families.insert(family_of(count.pattern));
    }
    return families;
}

}  // namespace

double Figures::precision() const { return ratio(right, wrong); }
double Figures::recall() const { return ratio(right, missed); }
double Figures::f1() const { return ratio(2 * right, wrong + missed); }

std::string family_of(const std::string& pattern) {
    if (pattern == "phone_international" || pattern == "phone_named") return "phone_international";
    if (pattern.starts_with("phone_")) return "phone_national";
    for (const char* end : {"_named", "_written", "_small_letters", "_wkt"}) {
        if (pattern.ends_with(end)) return pattern.substr(0, pattern.size() - std::string{end}.size());
    }
    return pattern;
}

ColumnContent scan(const classify::ValueScanner& scanner, const std::vector<std::string>& values, ColumnKind kind) {
    const Date as_of{std::chrono::year{2026}, std::chrono::month{6}, std::chrono::day{15}};
    classify::ColumnScan column{scanner, kind, as_of};
    for (const std::string& value : values) column.add(value);
    return column.result();
}

const classify::ValueScanner& shipped_scanner() {
    static const classify::ValueScanner scanner{policies::shipped_patterns()};
    return scanner;
}

std::map<std::string, Figures> pattern_figures(const classify::ValueScanner& scanner,
                                               const std::vector<ValueSet>& sets) {
    std::map<std::string, Figures> figures;
    for (const ValueSet& set : sets) {
        for (const std::string& value : set.values) {
            const auto families = families_in(scan(scanner, {value}));
            for (const std::string& family : families)
                ++(family == set.family ? figures[family].right : figures[family].wrong);
            if (!set.family.empty() && !families.contains(set.family)) ++figures[set.family].missed;
        }
    }
    return figures;
}

std::map<Category, Figures> hint_figures(const classify::ValueScanner& scanner,
                                         const std::vector<LabelledNote>& notes) {
    std::map<Category, Figures> figures;
    for (const LabelledNote& note : notes) {
        std::set<Category> found;
        for (const PatternCount& count : scan(scanner, {note.text}).patterns) {
            if (count.hint) found.insert(count.category);
        }
        for (const Category category : found) {
            ++(category == note.category ? figures[category].right : figures[category].wrong);
        }
        if (note.category != Category::none && !found.contains(note.category)) ++figures[note.category].missed;
    }
    return figures;
}

}  // namespace crmaudit::test
