#include "auditor/discover/neighbours.h"

#include <algorithm>

namespace crmaudit::discover {
namespace {

const std::vector<Category> times{Category::activity_time, Category::none, Category::tracking};

std::string join_of(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// When the rows of the table took place: what says so and nothing else, or when they were written.
std::optional<DateColumn> event_date(const TableView& table, std::string_view dialect) {
    std::optional<DateColumn> best;
    const auto consider = [&](Cue cue, double weight, bool whole) {
        for (const ColumnView& view : table.columns) {
            const double sureness = sureness_of_dates(view, dialect);
            const bool suits = std::find(times.begin(), times.end(), view.category) != times.end();
            const bool excluded = view.says(Cue::planned) || view.says(Cue::closed_at) || view.says(Cue::tracked) ||
                                  view.says(Cue::modified) || view.says(Cue::deleted_at);
            const bool exactly = whole || sureness < 1;
            if (sureness == 0 || !suits || excluded || !view.says(cue) || (exactly && !view.says_only(cue))) continue;
            const double confidence = weight * sureness;
            if (best && best->confidence >= confidence) continue;
            best = DateColumn{
                &view, confidence,
                "column " + table.table->name.name + "." + view.column->name + " says " + std::string{to_string(cue)}};
        }
    };
    consider(Cue::sent, 0.9, false);
    consider(Cue::happened, 0.88, true);
    if (!best) consider(Cue::created, 0.75, false);
    return best;
}

class Neighbourhood {
public:
    Neighbourhood(EntityDraft& draft, const TableView& person, const Schema& schema,
                  const std::vector<Reference>& references, const std::set<TableName>& persons)
        : draft_(draft),
          person_(person),
          schema_(schema),
          references_(references),
          persons_(persons),
          dialect_(schema.catalog().dialect) {}

    void explore() {
        for (const Reference& reference : references_) {
            if (reference.to == person_.table->name && reference.from != person_.table->name) one_step(reference);
            if (reference.from == person_.table->name && reference.columns == draft_.entity().key) same_row(reference);
        }
    }

private:
    /// A table that keeps more of the person's row under the same key, and that the person's key leads to.
    void same_row(const Reference& reference) {
        const TableView* other = schema_.find(reference.to);
        if (other == nullptr || reference.to == person_.table->name ||
            reference.referenced != other->table->primary_key) {
            return;
        }
        Place place{other, {other->table->name.name, {}}, {}, reference.confidence, why(reference)};
        place.path.joins.push_back(join(*other, reference.referenced, reference.columns));
        place.path.joins.back().where = {};
        add_row_of_person(place);
    }

    void one_step(const Reference& reference) {
        const TableView* other = schema_.find(reference.from);
        if (other == nullptr || !holds_rows(*other->table) || other->topic == Topic::copy || other->says(Cue::copy)) {
            return;
        }
        if (persons_.contains(reference.from) && reference.columns != other->table->primary_key) {
            return draft_.note(why(reference) + ": rows of persons themselves, not read as facts about this one");
        }
        if (reference.referenced != draft_.entity().key) {
            return draft_.note(why(reference) + ": does not lead to the key, not mapped");
        }
        if (reference.confidence < followed_from) return draft_.note(why(reference) + ": not followed", true);
        if (is_bystander(reference, *other)) {
            return draft_.note(why(reference) +
                               ": seems to name who is in charge, not whom the row is about; not mapped");
        }
        Place place{other, {other->table->name.name, {}}, {}, reference.confidence, why(reference)};
        place.path.joins.push_back(join(*other, reference.columns, reference.referenced));
        if (reference.columns == other->table->primary_key) {
            place.path.joins.back().where = {};
            return add_row_of_person(place);
        }
        const bool used = read(place);
        const bool linked = second_steps(place, reference);
        if (!used && !linked) say_unknown(place);
    }

    void add_row_of_person(const Place& place) {
        add_life(draft_, place, dialect_);
        add_address_and_source(draft_, place);
        add_consent(draft_, place, dialect_);
        add_tracking(draft_, place, dialect_);
    }

    /// True when the table told something.
    bool read(const Place& place) {
        const std::size_t before = draft_.notes().size();
        const TableView& table = *place.table;
        if (table.topic == Topic::tracking) return read_tracking(place);
        if (is_mailing(table)) return read_mailing(place);
        if (table.topic == Topic::consent) return read_consents(place);
        add_tracking(draft_, place, dialect_);
        if (is_address(table)) {
            add_address_and_source(draft_, place);
            add_consent(draft_, place, dialect_);
            return draft_.notes().size() > before;
        }
        if (table.says(Cue::relationship)) read_relationship(place);
        if (table.topic == Topic::message || table.says(Cue::relationship)) read_activity(place);
        return draft_.notes().size() > before;
    }

    /// "email" may be a table of messages or of addresses; messages have a time.
    bool is_address(const TableView& table) const {
        if (table.says(Cue::staff) || table.says(Cue::relationship)) return false;
        if (table.topic == Topic::detail) return true;
        return table.topic == Topic::message && table.holds(Category::email) && !event_date(table, dialect_);
    }

    static bool is_mailing(const TableView& table) { return table.says(Cue::bulk); }

    bool read_tracking(const Place& place) {
        if (add_tracking(draft_, place, dialect_)) {
            if (is_mailing(*place.table)) read_mailing(place);
            return true;
        }
        if (is_mailing(*place.table)) return read_mailing(place);
        if (!place.table->says(Cue::tracked)) {
            draft_.note(place.reason + ": keeps what the person did; whether that is opens or clicks is not known",
                        true);
            return true;
        }
        if (const ColumnView* state = column_with(*place.table, Cue::state)) {
            draft_.note(place.reason + ": opens and clicks, told apart by the values of " + state->column->name +
                            ", which are not known; map tracked with them",
                        true);
            return true;
        }
        draft_.add_flag(Role::tracked, place, {}, {"every row is an open or a click by the table's name", 0.85});
        return true;
    }

    bool read_mailing(const Place& place) {
        const TableView& table = *place.table;
        add_consent(draft_, place, dialect_);
        if (table.topic != Topic::tracking) add_tracking(draft_, place, dialect_);
        const ColumnView* state = column_with(table, Cue::state);
        if (const auto sent = date_with(table, Cue::sent, dialect_, times)) {
            draft_.add_date(Role::marketing_sent, place, sent->view->column->name, {},
                            {sent->reason + "; mail to many by the table's name", 0.85 * sent->confidence});
        } else if (table.says(Cue::automatic) || table.says(Cue::tracked)) {
            draft_.note(place.reason + ": has to do with mail to many, but not who gets it; not mapped", true);
        } else if (state != nullptr) {
            draft_.note(place.reason + ": who is on a list, or was mailed, depends on the values of " +
                            state->column->name +
                            ", which are not known; map marketing_listed or marketing_sent with them",
                        true);
        } else {
            Condition still{};
            if (const auto left = date_with(
                    table, Cue::objected_at, dialect_,
                    {Category::activity_time, Category::none, Category::consent, Category::consent_evidence})) {
                still = missing(column(left->view->column->name));
            }
            draft_.add_flag(Role::marketing_listed, place, std::move(still),
                            {"every row puts the person on a list by the table's name", 0.65});
        }
        return true;
    }

    bool read_consents(const Place& place) {
        if (const ColumnView* purpose = column_with(*place.table, Cue::purpose)) {
            draft_.note(place.reason +
                            ": consents for several purposes; which of them are marketing or tracking is told by " +
                            purpose->column->name + ", whose values are not known; map the roles of consent with them",
                        true);
            return true;
        }
        add_consent(draft_, place, dialect_);
        return true;
    }

    void read_relationship(const Place& place) {
        const TableView& table = *place.table;
        for (const ColumnView& view : table.columns) {
            const bool is_flag = view.column->kind == ColumnKind::boolean;
            const Condition set{OneOf{column(view.column->name), {"1"}}};
            const std::string name = table.table->name.name + "." + view.column->name;
            if (is_flag && view.says_only(Cue::closed)) {
                return draft_.add_flag(Role::relationship, place, negate(set),
                                       {"runs unless " + name + " is set", 0.85});
            }
            if (is_flag && view.says_only(Cue::open)) {
                return draft_.add_flag(Role::relationship, place, set, {"runs while " + name + " is set", 0.85});
            }
        }
        for (const ColumnView& view : table.columns) {
            if (!view.says_only(Cue::closed_at) || view.says(Cue::planned)) continue;
            const double sureness = sureness_of_dates(view, dialect_);
            if (sureness < 0.8) continue;
            const Condition over{Before{column(view.column->name),
                                        Date{std::chrono::year{9999}, std::chrono::month{12}, std::chrono::day{31}}}};
            return draft_.add_flag(
                Role::relationship, place, negate(over),
                {"runs until the date in " + table.table->name.name + "." + view.column->name, 0.8 * sureness});
        }
        draft_.note(place.reason +
                        ": runs for a time, but when it is over cannot be read with certainty; not mapped as "
                        "relationship, so a person with a running one may count as stale",
                    true);
    }

    void read_activity(const Place& place) {
        const TableView& table = *place.table;
        if (table.says(Cue::automatic)) {
            draft_.note(place.reason + ": may be written without any contact with the person; not mapped as activity",
                        true);
            return;
        }
        const auto date = event_date(table, dialect_);
        if (!date) {
            draft_.note(place.reason + ": no date that surely says when it took place; not mapped as activity", true);
            return;
        }
        Reason reason{date->reason, date->confidence};
        const ColumnView* bulk =
            table.topic == Topic::message && !table.says(Cue::relationship) ? column_with(table, Cue::bulk) : nullptr;
        if (bulk == nullptr) {
            draft_.add_date(Role::activity, place, date->view->column->name, {}, reason);
            return;
        }
        const Operand mark = column(bulk->column->name);
        const bool is_flag = bulk->column->kind == ColumnKind::boolean;
        const Condition to_many =
            is_flag ? Condition{OneOf{mark, {"1"}}} : all({present(mark), negate({OneOf{mark, {"0"}}})});
        reason.text += "; without mail to many, which " + bulk->column->name + " marks";
        reason.confidence = std::min(reason.confidence, 0.65);
        draft_.add_date(Role::activity, place, date->view->column->name, negate(to_many), reason);
        draft_.add_date(Role::marketing_sent, place, date->view->column->name, to_many,
                        {date->reason + "; mail to many, which " + bulk->column->name + " marks", 0.65});
    }

    /// Through a table that only links, or to what is kept about a message that went to the person.
    bool second_steps(const Place& first, const Reference& taken) {
        bool found = false;
        for (const Reference& next : references_) {
            const bool forward = next.from == first.table->table->name && next.to != person_.table->name &&
                                 next.columns != taken.columns;
            const bool backward = next.to == first.table->table->name && next.from != person_.table->name;
            if ((!forward && !backward) || next.confidence < followed_from) continue;
            const TableView* other = schema_.find(forward ? next.to : next.from);
            if (other == nullptr || other == first.table || !holds_rows(*other->table) ||
                persons_.contains(other->table->name))
                continue;
            if (forward && !only_links(*first.table)) continue;
            const bool told = forward ? other->topic == Topic::message || other->says(Cue::relationship) ||
                                            (other->topic == Topic::detail && other->holds(Category::email))
                                      : other->topic == Topic::tracking;
            if (!told || is_mailing(*other) || leads_to_persons(*other)) continue;
            Place place{other,
                        first.path,
                        {},
                        std::min(first.confidence, next.confidence) * 0.95,
                        first.reason + "; from there " + why(next)};
            place.path.name = first.path.name + " " + other->table->name.name;
            place.path.joins.push_back(forward ? join(*other, next.referenced, next.columns)
                                               : join(*other, next.columns, next.referenced));
            found = read(place) || found;
        }
        return found;
    }

    /// What leads to persons by itself is read from there.
    bool leads_to_persons(const TableView& table) const {
        return std::any_of(references_.begin(), references_.end(), [&](const Reference& reference) {
            return reference.from == table.table->name && reference.to == person_.table->name &&
                   reference.confidence >= followed_from && !is_bystander(reference, table);
        });
    }

    bool only_links(const TableView& table) const {
        return table.topic != Topic::message && !table.says(Cue::relationship) && !is_mailing(table) &&
               table.topic != Topic::consent && table.topic != Topic::tracking;
    }

    void say_unknown(const Place& place) {
        for (const ColumnView& view : place.table->columns) {
            if (sureness_of_dates(view, dialect_) < 1) continue;
            draft_.note(place.reason + ": has dates whose meaning for the person is not known; not mapped", true);
            return;
        }
    }

    static const ColumnView* column_with(const TableView& table, Cue cue) {
        const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                        [&](const ColumnView& view) { return view.says(cue); });
        return found == table.columns.end() ? nullptr : &*found;
    }

    static bool is_bystander(const Reference& reference, const TableView& from) {
        return std::any_of(reference.columns.begin(), reference.columns.end(),
                           [&](const std::string& name) { return from.find(name)->says(Cue::bystander); });
    }

    Join join(const TableView& table, const std::vector<std::string>& columns,
              const std::vector<std::string>& previous) const {
        Join made{as_written(table.table->name, schema_.catalog().default_schema), {}, not_deleted(table, dialect_)};
        for (std::size_t i = 0; i < columns.size(); ++i) made.on.push_back({columns[i], previous[i], false});
        return made;
    }

    static std::string why(const Reference& reference) {
        return to_string(reference.from) + "." + join_of(reference.columns) + " to " + to_string(reference.to) + "." +
               join_of(reference.referenced) + ", " + reference.reason;
    }

    EntityDraft& draft_;
    const TableView& person_;
    const Schema& schema_;
    const std::vector<Reference>& references_;
    const std::set<TableName>& persons_;
    std::string dialect_;
};

}  // namespace

void add_neighbours(EntityDraft& draft, const TableView& person, const Schema& schema,
                    const std::vector<Reference>& references, const std::set<TableName>& persons) {
    Neighbourhood{draft, person, schema, references, persons}.explore();
}

}  // namespace crmaudit::discover
