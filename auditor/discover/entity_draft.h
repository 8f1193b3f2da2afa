// An entity in the making: attributes get names of their own, and every part its reason.
#pragma once

#include <string>
#include <vector>

#include "auditor/discover/references.h"
#include "auditor/model/draft.h"

namespace crmaudit::discover {

/// Below this a person should look before relying on it.
inline constexpr double doubtful_below = 0.7;

struct Reason {
    std::string text;
    double confidence = 1;
    bool doubtful = false;  // whatever the confidence
};

/// Where facts about a person stand: in the person's own row (no path), or in rows that a path leads to.
struct Place {
    const TableView* table = nullptr;
    Path path;       // without joins: the own row
    Condition rows;  // of the last table that count
    double confidence = 1;
    std::string reason;  // why the rows belong to the person

    bool is_own() const { return path.joins.empty(); }
};

class EntityDraft {
public:
    EntityDraft(Entity entity, const std::string& default_schema)
        : entity_(std::move(entity)), default_schema_(default_schema) {}

    const Entity& entity() const { return entity_; }
    const std::vector<DraftNote>& notes() const { return notes_; }

    void set_live(Condition live, const Reason& reason);
    void add_flag(Role role, const Place& place, Condition condition, const Reason& reason);
    /// The column's date, or the latest of the related rows that meet the condition.
    void add_date(Role role, const Place& place, const std::string& column, Condition condition, const Reason& reason);
    /// A column of the own row.
    void add_text(Role role, const std::string& column, const Reason& reason);
    /// What was seen and not mapped.
    void note(const std::string& text, bool doubtful = false);
    void note_entity(const Reason& reason);

    bool has(Role role) const { return !entity_.in_role(role).empty(); }
    /// Takes the role's attributes out again; each is noted with `why` and offered.
    void withdraw(Role role, const std::string& why);
    /// Paths that nothing uses any more go.
    void finish();

private:
    void add(Attribute attribute, const Place& place, const Reason& reason);
    std::string path_for(const Place& place);
    std::string attribute_name(Role role) const;

    Entity entity_;
    std::string default_schema_;
    std::vector<DraftNote> notes_;
};

/// The table's name as a profile writes it: without the default schema.
TableName as_written(const TableName& table, const std::string& default_schema);

}  // namespace crmaudit::discover
