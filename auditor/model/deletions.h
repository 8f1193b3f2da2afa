// What can be said of deletions that purge scripts carried out: what should have stayed, and whether this audit has
// looked again.
#pragma once

#include <cstdint>
#include <vector>

#include "auditor/model/result.h"

namespace crmaudit {

/// More than these are not read: the log of a CRM that is purged every week for two years.
inline constexpr std::size_t most_deletions = 100;

/// The rule empties columns or marks rows, one step for each column, and may go on finding what happened before: the
/// numbers of a step say nothing about what is found now.
bool changes_only(const AuditResult& result, const Deletion& deletion);

/// The same rule has been checked on the same entity, so that `still_found` says something.
bool is_checked_again(const AuditResult& result, const Deletion& deletion);

/// Found by the audit and not deleted: held back, spared or not reached.
std::int64_t stayed_behind(const Deletion& deletion);

/// The rule finds more than stayed behind: they are due since, have come back, or were never deleted.
std::int64_t more_than_stayed(const Deletion& deletion);

/// The last of its rule and entity; the earlier ones are no measure of what is found now.
std::vector<const Deletion*> latest_deletions(const AuditResult& result);
bool is_latest(const AuditResult& result, const Deletion& deletion);

/// The latest first, else by names, whatever the order in which they were read.
void sort_deletions(std::vector<Deletion>& deletions);

}  // namespace crmaudit
