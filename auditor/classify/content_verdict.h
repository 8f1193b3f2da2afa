// The verdict on a column once its values were looked at: content decides where the name says nothing and contradicts
// where the name lies.
#pragma once

#include "auditor/classify/value_scanner.h"
#include "auditor/model/classification.h"

namespace crmaudit::classify {

/// Weighs `column.content` against the verdict by name: sets category, confidence and evidence; by_name stays. Does
/// nothing without content, with an empty sample, or for a declared category.
void weigh_content(ColumnClassification& column, const ValueScanner& scanner);

/// What the values alone say: the category that most of them are of, with confidence; none where they say nothing.
/// Never free text's hints.
struct ContentOpinion {
    Category category = Category::none;
    double confidence = 0;
    std::string reason;  // "97% of 812 values read match email"
};
ContentOpinion opinion_of(const ColumnContent& content, const ValueScanner& scanner);

}  // namespace crmaudit::classify
