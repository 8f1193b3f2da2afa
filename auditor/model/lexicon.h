// A lexicon: the words of one language that tell what a column or table holds.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/category.h"
#include "auditor/model/topic.h"

namespace crmaudit {

/// A term is one or more tokens ("birth date"). It matches tokens of a name in order, never parts of a token,
/// except that compounds are split into words of the same lexicon.
struct Term {
    std::string text;
    Category category = Category::none;
    double weight = 0.9;                // confidence when it matches the whole name
    std::vector<Topic> only_in;         // topics of tables it needs; empty for any
    std::vector<std::string> not_with;  // tokens that make it mean something else ("reminder", "template")
    bool by_key = false;                // a key to a list of such values tells the value as well: gender_id
    bool alone = false;                 // nothing but qualifiers and numbers may stand beside it
    bool operator==(const Term&) const = default;
};

/// Words in a table's name that say what its rows are about.
struct ContextWord {
    std::string text;
    Topic topic = Topic::unknown;
    bool operator==(const ContextWord&) const = default;
};

/// A short form that names use for a word: "nm" for "nome", "dt" for "data".
struct Abbreviation {
    std::string text;
    std::string of;
    bool operator==(const Abbreviation&) const = default;
};

struct Lexicon {
    std::string language;
    bool head_first = false;  // "telefono cliente" rather than "customer phone"
    bool compounds = false;   // words run together with the head at the end: "eingabedatum"
    std::vector<Term> terms;
    std::vector<ContextWord> contexts;
    std::vector<Abbreviation> abbreviations;
    std::vector<std::string> negations;   // a name with such a token is a flag, counter, template or setting
    std::vector<std::string> qualifiers;  // tokens that say which or whose and change nothing: home, primary
    std::vector<std::string> key_marks;   // tokens that make a name a key: id, fk
    std::vector<std::string> copy_marks;  // tokens of table names that mark a copy: bak, old, tmp, kopie
    // Fields that are kept in rows: words for the column of values, for the name of a field, for tables of such fields.
    std::vector<std::string> value_marks;
    std::vector<std::string> label_marks;
    std::vector<std::string> definition_marks;
};

}  // namespace crmaudit
