// A tiny CRM in a SQLite file, with a profile made for it: what the checks are tried on, through the real engine,
// the real driver and the real SQL.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auditor/engine/holds.h"
#include "auditor/model/classification.h"
#include "auditor/model/policy.h"
#include "auditor/model/profile.h"
#include "auditor/model/result.h"

namespace crmaudit::testing {

class SmallCrm {
public:
    /// Empty tables: person, visit, deal, mail, lead. See small_crm.cpp for their columns.
    SmallCrm();
    ~SmallCrm();
    SmallCrm(const SmallCrm&) = delete;
    SmallCrm& operator=(const SmallCrm&) = delete;

    /// Runs statements with sqlite3; fails the test on an error.
    void sql(const std::string& statements);

    /// Takes every attribute in the role out of the profile, as if nobody had mapped it.
    void unmap(Role role);
    /// The same, and the profile states that this CRM has no such place.
    void declare_absent(Role role);

    /// Maps a column of the table in the role; without a name, a new column called after the role.
    void map(Role role, const std::string& column_name = "", const std::string& table = "person");
    /// A new table of such an entity, with a column for each role, called after it.
    void add(EntityKind kind, const std::string& table, const std::vector<Role>& roles);
    /// The profile states that this CRM keeps no entity of the kind.
    void declare_absent(EntityKind kind);

    /// What is known about a column of the table besides its name: content, counts, another category. Asked for again,
    /// the same. A name that no column has may stand for a logical field.
    ColumnClassification& classified(const std::string& table, const std::string& column);

    /// Audits with one rule of this check as of 2026-06-15.
    AuditResult audit(const std::string& check, std::map<std::string, std::string, std::less<>> parameters = {});

    bool has_profile = true;
    Profile profile;
    std::optional<Selection> rows;  // of the rule, where it selects rows by itself
    std::vector<Purpose> purposes;
    std::vector<std::string> declared_purposes;
    std::vector<TableTopic> topics;
    bool counts_columns = false;  // as for the inventory
    ContentScan content;
    ContentExtent reads_messages = ContentExtent::none;  // texts of message entities, with the patterns that ship
    const AuditResult* baseline = nullptr;
    Catalog* altered_catalog = nullptr;  // used instead of the real one
    std::optional<Residency> residency;  // residents outside are left out
    std::vector<engine::HoldTable> hold_tables;
    sql::KeyLists holds;

private:
    Classification classification(const Catalog& catalog) const;

    std::filesystem::path folder_;
    std::map<std::pair<std::string, std::string>, ColumnClassification> classified_;
};

/// What a scan of so many filled values saw of one pattern, as whole values.
ColumnContent values_of(std::int64_t filled, const std::string& pattern, Category category, std::int64_t matching);

/// The single outcome of an audit with one rule.
const RuleOutcome& outcome(const AuditResult& result);

/// "clean", "found 2/5 person", several findings joined with "; ".
std::string summary(const AuditResult& result);

}  // namespace crmaudit::testing
