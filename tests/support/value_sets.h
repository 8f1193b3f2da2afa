// Labelled values, made up: of each kind that patterns know, and what looks nearly like them. And how well patterns and
// the verdict on whole columns do on them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "auditor/classify/content_verdict.h"

namespace crmaudit::test {

/// Values of one kind, as a column would hold them.
struct ValueSet {
    std::string name;                    // for instance "BSN" or "order numbers"
    std::string family;                  // of the patterns that should match; empty when none should
    Category category = Category::none;  // of a column of such values; none where values alone may not decide
    std::vector<std::string> values;
};

std::vector<ValueSet> value_sets();

/// Patterns that are forms of one thing ("phone_national", "phone_mobile_bare") have the name of their family.
std::string family_of(const std::string& pattern);

/// Sentences of notes, each with the special category it hints at, or `none`.
struct LabelledNote {
    Category category = Category::none;
    std::string language;
    std::string text;
};

std::vector<LabelledNote> labelled_notes();

struct Figures {
    std::int64_t right = 0;
    std::int64_t wrong = 0;   // found where it is not
    std::int64_t missed = 0;  // not found where it is
    double precision() const;
    double recall() const;
    double f1() const;
};

/// By family of patterns, over all values of all sets.
std::map<std::string, Figures> pattern_figures(const classify::ValueScanner& scanner,
                                               const std::vector<ValueSet>& sets);

/// By category, over the notes.
std::map<Category, Figures> hint_figures(const classify::ValueScanner& scanner, const std::vector<LabelledNote>& notes);

/// What the scan sees in the values, on a fixed day of audit.
ColumnContent scan(const classify::ValueScanner& scanner, const std::vector<std::string>& values,
                   ColumnKind kind = ColumnKind::text);

/// With the shipped patterns, which are compiled once.
const classify::ValueScanner& shipped_scanner();

}  // namespace crmaudit::test
