#include "auditor/discover/facts.h"

#include <algorithm>

namespace crmaudit::discover {
namespace {

bool fits(const ColumnView& view, const std::vector<Category>& fitting) {
    return std::find(fitting.begin(), fitting.end(), view.category) != fitting.end();
}

/// "opt_out (consent 0.95)", or without a category what the name alone says.
std::string evidence_of(const TableView& table, const ColumnView& view, Cue cue) {
    std::string text =
        "column " + table.table->name.name + "." + view.column->name + " says " + std::string{to_string(cue)};
    if (view.category != Category::none) text += ", classified as " + std::string{to_string(view.category)};
    return text;
}

std::string warning_about_dates(const ColumnView& view) {
    switch (view.column->kind) {
        case ColumnKind::integer: return "; a number, read as seconds or milliseconds since 1970";
        case ColumnKind::text:
        case ColumnKind::unknown: return "; a text, read where it is written as 2026-01-31";
        default: return "";
    }
}

Condition is_set(const ColumnView& view) { return {OneOf{column(view.column->name), {"1"}}}; }

/// Where the type leaves room for doubt, the name must say nothing else: "created" is a date, "created_rows" a count.
bool says(const ColumnView& view, Cue cue, double sureness) {
    if (sureness == 0) return false;
    return sureness == 1 ? view.says(cue) : view.says_only(cue);
}

/// Flags with the cue, with the confidence that they say so.
struct FlagColumn {
    const ColumnView* view;
    Reason reason;
};

std::vector<FlagColumn> flags_with(const TableView& table, Cue cue, const std::vector<Category>& fitting) {
    std::vector<FlagColumn> flags;
    const bool exactly = cue == Cue::deleted;  // "can_be_deleted" is another matter
    for (const ColumnView& view : table.columns) {
        const double sureness = sureness_of_flags(view);
        if (exactly && !view.says_only(cue)) continue;
        if (!says(view, cue, sureness) || (!fits(view, fitting) && view.category != Category::none)) continue;
        const double category = fits(view, fitting) && view.category != Category::none ? std::max(view.confidence, 0.8)
                                : view.category == Category::none && fits(view, fitting) ? 0.9
                                                                                         : 0.6;
        Reason reason{evidence_of(table, view, cue), sureness * category};
        if (view.column->kind == ColumnKind::integer) reason.text += "; a number, taken for a flag where 1 is yes";
        flags.push_back({&view, std::move(reason)});
    }
    return flags;
}

void add_flags(EntityDraft& draft, Role role, const Place& place, Cue cue, const std::vector<Category>& fitting,
               const Condition& besides = {}) {
    for (const FlagColumn& flag : flags_with(*place.table, cue, fitting)) {
        draft.add_flag(role, place, all({is_set(*flag.view), besides}), flag.reason);
    }
}

void add_one_date(EntityDraft& draft, Role role, const Place& place, Cue cue, std::string_view dialect,
                  const std::vector<Category>& fitting) {
    if (const auto date = date_with(*place.table, cue, dialect, fitting)) {
        draft.add_date(role, place, date->view->column->name, {}, {date->reason, date->confidence});
    }
}

void add_deletion(EntityDraft& draft, const Place& place, std::string_view dialect) {
    const auto flags = flags_with(*place.table, Cue::deleted, {Category::none, Category::activity_time});
    const auto date = date_with(*place.table, Cue::deleted_at, dialect, {Category::activity_time, Category::none});
    if (!flags.empty()) {
        draft.add_flag(Role::deleted, place, is_set(*flags.front().view), flags.front().reason);
    } else if (date) {
        draft.add_flag(Role::deleted, place, present(column(date->view->column->name)),
                       {date->reason + "; a date there marks the row as deleted", date->confidence});
    }
    if (date) draft.add_date(Role::deleted_at, place, date->view->column->name, {}, {date->reason, date->confidence});
    if (!place.is_own()) {
        if (!flags.empty() || date)
            draft.note("rows are marked as deleted in another table; the live condition cannot say so");
        return;
    }
    if (!flags.empty() || date) {
        draft.set_live(not_deleted(*place.table, dialect),
                       {"rows that are not marked as deleted",
                        flags.empty() ? date->confidence : flags.front().reason.confidence});
        return;
    }
    for (const ColumnView& view : place.table->columns) {
        if (view.says_only(Cue::deleted)) {
            draft.note(view.column->name +
                           ": seems to mark deleted persons, but with which value is not known, so all rows "
                           "are judged; say so in <live> and map the role deleted",
                       true);
        }
        if (!view.says_only(Cue::active)) continue;
        draft.note(view.column->name +
                       ": whether this marks deleted persons is not known, so all rows are judged; if it "
                       "does, say so in <live> and map the role deleted",
                   true);
    }
}

void add_conversion(EntityDraft& draft, const Place& place, std::string_view dialect) {
    for (const ColumnView& view : place.table->columns) {
        if (!view.says(Cue::converted)) continue;
        Reason reason{evidence_of(*place.table, view, Cue::converted), 0.85};
        if (sureness_of_flags(view) == 1) {
            draft.add_flag(Role::converted, place, is_set(view), reason);
        } else if (view.column->kind != ColumnKind::integer && sureness_of_dates(view, dialect) > 0) {
            reason.text += "; anything there means converted";
            draft.add_flag(Role::converted, place, present(column(view.column->name)), reason);
        } else {
            reason.text += "; anything but 0 there means converted";
            reason.confidence = 0.75;
            draft.add_flag(Role::converted, place,
                           all({present(column(view.column->name)), negate({OneOf{column(view.column->name), {"0"}}})}),
                           reason);
        }
    }
}

bool is_about_consent(const ColumnView& view) {
    return view.category == Category::consent || view.category == Category::consent_evidence;
}

}  // namespace

std::optional<DateColumn> date_with(const TableView& table, Cue cue, std::string_view dialect,
                                    const std::vector<Category>& fitting) {
    std::optional<DateColumn> best;
    for (const ColumnView& view : table.columns) {
        const double sureness = sureness_of_dates(view, dialect);
        if (!says(view, cue, sureness) || !fits(view, fitting)) continue;
        const double category = view.category == Category::none ? 0.8 : std::max(view.confidence, 0.8);
        const double exactness = view.says_only(cue) ? 1 : 0.95;
        const double confidence = sureness * category * exactness;
        if (best && best->confidence >= confidence) continue;
        best = DateColumn{&view, confidence, evidence_of(table, view, cue) + warning_about_dates(view)};
    }
    return best;
}

Condition not_deleted(const TableView& table, std::string_view dialect) {
    const auto flags = flags_with(table, Cue::deleted, {Category::none, Category::activity_time});
    if (!flags.empty()) return negate(is_set(*flags.front().view));
    const auto date = date_with(table, Cue::deleted_at, dialect, {Category::activity_time, Category::none});
    return date ? missing(column(date->view->column->name)) : Condition{};
}

void add_life(EntityDraft& draft, const Place& place, std::string_view dialect) {
    const std::vector<Category> times{Category::activity_time, Category::none};
    if (!draft.has(Role::created)) add_one_date(draft, Role::created, place, Cue::created, dialect, times);
    if (!draft.has(Role::modified)) add_one_date(draft, Role::modified, place, Cue::modified, dialect, times);
    if (!draft.has(Role::deleted)) add_deletion(draft, place, dialect);
    for (const ColumnView& view : place.table->columns) {
        const double sureness = sureness_of_dates(view, dialect);
        if (!says(view, Cue::contacted, sureness) || !fits(view, times)) continue;
        draft.add_date(Role::activity, place, view.column->name, {},
                       {evidence_of(*place.table, view, Cue::contacted) + warning_about_dates(view), 0.85 * sureness});
    }
    add_one_date(draft, Role::notice, place, Cue::notice, dialect,
                 {Category::none, Category::activity_time, Category::consent_evidence, Category::consent});
    if (draft.entity().kind == EntityKind::lead && place.is_own()) add_conversion(draft, place, dialect);
}

void add_address_and_source(EntityDraft& draft, const Place& place) {
    for (const ColumnView& view : place.table->columns) {
        const std::string name = place.table->table->name.name + "." + view.column->name;
        if (view.category == Category::email && view.column->kind == ColumnKind::text &&
            view.confidence >= doubtful_below) {
            const Reason reason{"column " + name + " classified as email", view.confidence};
            if (place.is_own()) {
                draft.add_text(Role::email, view.column->name, reason);
            } else {
                draft.add_flag(Role::email, place, present(column(view.column->name)), reason);
            }
        }
        if (view.category != Category::data_source || !place.is_own()) continue;
        const bool has_value = view.column->kind == ColumnKind::text || view.column->kind == ColumnKind::integer;
        if (view.says(Cue::source) && has_value && view.confidence >= doubtful_below) {
            draft.add_text(Role::source, view.column->name,
                           {"column " + name + " classified as data_source", view.confidence});
        } else {
            draft.note(name + ": may tell where the record came from; map it as source if it does", true);
        }
    }
}

void add_consent(EntityDraft& draft, const Place& place, std::string_view dialect) {
    const TableView& table = *place.table;
    const std::vector<Category> marks{Category::consent};
    const std::vector<Category> proofs{Category::consent, Category::consent_evidence, Category::activity_time,
                                       Category::none};
    const auto objected = date_with(table, Cue::objected_at, dialect, proofs);
    const Condition stands = objected && !place.is_own() ? missing(column(objected->view->column->name)) : Condition{};

    add_flags(draft, Role::marketing_granted, place, Cue::granted, marks, stands);
    add_flags(draft, Role::marketing_refused, place, Cue::refused, marks);
    add_flags(draft, Role::marketing_listed, place, Cue::listed, marks);
    add_flags(draft, Role::tracking_granted, place, Cue::tracking_granted, marks);
    add_flags(draft, Role::tracking_refused, place, Cue::tracking_refused, marks);
    if (objected) {
        const Reason reason{objected->reason, objected->confidence};
        draft.add_date(Role::marketing_objected, place, objected->view->column->name, {}, reason);
        draft.add_flag(Role::marketing_refused, place, present(column(objected->view->column->name)),
                       {reason.text + "; a date there means objection", reason.confidence});
    }
    for (const ColumnView& view : table.columns) {
        const double sureness = sureness_of_dates(view, dialect);
        const bool suits = is_about_consent(view) || table.topic == Topic::consent;
        if (says(view, Cue::agreed_at, sureness) && suits) {
            const Reason reason{evidence_of(table, view, Cue::agreed_at) + warning_about_dates(view), 0.9 * sureness};
            draft.add_date(Role::marketing_evidence, place, view.column->name, {}, reason);
            if (flags_with(table, Cue::granted, marks).empty()) {
                draft.add_flag(Role::marketing_granted, place, all({present(column(view.column->name)), stands}),
                               {reason.text + "; a date there means consent", reason.confidence, true});
            }
        }
        const bool is_read = view.says(Cue::granted) || view.says(Cue::refused) || view.says(Cue::listed) ||
                             view.says(Cue::tracking_granted) || view.says(Cue::tracking_refused);
        const bool is_date = sureness_of_dates(view, dialect) > 0 && view.column->kind != ColumnKind::text;
        if (view.category == Category::consent && !(is_read && sureness_of_flags(view) > 0) && !is_date) {
            const std::string name = table.table->name.name + "." + view.column->name;
            draft.note(
                sureness_of_flags(view) == 1
                    ? name + ": a consent to something else than mail, or said in words that are not known; not mapped"
                    : name +
                          ": speaks of consent, but which of its values mean agreed or refused is not known; map it "
                          "with <where><one-of column=… value=…/></where>",
                true);
        }
    }
}

bool add_tracking(EntityDraft& draft, const Place& place, std::string_view dialect) {
    bool found = false;
    for (const ColumnView& view : place.table->columns) {
        if (view.category != Category::tracking || !view.says(Cue::tracked)) continue;
        const Operand tracked = column(view.column->name);
        Condition condition;
        if (view.column->kind == ColumnKind::boolean) {
            condition = is_set(view);
        } else if (view.column->kind == ColumnKind::integer && view.says_only(Cue::tracked)) {
            condition = all({present(tracked), negate({OneOf{tracked, {"0"}}})});
        } else if (says(view, Cue::tracked, sureness_of_dates(view, dialect))) {
            condition = present(tracked);
        } else {
            continue;
        }
        draft.add_flag(Role::tracked, place, std::move(condition),
                       {evidence_of(*place.table, view, Cue::tracked), view.confidence});
        found = true;
    }
    return found;
}

void settle_consent(EntityDraft& draft) {
    const bool granted = draft.has(Role::marketing_granted);
    const bool refused = draft.has(Role::marketing_refused);
    if (granted && !refused) {
        draft.withdraw(Role::marketing_granted,
                       "left out, because no place for objections was found: put it in and map marketing_refused, or "
                       "state with <absent role=\"marketing_refused\" reason=…/> that there is none");
    }
    if (refused && !granted) {
        draft.withdraw(
            Role::marketing_refused,
            "left out, because no place for a consent was found: put it in and map marketing_granted, or state "
            "with <absent role=\"marketing_granted\" reason=…/> that there is none");
    }
    const bool tracking_granted = draft.has(Role::tracking_granted);
    const bool tracking_refused = draft.has(Role::tracking_refused);
    if (tracking_granted != tracking_refused) {
        const Role role = tracking_granted ? Role::tracking_granted : Role::tracking_refused;
        draft.withdraw(role, "left out, because only one side of the consent to tracking was found");
    }
}

}  // namespace crmaudit::discover
