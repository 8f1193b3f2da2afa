#include "auditor/sql/condition_sql.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace crmaudit::sql {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_integer(std::string_view text) {
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    return !text.empty() && text.size() < 19 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What a word says of a flag; absent when it says neither.
std::optional<bool> truth_of(std::string_view given) {
    const std::string word = folded_word(given);
    for (const std::string_view yes : {"1", "true", "t", "yes", "y", "on"}) {
        if (word == yes) return true;
    }
    for (const std::string_view no : {"0", "false", "f", "no", "n", "off"}) {
        if (word == no) return false;
    }
    return std::nullopt;
}

bool is_moment_kind(ColumnKind kind) { return kind == ColumnKind::date || kind == ColumnKind::timestamp; }

bool is_numeric(ColumnKind kind) { return kind == ColumnKind::integer || kind == ColumnKind::decimal; }

}  // namespace

std::string folded_word(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    std::string folded{text};
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return folded;
}

Date day_after(Date latest) { return std::chrono::sys_days{latest} + std::chrono::days{1}; }

std::string ConditionRenderer::render(const Condition& condition) const {
    if (named_) {
        if (auto name = named_(condition)) return *name;
    }
    return std::visit([this](const auto& node) { return (*this)(node); }, condition.node);
}

Value ConditionRenderer::moment(const Operand& operand) const {
    const Value value = resolve_(operand);
    if (value.plausible.empty()) return any_moment(operand);
    return {value.plausible, ColumnKind::timestamp, Value::Form::plausible_moment};
}

Value ConditionRenderer::any_moment(const Operand& operand) const {
    Value value = resolve_(operand);
    if (value.form == Value::Form::column) {
        value.sql = value.dated.empty() ? grammar_.moment_of(value.sql, value.kind) : value.dated;
        value.form = Value::Form::moment;
    }
    return value;
}

std::string ConditionRenderer::is_plausible(const Value& moment) const {
    if (!moment.raw.empty()) {
        return grammar_.is_between(moment.raw, moment.kind, earliest_plausible, day_after(days_.latest));
    }
    const std::string known = moment.sql + " IS NOT NULL";
    if (moment.form == Value::Form::plausible_moment) return known;
    return known + " AND " + moment.sql + " >= " + grammar_.date_literal(earliest_plausible) + " AND " + moment.sql +
           " < " + grammar_.date_literal(day_after(days_.latest));
}

std::string ConditionRenderer::plausible_where(const std::string& condition, const Value& moment) const {
    const bool is_known_plausible = moment.form == Value::Form::plausible_moment;
    if (is_known_plausible && condition.empty()) return moment.sql;
    std::string when = condition;
    if (!is_known_plausible) when += (when.empty() ? "" : " AND ") + is_plausible(moment);
    return "CASE WHEN " + when + " THEN " + moment.sql + " END";
}

std::string ConditionRenderer::operator()(const Always&) const { return grammar_.truth(true); }

std::string ConditionRenderer::operator()(const Missing& missing) const {
    const Value value = resolve_(missing.operand);
    if (!value.raw.empty()) return "NOT (" + is_plausible(value) + ")";
    switch (value.form) {
        case Value::Form::flag: return "NOT (" + value.sql + ")";
        case Value::Form::moment:
            if (!value.plausible.empty()) return value.plausible + " IS NULL";
            return "NOT (" + is_plausible(value) + ")";
        case Value::Form::plausible_moment: return value.sql + " IS NULL";
        case Value::Form::column: break;
    }
    if (is_moment_kind(value.kind)) return any_moment(missing.operand).sql + " IS NULL";
    if (value.kind == ColumnKind::binary) return grammar_.binary_is_empty(value.sql);
    const bool by_null_alone = value.kind == ColumnKind::boolean || value.kind == ColumnKind::time ||
                               (is_numeric(value.kind) && missing.placeholders.empty());
    if (by_null_alone) return value.sql + " IS NULL";
    if (missing.placeholders.empty()) {
        if (!value.nothing.empty()) return value.nothing;
        return "(" + value.sql + " IS NULL OR " + grammar_.is_blank(grammar_.as_text(value.sql, value.kind)) + ")";
    }
    std::vector<std::string> nothing{""};
    nothing.insert(nothing.end(), missing.placeholders.begin(), missing.placeholders.end());
    const std::string is_nothing = folded_in(value, nothing);
    return value.folded.empty() ? "(" + value.sql + " IS NULL OR " + is_nothing + ")" : is_nothing;
}

std::string ConditionRenderer::operator()(const OneOf& one_of) const {
    const Value value = resolve_(one_of.operand);
    if (one_of.values.empty()) return grammar_.truth(false);
    if (value.form == Value::Form::flag) throw std::logic_error("a flag has no values to compare with");
    const auto is_truth = [](const std::string& word) { return truth_of(word).has_value(); };
    // MariaDB's tinyint(1) may hold more than two values: a word that is no truth value is compared as text.
    if (value.kind == ColumnKind::boolean && std::all_of(one_of.values.begin(), one_of.values.end(), is_truth)) {
        std::vector<std::string> terms;
        for (const std::string& given : one_of.values)
            terms.push_back(grammar_.boolean_is(value.sql, *truth_of(given)));
        std::sort(terms.begin(), terms.end());
        terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
        return terms.size() == 1 ? terms.front() : "(" + terms[0] + " OR " + terms[1] + ")";
    }
    if (is_numeric(value.kind) && std::all_of(one_of.values.begin(), one_of.values.end(), is_integer)) {
        std::string list;
        for (const std::string& number : one_of.values) list += (list.empty() ? "" : ", ") + number;
        return "(" + value.sql + " IS NOT NULL AND " + value.sql + " IN (" + list + "))";
    }
    const auto is_empty = [](const std::string& word) { return folded_word(word).empty(); };
    const bool takes_null = std::any_of(one_of.values.begin(), one_of.values.end(), is_empty);
    const std::string found = folded_in(value, one_of.values);
    return value.folded.empty() || takes_null ? "(" + value.sql + " IS NOT NULL AND " + found + ")" : found;
}

std::string ConditionRenderer::operator()(const ListHas& list) const {
    const Value value = resolve_(list.operand);
    std::string any;
    for (const std::string& word : list.words) {
        any += (any.empty() ? "" : " OR ") + grammar_.list_has(folded(value), folded_word(word));
    }
    if (any.empty()) return grammar_.truth(false);
    return "(" + value.sql + " IS NOT NULL AND (" + any + "))";
}

std::string ConditionRenderer::operator()(const Holds& flag) const {
    const Value value = resolve_(flag.operand);
    if (value.form != Value::Form::flag) throw std::logic_error("attribute " + flag.operand.name + " is no flag");
    return value.sql;
}

std::string ConditionRenderer::operator()(const Before& before) const {
    if (const Value raw = resolve_(before.operand); !raw.raw.empty()) {
        return grammar_.is_between(raw.raw, raw.kind, earliest_plausible,
                                   std::min(before.date, day_after(days_.latest)));
    }
    const Value value = moment(before.operand);
    const std::string limit = grammar_.date_literal(std::min(before.date, day_after(days_.latest)));
    if (value.form == Value::Form::plausible_moment) {
        return "(" + value.sql + " IS NOT NULL AND " + value.sql + " < " + limit + ")";
    }
    return "(" + value.sql + " IS NOT NULL AND " + value.sql + " >= " + grammar_.date_literal(earliest_plausible) +
           " AND " + value.sql + " < " + limit + ")";
}

std::string ConditionRenderer::operator()(const Since& since) const {
    if (const Value raw = resolve_(since.operand); !raw.raw.empty()) {
        const Date from = std::max(since.date, earliest_plausible);
        return denied_ && days_.spares_in_doubt
                   ? grammar_.may_be_between(raw.raw, raw.kind, from, day_after(days_.latest))
                   : grammar_.is_between(raw.raw, raw.kind, from, day_after(days_.latest));
    }
    const Value value = moment(since.operand);
    std::string text = "(" + value.sql + " IS NOT NULL AND " + value.sql +
                       " >= " + grammar_.date_literal(std::max(since.date, earliest_plausible));
    if (value.form == Value::Form::moment)
        text += " AND " + value.sql + " < " + grammar_.date_literal(day_after(days_.latest));
    return text + ")";
}

std::string ConditionRenderer::operator()(const LaterThan& later) const {
    const Value left = moment(later.operand);
    const Value right = moment(later.reference);
    const std::string bound = later.offset == Period{} ? right.sql : grammar_.moment_plus(right.sql, later.offset);
    return "(" + is_plausible(left) + " AND " + is_plausible(right) + " AND " + left.sql + " > " + bound + ")";
}

std::string ConditionRenderer::operator()(const Implausible& implausible) const {
    const Value value = any_moment(implausible.operand);
    if (value.form == Value::Form::plausible_moment) return grammar_.truth(false);
    if (!value.plausible.empty()) return "(" + value.sql + " IS NOT NULL AND " + value.plausible + " IS NULL)";
    return "(" + value.sql + " IS NOT NULL AND NOT (" + is_plausible(value) + "))";
}

std::string ConditionRenderer::operator()(const OlderThan& older) const {
    return (*this)(Before{older.operand, cutoff(days_.as_of, older.period)});
}

std::string ConditionRenderer::operator()(const Like& like) const {
    const Value value = resolve_(like.operand);
    const std::string text = folded(value);
    constexpr std::size_t many = 8;
    std::vector<std::string> plain;
    std::string matches;
    for (const std::string& pattern : like.patterns) {
        const std::string folded = folded_word(pattern);
        if (like.patterns.size() > many && is_ascii(folded)) {
            plain.push_back(folded);
        } else {
            matches += (matches.empty() ? "" : " OR ") + grammar_.like(text, folded);
        }
    }
    if (!plain.empty()) matches += (matches.empty() ? "" : " OR ") + grammar_.like_some(text, plain);
    if (matches.empty()) return grammar_.truth(false);
    return "(" + value.sql + " IS NOT NULL AND (" + matches + "))";
}

std::string ConditionRenderer::operator()(const Listed& listed) const {
    const auto list = lists_.find(listed.list);
    if (list == lists_.end()) throw std::logic_error("no list of keys is called " + listed.list);
    return (*this)(OneOf{listed.operand, list->second});
}

std::string ConditionRenderer::operator()(const All& all) const { return joined(all.of, " AND ", true); }

std::string ConditionRenderer::operator()(const Any& any) const { return joined(any.of, " OR ", false); }

std::string ConditionRenderer::operator()(const Not& negation) const {
    if (const auto* absent = std::get_if<Missing>(&negation.of.at(0).node)) {
        const Value value = resolve_(absent->operand);
        if (!value.raw.empty()) return is_plausible(value);
        if (value.form == Value::Form::plausible_moment) return value.sql + " IS NOT NULL";
        if (value.form == Value::Form::moment && !value.plausible.empty()) return value.plausible + " IS NOT NULL";
        if (value.form == Value::Form::moment) return "(" + is_plausible(value) + ")";
    }
    ConditionRenderer denying = *this;
    denying.denied_ = !denied_;
    return "NOT (" + denying.render(negation.of.at(0)) + ")";
}

std::string ConditionRenderer::folded(const Value& value) const {
    return value.folded.empty() ? grammar_.folded(grammar_.as_text(value.sql, value.kind)) : value.folded;
}

std::string ConditionRenderer::folded_in(const Value& value, const std::vector<std::string>& values) const {
    const std::string text = folded(value);
    std::vector<std::string> literals;
    for (const std::string& given : values) {
        // The database folds what goes beyond ASCII, so that both sides are folded by the same rules.
        const std::string literal =
            is_ascii(given) ? grammar_.text_literal(folded_word(given)) : grammar_.folded(grammar_.text_literal(given));
        if (std::find(literals.begin(), literals.end(), literal) == literals.end()) literals.push_back(literal);
    }
    if (literals.size() == 1) return text + " = " + literals.front();
    std::string list;
    for (const std::string& literal : literals) list += (list.empty() ? "" : ", ") + literal;
    return text + " IN (" + list + ")";
}

std::string ConditionRenderer::joined(const std::vector<Condition>& parts, const char* connective,
                                      bool when_empty) const {
    if (parts.empty()) return grammar_.truth(when_empty);
    std::string text;
    for (const Condition& part : parts) text += (text.empty() ? "" : connective) + render(part);
    return parts.size() == 1 ? text : "(" + text + ")";
}

}  // namespace crmaudit::sql
