// Conditions over one row of an entity. A condition is total: in every dialect it renders to true or false, never NULL.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/date.h"

namespace crmaudit {

/// What a condition looks at: an attribute of the entity, or a column of the table the condition stands for
/// (the base table in a rule, the related table in a join). `kind` is filled in when a profile is bound to a catalog.
struct Operand {
    enum class Source { attribute, column };
    Source source = Source::attribute;
    std::string name;
    ColumnKind kind = ColumnKind::unknown;
    bool operator==(const Operand&) const = default;
};

Operand attribute(std::string name);
Operand column(std::string name, ColumnKind kind = ColumnKind::unknown);

struct Condition;

/// Every row; the neutral condition.
struct Always {
    bool operator==(const Always&) const = default;
};
/// NULL, only white space, a zero date, or one of the placeholders that stand for "nothing" (compared without case).
struct Missing {
    Operand operand;
    std::vector<std::string> placeholders;
    bool operator==(const Missing&) const = default;
};
/// Equals one of the values, compared without case. "1"/"0" also compare with boolean columns.
struct OneOf {
    Operand operand;
    std::vector<std::string> values;
    bool operator==(const OneOf&) const = default;
};
/// A list stored in one text ("^consent^,^contract^", "a;b") has one of the words.
struct ListHas {
    Operand operand;
    std::vector<std::string> words;
    bool operator==(const ListHas&) const = default;
};
/// A flag is set: an attribute that tells whether something exists or holds.
struct Holds {
    Operand operand;
    bool operator==(const Holds&) const = default;
};
/// A known, plausible date (1900-01-01 to the audit's date) that lies before `date`.
struct Before {
    Operand operand;
    Date date;
    bool operator==(const Before&) const = default;
};
/// A known, plausible date that lies on or after `date`.
struct Since {
    Operand operand;
    Date date;
    bool operator==(const Since&) const = default;
};
/// Both dates are known and plausible, and `operand` lies later than `reference` plus `offset`.
struct LaterThan {
    Operand operand;
    Operand reference;
    Period offset;
    bool operator==(const LaterThan&) const = default;
};
/// A known date that cannot be: before 1900-01-01 or after the audit's date.
struct Implausible {
    Operand operand;
    bool operator==(const Implausible&) const = default;
};
/// A known, plausible date whose period has run out by the audit's date.
struct OlderThan {
    Operand operand;
    Period period;
    bool operator==(const OlderThan&) const = default;
};
/// Matches one of the patterns with * and ?, compared without case.
struct Like {
    Operand operand;
    std::vector<std::string> patterns;
    bool operator==(const Like&) const = default;
};
/// Is one of the keys in a list of that name, which the renderer has. The keys are rows of somebody: they stand in no
/// report.
struct Listed {
    Operand operand;
    std::string list;
    bool operator==(const Listed&) const = default;
};
struct All {
    std::vector<Condition> of;
    bool operator==(const All&) const;
};
struct Any {
    std::vector<Condition> of;
    bool operator==(const Any&) const;
};
struct Not {
    std::vector<Condition> of;  // exactly one
    bool operator==(const Not&) const;
};

struct Condition {
    std::variant<Always, Missing, OneOf, ListHas, Holds, Before, Since, LaterThan, Implausible, OlderThan, Like, Listed,
                 All, Any, Not>
        node = Always{};
    bool operator==(const Condition&) const = default;
};

inline bool All::operator==(const All& other) const { return of == other.of; }
inline bool Any::operator==(const Any& other) const { return of == other.of; }
inline bool Not::operator==(const Not& other) const { return of == other.of; }

/// True for a condition that no row can meet: any({}).
bool never(const Condition& condition);

/// Builders that keep conditions flat: neutral parts vanish, a single part stands for itself.
/// all({}) is every row, any({}) is none.
Condition all(std::vector<Condition> conditions);
Condition any(std::vector<Condition> conditions);
Condition negate(Condition condition);
Condition missing(Operand operand, std::vector<std::string> placeholders = {});
Condition present(Operand operand);
Condition holds(std::string attribute_name);

/// Calls `visit(const Operand&)` for every operand, in order; the mutable form lets binding fill in kinds.
template <typename Visit>
void for_each_operand(const Condition& condition, Visit&& visit);
template <typename Visit>
void for_each_operand(Condition& condition, Visit&& visit);

namespace detail {
template <typename AnyCondition, typename Visit>
void walk(AnyCondition& condition, Visit&& visit) {
    std::visit(
        [&](auto& node) {
            if constexpr (requires { node.of; }) {
                for (auto& part : node.of) walk(part, visit);
            } else if constexpr (requires { node.operand; }) {
                visit(node.operand);
                if constexpr (requires { node.reference; }) visit(node.reference);
            }
        },
        condition.node);
}
}  // namespace detail

template <typename Visit>
void for_each_operand(const Condition& condition, Visit&& visit) {
    detail::walk(condition, visit);
}
template <typename Visit>
void for_each_operand(Condition& condition, Visit&& visit) {
    detail::walk(condition, visit);
}

}  // namespace crmaudit
