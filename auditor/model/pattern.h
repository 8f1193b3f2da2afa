// A pattern: what values of one kind look like, by which the content scan tells what a column holds. Patterns are XML
// (policies/patterns), never C++.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/category.h"

namespace crmaudit {

struct ValuePattern {
    /// Where values are looked for. A whole value is one without white space around it.
    enum class Extent {
        whole,   // the value is nothing but this: too short or too plain to mean anything within a text
        within,  // also as a word of a longer text
    };

    std::string id;  // "email", "iban", "de_tax_id", "health_en"
    Category category = Category::none;
    std::string expression;  // RE2, without anchors; group 1, where there is one, is what the check digits are of
    std::string checksum;    // name of the rule for check digits (classify/checksums.h); empty for none
    Extent extent = Extent::within;
    /// Confidence when every value of a column is one. Below 0.5 it supports a name, decides nothing and identifies
    /// nobody.
    double weight = 0.9;
    /// A word that hints at a special category (health, religion, …) rather than a value that is one: it says nothing
    /// about a whole column and counts in free text alone.
    bool hint = false;
    std::string language;  // of a hint; empty for values
    bool operator==(const ValuePattern&) const = default;
};

}  // namespace crmaudit
