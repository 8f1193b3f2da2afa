// A check: a mechanism in two pure halves. `plan` says what to count, `judge` turns the numbers into findings.
// Neither half knows SQL, an article or a vendor's table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/crm_outlet.h"
#include "auditor/model/entity.h"
#include "auditor/model/policy.h"
#include "auditor/model/profile.h"
#include "auditor/model/result.h"

namespace crmaudit {
struct MessageScan;
}

namespace crmaudit::access {
class Evaluation;
}

namespace crmaudit::checks {

template <typename Value>
inline const Value none_given{};

/// The rows that a rule of a policy selects by itself, bound to the catalog.
struct BoundRows {
    Entity entity;
    Condition where;
    std::vector<std::string> gaps;  // what they need and the profile or the catalog lacks (see reasons.h); then no rows
};

/// Everything a check may know. All references outlive the call.
struct CheckInput {
    const Catalog& catalog;
    const Classification& classification;
    const std::vector<Entity>& entities;  // bound; empty without a profile
    bool has_profile = false;
    const std::vector<std::string>& copy_marks;         // tokens of table names that mark a copy
    const std::vector<std::string>& declared_purposes;  // purposes the controller declares in the configuration
    const Policy& policy;
    const Rule& rule;
    Date as_of;
    const ContentScan& content;                   // what of it a check needs stands in the classification
    const std::vector<DeclaredColumn>& declared;  // columns whose category a person has said
    const AuditResult* baseline = nullptr;        // an earlier result of the same source; null without one
    bool discovered = false;                      // the entities are a draft: what they lack may exist all the same
    const std::vector<AbsentKind>& absent_kinds = none_given<std::vector<AbsentKind>>;  // what the CRM keeps nothing of
    const DeclaredLocation& location = none_given<DeclaredLocation>;
    const std::vector<FoundHost>& hosts = none_given<std::vector<FoundHost>>;  // in the CRM's settings
    const MessageScan* messages = nullptr;  // bodies of messages; null where they were not read
    const BoundRows* rows = nullptr;        // that the rule selects by itself
    const std::vector<Gap>& host_gaps = none_given<std::vector<Gap>>;  // settings whose hosts are not known
    const access::Evaluation* access = nullptr;          // who gets at what; null where nothing of it is known
    const CrmOutlets& outlets = none_given<CrmOutlets>;  // the CRM's own
    bool maps_outlets = false;                           // the profile says where they stand
};

struct NamedCondition {
    std::string name;
    Condition condition;
};

/// A column of coded values that decides something, and the codes that the profile knows.
struct CodedColumn {
    std::string name;  // table.column
    Condition filled;  // in a live row, the column holds something
    Condition known;   // and that is a code which the profile knows
};

/// Counts over the rows of one entity, and what a finding about them would be.
struct Probe {
    Object object;
    std::optional<Category> category;
    Entity entity;  // a mapped one, or a plain one made for a table
    Condition affected;
    Condition total;                      // of how many; `affected` is always counted within it
    std::vector<NamedCondition> details;  // counted within `total`
    std::string oldest;                   // date attribute whose earliest day among the affected is reported; or empty
    std::vector<std::string> facts;       // go into the finding as they are
    /// Columns and attributes: only those of the affected rows count whose combination of them no other affected row
    /// has. Such a probe takes a statement of its own.
    std::vector<Operand> unique_over;
    /// The other way round: only those that share their combination with another row.
    std::vector<Operand> shared_over;
    /// Date attributes whose latest day tells how old a row is, for a histogram by year: the date of creation counts
    /// only where no other is known. The histogram goes to the first probe of an entity that has them, and to those of
    /// the same dates.
    std::vector<std::string> ages;
    /// Where one of these is filled and holds nothing but codes that the profile does not know, the mapping is wrong:
    /// the probe is not judged, and the gap says why.
    std::vector<CodedColumn> coded;
};

struct Plan {
    std::vector<Probe> probes;
    std::vector<Gap> gaps;                      // not_checked, with reasons (see reasons.h)
    std::optional<std::string> not_applicable;  // the database or CRM has no such thing
};

/// What was counted for one probe. Absent where the statement could not be run; the engine then records the gap.
struct Measured {
    std::int64_t affected = 0;
    std::int64_t total = 0;
    std::vector<std::int64_t> details;  // parallel to Probe::details
    std::optional<Date> oldest;
    std::vector<AgeBar> ages;  // of single years, ascending; empty unless the probe has ages
};

struct Check {
    std::string_view id;
    Plan (*plan)(const CheckInput&);
    /// `measured` is parallel to `plan.probes`.
    std::vector<Finding> (*judge)(const CheckInput&, const Plan& plan,
                                  std::span<const std::optional<Measured>> measured);
    /// The parameters that a rule of this check cannot do without, separated by spaces; empty for none.
    std::string_view needs = {};
    /// Judges texts of messages, which are read only where such a rule runs.
    bool reads_messages = false;
};

/// Every check, in alphabetical order: an explicit list, no static registration.
std::span<const Check> all_checks();
const Check* find_check(std::string_view id);

/// The judge that most checks share: a finding for each probe that affects at least one row.
std::vector<Finding> found_where_affected(const CheckInput& input, const Plan& plan,
                                          std::span<const std::optional<Measured>> measured);

/// Bars of neighbouring years merged until each stands for at least `fewest` rows, and for none or `fewest` affected.
std::vector<AgeBar> without_small_bars(const std::vector<AgeBar>& years, std::int64_t fewest);

/// An entity for a table that no profile maps: its own rows, its primary key, one attribute per named column.
Entity plain_entity(const Table& table);

}  // namespace crmaudit::checks
