// Renders conditions. Every rendered condition is true or false, never NULL.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/condition.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::sql {

/// A condition that the statement has already evaluated under a name, to be referred to instead of written again.
using Named = std::function<std::optional<std::string>(const Condition&)>;

/// What an operand stands for in the statement at hand.
struct Value {
    enum class Form {
        column,            // a raw column of `kind`
        moment,            // a moment that may be implausible
        plausible_moment,  // a moment already known to lie between 1900 and the audit's date, or NULL
        flag,              // a condition
    };
    std::string sql;
    ColumnKind kind = ColumnKind::unknown;
    Form form = Form::column;
    /// What the statement has evaluated once for each row. Empty where it has not.
    std::string folded = {};     // of a column: as text in lower case, see Grammar::folded; '' for NULL
    std::string dated = {};      // of a column: as a moment
    std::string plausible = {};  // of a column or moment: as a plausible moment
    std::string raw = {};        // of a moment: the column itself, of `kind`, where it is cheapest to ask that
    std::string nothing = {};    // of a column of text: a condition, that nothing or white space is in it
};

/// Keys by the name of their list, for Listed.
using KeyLists = std::map<std::string, std::vector<std::string>>;

/// The audit's date, from which periods are counted back, and the last day that a date is believed to lie on: the same,
/// but for whoever has to take a date after the audit for what it is.
struct Days {
    Date as_of;
    Date latest;
    /// Where a row is met because nothing lies since a day, what only sorts like a later one counts as well: see
    /// Grammar::may_be_between.
    bool spares_in_doubt = false;
    // NOLINTNEXTLINE(google-explicit-constructor): one day is both, as a rule.
    Days(Date day) : as_of(day), latest(day) {}
    Days(Date day, Date last, bool spares = false) : as_of(day), latest(last), spares_in_doubt(spares) {}
};

using Resolve = std::function<Value(const Operand&)>;

class ConditionRenderer {
public:
    ConditionRenderer(const Grammar& grammar, Days days, const KeyLists& lists, Resolve resolve, Named named = {})
        : grammar_(grammar), days_(days), lists_(lists), resolve_(std::move(resolve)), named_(std::move(named)) {}

    std::string render(const Condition& condition) const;

    /// "moment is known and plausible", for a moment of any form.
    std::string is_plausible(const Value& moment) const;

    /// The moment where it is plausible and `condition`, SQL, holds; NULL elsewhere. An empty condition always holds.
    std::string plausible_where(const std::string& condition, const Value& moment) const;

    /// The operand as a moment: a plausible one where the statement has that.
    Value moment(const Operand& operand) const;

    /// The operand as folded text.
    std::string folded(const Operand& operand) const { return folded(resolve_(operand)); }

private:
    std::string operator()(const Always&) const;
    std::string operator()(const Missing&) const;
    std::string operator()(const OneOf&) const;
    std::string operator()(const ListHas&) const;
    std::string operator()(const Holds&) const;
    std::string operator()(const Before&) const;
    std::string operator()(const Since&) const;
    std::string operator()(const LaterThan&) const;
    std::string operator()(const Implausible&) const;
    std::string operator()(const OlderThan&) const;
    std::string operator()(const Like&) const;
    std::string operator()(const Listed&) const;
    std::string operator()(const All&) const;
    std::string operator()(const Any&) const;
    std::string operator()(const Not&) const;

    /// The operand as a moment that may be implausible.
    Value any_moment(const Operand& operand) const;
    /// The value as folded text.
    std::string folded(const Value& value) const;
    std::string folded_in(const Value& value, const std::vector<std::string>& values) const;
    std::string joined(const std::vector<Condition>& parts, const char* connective, bool when_empty) const;

    const Grammar& grammar_;
    Days days_;
    const KeyLists& lists_;
    Resolve resolve_;
    Named named_;
    bool denied_ = false;  // what is rendered stands under a NOT that no other takes back
};

/// A word in lower case without white space around it, as Grammar::folded has it for ASCII.
std::string folded_word(std::string_view text);

/// The first day on which a date is believed no more, after the latest one.
Date day_after(Date latest);

/// Dates before this day are implausible everywhere.
constexpr Date earliest_plausible{std::chrono::year{1900}, std::chrono::month{1}, std::chrono::day{1}};

}  // namespace crmaudit::sql
