// Classification: which column holds which category of personal data, each decision with evidence and confidence.
#pragma once

#include <vector>

#include "auditor/classify/vocabulary.h"
#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/lexicon.h"

namespace crmaudit::classify {

/// The seam for fuller classifiers (content, discovery).
class Classifier {
public:
    virtual ~Classifier() = default;
    virtual Classification classify(const Catalog& catalog) const = 0;
};

/// Judges by the tokens of names and comments, the type of the column and the context its table gives.
/// Never matches bare substrings: "estate" is not a state, "capacity" no city.
class NameClassifier : public Classifier {
public:
    explicit NameClassifier(const std::vector<Lexicon>& lexicons) : vocabulary_(lexicons) {}
    Classification classify(const Catalog& catalog) const override;

private:
    Vocabulary vocabulary_;
};

}  // namespace crmaudit::classify
