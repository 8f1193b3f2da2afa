// What the columns of one table say about the persons whose row it is, or to whom its rows belong.
#pragma once

#include <optional>
#include <string_view>

#include "auditor/discover/entity_draft.h"

namespace crmaudit::discover {

/// Created, modified, deleted, informed, latest contact, converted; the live condition where it is the own row.
void add_life(EntityDraft& draft, const Place& place, std::string_view dialect);
/// Addresses, and in the own row the source.
void add_address_and_source(EntityDraft& draft, const Place& place);
/// Consent to marketing and tracking, its proof, objections, list membership.
void add_consent(EntityDraft& draft, const Place& place, std::string_view dialect);
/// Opens and clicks that columns keep. True when there are any.
bool add_tracking(EntityDraft& draft, const Place& place, std::string_view dialect);

/// A consent that is half known is worse than none: takes it out again and says what is missing.
void settle_consent(EntityDraft& draft);

/// The best date column with the cue: of the type, and of a category that goes with it.
struct DateColumn {
    const ColumnView* view = nullptr;
    double confidence = 0;
    std::string reason;
};
std::optional<DateColumn> date_with(const TableView& table, Cue cue, std::string_view dialect,
                                    const std::vector<Category>& fitting);

/// Rows that are not marked as deleted; every row where nothing marks them.
Condition not_deleted(const TableView& table, std::string_view dialect);

}  // namespace crmaudit::discover
