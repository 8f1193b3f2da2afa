// What the scan of messages saw, as the checks ask for it that judge texts of messages.
#pragma once

#include <initializer_list>

#include "auditor/checks/check.h"

namespace crmaudit {
struct ScannedMessages;
}

namespace crmaudit::checks {

/// A plan without probes, with a gap for every message entity that lacks one of the roles and for everything that was
/// not read. Not applicable where the CRM keeps no messages with a text, or none for which one of the roles `about`
/// might hold: nothing would be asked there.
Plan message_plan(const CheckInput& input, std::initializer_list<Role> roles, std::initializer_list<Role> about);

/// A finding about messages that were read, of all that were.
Finding finding_about_messages(const CheckInput& input, const ScannedMessages& scanned, std::int64_t affected,
                               std::int64_t total);

/// The finding of a rule that asks for a link, for each entity in which some message has none.
std::vector<Finding> found_where_link_missing(const CheckInput& input, const Plan& plan,
                                              std::span<const std::optional<Measured>> measured);

}  // namespace crmaudit::checks
