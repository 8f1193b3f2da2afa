// A policy: which checks run, how severe their findings are, on which law they rest and in which words they are told.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/category.h"
#include "auditor/model/date.h"
#include "auditor/model/text.h"

namespace crmaudit {

enum class Severity { low, medium, high, critical };

std::string_view to_string(Severity severity);
std::optional<Severity> severity_from(std::string_view name);

struct LegalBasis {
    std::string law;      // "GDPR", "TDDDG", …
    std::string article;  // "5(1)(c)"
    bool operator==(const LegalBasis&) const = default;
};

/// What a reader is told about a rule, per language.
struct RuleTexts {
    Texts title;            // one line
    Texts what;             // what was found
    Texts why;              // why it matters
    Texts remedy;           // what to do
    Texts false_positives;  // when the finding may be wrong
    bool operator==(const RuleTexts&) const = default;
};

struct Rule {
    std::string id;
    std::string check;
    Severity severity = Severity::medium;
    std::vector<LegalBasis> basis;
    RuleTexts texts;
    std::map<std::string, std::string, std::less<>> parameters;

    /// Empty when the parameter is not set.
    std::string_view parameter(std::string_view name) const;
    /// The parameter split at spaces.
    std::vector<std::string> words(std::string_view name) const;
    /// The parameter split at line ends: values that may hold spaces.
    std::vector<std::string> lines(std::string_view name) const;
    /// Throws std::invalid_argument naming rule and parameter when it is absent or no ISO 8601 period.
    Period period(std::string_view name) const;
    /// The parameter as a whole number, or `otherwise` when it is not set. Throws std::invalid_argument naming rule and
    /// parameter when it is none.
    std::int64_t number(std::string_view name, std::int64_t otherwise) const;

    bool operator==(const Rule&) const = default;
};

/// A purpose that, if the controller declares it, justifies keeping a category.
struct Purpose {
    std::string id;
    std::vector<Category> justifies;
    Texts title;
};

/// Who may access what: a principal (pattern with * and ?) and the categories it needs, with the reason.
struct Access {
    std::string principal;
    std::vector<Category> categories;  // empty: all
    std::string reason;
};

struct Policy {
    std::string name;
    Texts title;
    std::vector<Rule> rules;
    std::vector<Purpose> purposes;
    std::vector<Access> access;
    std::string digest;  // SHA-256 of the file

    const Rule* find(std::string_view rule_id) const;
};

}  // namespace crmaudit
