// What the rules about logins share: who has something to lose, and findings about a line of the list of host rules.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "auditor/checks/grants.h"

namespace crmaudit::checks {

/// Accounts that somebody can log in as and that get at personal data, or have power over those who do: sorted.
std::vector<access::Id> accounts_at_stake(const CheckInput& input);

/// What a rule objects to in a line; empty: nothing.
using LineFacts = std::function<std::vector<std::string>(const Permissions::HostRule&)>;

/// A finding for each line that can be reached, lets in accounts at stake, and that something is objected to.
std::vector<Finding> findings_about_lines(const CheckInput& input, const LineFacts& facts);

/// A finding about an account; how many tables with personal data it gets at.
Finding finding_about_account(const CheckInput& input, access::Id account, std::vector<std::string> facts);

/// "listens_on: …", where it is known.
void add_listening(const CheckInput& input, std::vector<std::string>& facts);

}  // namespace crmaudit::checks
