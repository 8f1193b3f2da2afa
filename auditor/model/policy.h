// A policy: which checks run, how severe their findings are, on which law they rest and in which words they are told.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/access_matrix.h"
#include "auditor/model/category.h"
#include "auditor/model/date.h"
#include "auditor/model/entity.h"
#include "auditor/model/text.h"

namespace crmaudit {

enum class Severity { low, medium, high, critical };

std::string_view to_string(Severity severity);
std::optional<Severity> severity_from(std::string_view name);

struct LegalBasis {
    std::string law;      // "GDPR", "TDDDG", …
    std::string article;  // "5(1)(c)"; empty for the whole of it
    bool operator==(const LegalBasis&) const = default;
};

/// A law that rules rest on, as a reader finds it.
struct Law {
    std::string name;       // as in LegalBasis
    std::string reference;  // "Regulation (EU) 2016/679"
    std::string checked;    // the day on which that was looked at, as YYYY-MM-DD; empty: never
    bool verified = false;  // against the published text itself, not a summary of it
    Texts note;             // how that was done, or what could not be verified
    bool operator==(const Law&) const = default;
};

/// Rows that a rule of a policy selects by itself. The entity has a table, or names one that the profile maps and adds
/// paths and attributes to it. Such a path may begin at any column, not only at the key.
struct Selection {
    Entity entity;
    Condition where;
    bool operator==(const Selection&) const = default;
};

/// Who may be left out: persons known to live outside, where the controller is established outside too (Art. 3(2)).
/// What is neither inside nor outside counts as inside.
struct Residency {
    std::string controller;            // code of the country the controller is established in; empty: not declared
    std::vector<std::string> inside;   // codes of the countries where the law applies
    std::vector<std::string> outside;  // countries where it does not, in every spelling
    std::vector<std::string> phone_prefixes;  // of countries inside, digits alone: "49"
    std::vector<std::string> domains;         // ends of addresses that point inside: ".de"
    bool operator==(const Residency&) const = default;
};

/// The controller's country is declared, and one of those outside.
bool is_established_outside(const Residency& residency);

/// What a reader is told about a rule, per language.
struct RuleTexts {
    Texts title;            // one line
    Texts what;             // what was found
    Texts why;              // why it matters
    Texts remedy;           // what to do
    Texts false_positives;  // when the finding may be wrong
    bool operator==(const RuleTexts&) const = default;
};

/// What a purge script does about the rows that a rule finds.
enum class PurgeAction {
    none,
    person,    // deletes the persons that they are
    rows,      // deletes them, which are nobody by themselves: events, lines of a log, copies
    minimise,  // empties the columns that the finding is about
    restrict,  // marks them as the profile says, so that nobody uses them any more
};

std::string_view to_string(PurgeAction action);
std::optional<PurgeAction> purge_action_from(std::string_view name);

struct Rule {
    std::string id;
    std::string check;
    Severity severity = Severity::medium;
    std::vector<LegalBasis> basis;
    RuleTexts texts;
    std::map<std::string, std::string, std::less<>> parameters;
    std::optional<Selection> rows = {};  // of a rule that selects rows by itself
    PurgeAction purge = PurgeAction::none;
    std::vector<Role> emptied = {};  // of a rule that minimises and is not about one column: what it empties

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
    bool operator==(const Purpose&) const = default;
};

/// Who may access what: a principal (pattern with * and ?), the categories it needs and what it does with them, with
/// the reason and whoever answers for it.
struct Access {
    std::string principal;
    std::vector<Category> categories;  // empty: all
    std::string reason;
    std::vector<AccessRight> rights = {};  // empty: to read, and nothing else
    std::string responsible = {};
};

/// Where data may go: a server, a publication, an account of replication (pattern with * and ?), with the reason and
/// whoever answers for it.
struct Recipient {
    std::string name;
    std::string reason;
    std::string responsible = {};
};

struct Policy {
    std::string name;
    std::vector<std::string> parents;  // the policies it is built on, the nearest first
    Texts title;
    std::vector<Law> laws;
    std::optional<Residency> residency;
    std::vector<Rule> rules;
    std::vector<Purpose> purposes;
    std::vector<Access> access;
    std::vector<Recipient> recipients;
    /// How long evidence of a consent, an objection or a notice outlives the person, without their data; absent: it
    /// does not.
    std::optional<Period> evidence_kept;
    std::string digest;  // SHA-256 of the file, and of those it is built on

    const Rule* find(std::string_view rule_id) const;
};

}  // namespace crmaudit
