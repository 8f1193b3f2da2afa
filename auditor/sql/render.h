// Renders row sets to SQL. The same value gives the counting term of a fused statement and the evidence query of a
// report; they cannot disagree.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/model/entity.h"
#include "auditor/sql/grammar.h"
#include "auditor/sql/query.h"

namespace crmaudit::sql {

/// One output column of a fused statement over an entity's rows.
struct Measure {
    enum class What {
        count,     // rows that meet the condition
        earliest,  // earliest plausible day of `attribute` among them, as YYYY-MM-DD
        latest,    // latest such day
    };
    What what = What::count;
    Condition condition;
    std::string attribute;
    bool operator==(const Measure&) const = default;
};

class Renderer {
public:
    /// Dates after `as_of` or before 1900 are implausible: they count as unknown everywhere.
    Renderer(const Grammar& grammar, Date as_of) : grammar_(grammar), as_of_(as_of) {}

    /// One statement that reads the entity's table once, aggregates each related path once, and gives one row
    /// with one cell per measure, in order.
    Query measure(const Entity& entity, const std::vector<Measure>& measures) const;

    /// Rows by year of a date attribute: rows (year, count), years ascending; rows without a plausible date left out.
    Query years(const Entity& entity, const Condition& condition, const std::string& attribute) const;

    /// Whether a table can be read at all: gives at most one row and never a value.
    Query touch(const TableName& table) const;

    /// The keys of the rows that meet the condition, sorted: for a person to run. Not a Query, the port cannot take it.
    std::string evidence(const Entity& entity, const Condition& condition) const;

private:
    const Grammar& grammar_;
    Date as_of_;
};

}  // namespace crmaudit::sql
