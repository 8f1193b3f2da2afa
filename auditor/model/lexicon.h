// A lexicon: the words of one language that tell what a column or table holds.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/category.h"

namespace crmaudit {

/// A term is one or more tokens ("birth date"). It matches tokens of a name in order, never parts of a token,
/// except that compounds are split into terms of the same lexicon.
struct Term {
    std::string text;
    Category category = Category::none;
    double weight = 0.9;  // confidence when it matches the whole name
    std::string only_in;  // table context it needs: "person", "company", "catalogue", "message", "" for any
    std::vector<std::string> not_with;  // tokens that make it mean something else ("reminder", "template")
    bool operator==(const Term&) const = default;
};

/// Words in a table's name that say whom its rows are about.
struct ContextWord {
    std::string text;
    std::string context;  // "person", "company", "catalogue", "message", "technical", "copy"
    bool operator==(const ContextWord&) const = default;
};

struct Lexicon {
    std::string language;
    std::vector<Term> terms;
    std::vector<ContextWord> contexts;
    std::vector<std::string> negations;   // a name with such a token is a flag, counter, template or setting
    std::vector<std::string> copy_marks;  // tokens of table names that mark a copy: bak, old, tmp, kopie
};

}  // namespace crmaudit
