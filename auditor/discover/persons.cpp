#include "auditor/discover/persons.h"

#include <algorithm>
#include <optional>

namespace crmaudit::discover {
namespace {

std::size_t count_of(const TableView& view, Category category) {
    return static_cast<std::size_t>(std::count_if(view.columns.begin(), view.columns.end(),
                                                  [&](const ColumnView& each) { return each.category == category; }));
}

bool can_be_reached(const TableView& view) { return view.holds(Category::email) || view.holds(Category::phone); }

std::string columns_that_show_it(const TableView& view) {
    std::string text;
    for (const Category category : {Category::person_name, Category::email, Category::phone, Category::birth_date}) {
        for (const ColumnView& each : view.columns) {
            if (each.category != category) continue;
            text += (text.empty() ? "" : ", ") + each.column->name + " (" + std::string{to_string(category)} + ")";
            break;
        }
    }
    return text;
}

/// How surely each row of the table is a person; absent where none is.
std::optional<Reason> judge(const TableView& view) {
    const std::size_t names = count_of(view, Category::person_name);
    const bool described = view.holds(Category::birth_date) || view.holds(Category::postal_address) ||
                           view.holds(Category::gender) || view.holds(Category::job);
    const std::string columns = columns_that_show_it(view);
    switch (view.topic) {
        case Topic::person:
            if (names > 0 && (can_be_reached(view) || described)) return Reason{"table name; " + columns, 0.95};
            if (can_be_reached(view)) return Reason{"table name; no name, but " + columns, 0.75};
            if (names > 1) return Reason{"table name; " + columns + ", but no way to reach them", 0.65};
            return std::nullopt;
        case Topic::consent:
            if (!view.holds(Category::email)) return std::nullopt;
            return Reason{"a list of addresses that mail goes to; " + columns, 0.65};
        case Topic::message:
        case Topic::tracking:
        case Topic::copy: return std::nullopt;
        case Topic::technical:
        case Topic::detail:
        case Topic::company:
        case Topic::catalogue:
        case Topic::unknown:
            if (names > 1 && can_be_reached(view)) return Reason{"columns alone: " + columns, 0.65};
            if (names > 0 && can_be_reached(view) && described && view.topic == Topic::unknown) {
                return Reason{"columns alone: " + columns, 0.55};
            }
            return std::nullopt;
    }
    return std::nullopt;
}

/// The primary key, else a unique index of columns that are never NULL.
std::vector<std::string> key_of(const TableView& view) {
    const auto known = [&](const std::vector<std::string>& columns) {
        return !columns.empty() && std::all_of(columns.begin(), columns.end(),
                                               [&](const std::string& name) { return view.find(name) != nullptr; });
    };
    if (known(view.table->primary_key)) return view.table->primary_key;
    for (const Index& index : view.table->indexes) {
        if (!index.unique || !known(index.columns)) continue;
        const bool complete = std::all_of(index.columns.begin(), index.columns.end(),
                                          [&](const std::string& name) { return !view.find(name)->column->nullable; });
        if (complete) return index.columns;
    }
    if (holds_rows(*view.table)) return {};
    // A view has no key of its own; the column that looks like one has to do.
    for (const ColumnView& each : view.columns) {
        if (each.category == Category::person_key || each.says_only(Cue::key)) return {each.column->name};
    }
    return {};
}

bool is_copy(const TableView& view) { return view.topic == Topic::copy || view.says(Cue::copy); }

bool is_staff(const TableView& view) {
    if (view.says(Cue::customer)) return false;
    return view.says(Cue::staff) || (view.holds(Category::credential) && view.holds(Category::online_handle));
}

/// Rows that belong to one of these tables are no persons of their own.
bool hangs_on(const TableView& view, const std::vector<const TableView*>& others,
              const std::vector<Reference>& references) {
    return std::any_of(references.begin(), references.end(), [&](const Reference& reference) {
        return reference.from == view.table->name && reference.to != view.table->name &&
               std::any_of(others.begin(), others.end(),
                           [&](const TableView* other) { return other->table->name == reference.to; });
    });
}

struct Candidate {
    const TableView* table;
    Reason reason;
};

class Search {
public:
    Search(const Schema& schema, const std::vector<Reference>& references) : schema_(schema), references_(references) {}

    Persons run() {
        collect(true);
        if (customers_.empty() && staff_.empty()) collect(false);
        const bool only_staff = customers_.empty() && !staff_.empty();
        for (Candidate& each : only_staff ? staff_ : customers_) {
            if (only_staff) {
                each.reason.text += "; the only persons, though they look like staff or logins";
                each.reason.confidence = std::min(each.reason.confidence, 0.5);
            }
            accept(each);
        }
        if (!only_staff) {
            for (const Candidate& each : staff_) {
                leave_out(*each.table,
                          "staff or logins, not judged as customers; make it an entity if they are customers");
            }
        }
        const auto by_name = [](const PersonTable& a, const PersonTable& b) {
            return a.table->table->name < b.table->table->name;
        };
        std::sort(found_.tables.begin(), found_.tables.end(), by_name);
        std::sort(found_.left_out.begin(), found_.left_out.end());
        return std::move(found_);
    }

private:
    void collect(bool of_tables) {
        std::vector<Candidate> weak;
        for (const TableView& view : schema_.tables()) {
            if (holds_rows(*view.table) != of_tables) continue;
            if (is_copy(view)) {
                if (view.holds(Category::person_name) || can_be_reached(view)) {
                    leave_out(view, "looks like a copy of another table");
                }
                continue;
            }
            const auto reason = judge(view);
            if (!reason) {
                if (of_tables) explain(view);
                continue;
            }
            if (view.topic == Topic::person) {
                (is_staff(view) ? staff_ : customers_).push_back({&view, *reason});
            } else {
                weak.push_back({&view, *reason});
            }
        }
        std::vector<const TableView*> sure;
        for (const auto* list : {&customers_, &staff_}) {
            for (const Candidate& each : *list) sure.push_back(each.table);
        }
        for (const Candidate& each : weak) {
            if (!hangs_on(*each.table, sure, references_)) {
                (is_staff(*each.table) ? staff_ : customers_).push_back(each);
            }
        }
    }

    /// Tables with names and addresses whose rows are no persons all the same.
    void explain(const TableView& view) {
        if (!view.holds(Category::person_name) || !can_be_reached(view)) return;
        if (view.topic == Topic::message) return leave_out(view, "names and addresses within messages or documents");
        if (view.topic == Topic::company) return leave_out(view, "companies; persons may be among them");
    }

    void accept(const Candidate& candidate) {
        auto key = key_of(*candidate.table);
        if (key.empty()) {
            return leave_out(*candidate.table,
                             "persons, but without a key that names each row; nothing is counted here");
        }
        PersonTable person{candidate.table, std::move(key), candidate.table->says(Cue::lead), candidate.reason};
        if (!holds_rows(*candidate.table->table)) {
            person.reason.text += "; a view, whose key may not be unique";
            person.reason.confidence = std::min(person.reason.confidence, 0.5);
        }
        found_.tables.push_back(std::move(person));
    }

    void leave_out(const TableView& view, const std::string& why) {
        found_.left_out.push_back(to_string(view.table->name) + ": " + why);
    }

    const Schema& schema_;
    const std::vector<Reference>& references_;
    std::vector<Candidate> customers_;
    std::vector<Candidate> staff_;
    Persons found_;
};

}  // namespace

Persons find_persons(const Schema& schema, const std::vector<Reference>& references) {
    return Search{schema, references}.run();
}

}  // namespace crmaudit::discover
