// The labelled columns of real CRMs in tests/corpus, and how well a classification agrees with them.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "auditor/classify/classifier.h"

namespace crmaudit::test {

struct LabelledColumn {
    std::string system;
    std::string table;
    std::string column;
    std::string type;
    Category label = Category::none;
    std::set<Category> alternatives;  // answers that are right as well
    Category predicted = Category::none;

    bool accepts(Category category) const { return category == label || alternatives.count(category) > 0; }
};

/// Rows of a CSV text with quoted fields.
std::vector<std::vector<std::string>> read_csv(const std::string& text);

/// All systems of a folder, in the order of their names.
std::vector<LabelledColumn> read_corpus(const std::filesystem::path& folder);

/// One catalog per system, as a database would show it.
Catalog catalog_of(const std::vector<LabelledColumn>& columns, const std::string& system);

/// Fills `predicted`.
void predict(std::vector<LabelledColumn>& columns, const classify::Classifier& classifier);

struct Counts {
    int right = 0;   // true positives
    int wrong = 0;   // false positives
    int missed = 0;  // false negatives

    double precision() const { return ratio(right, right + wrong); }
    double recall() const { return ratio(right, right + missed); }
    double f1() const { return ratio(2 * right, 2 * right + wrong + missed); }

private:
    static double ratio(int part, int whole) { return whole == 0 ? 1 : static_cast<double>(part) / whole; }
};

/// Core personal data or not, scored leniently: a personal verdict on a `none` row without such an alternative is
/// wrong, `none` on a personal row without a `none` alternative is missed.
Counts core_personal(const std::vector<LabelledColumn>& columns);

/// Per label, scored leniently: an accepted alternative counts as the label.
std::map<Category, Counts> per_label(const std::vector<LabelledColumn>& columns);

/// The mean F1 of the labels that at least `fewest` columns have.
double macro_f1(const std::vector<LabelledColumn>& columns, int fewest);

}  // namespace crmaudit::test
