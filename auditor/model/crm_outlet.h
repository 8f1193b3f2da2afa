// Ways out of a CRM that its users and administrators set up in the CRM itself: clients of its interface, webhooks,
// connected mailboxes, mail servers, scheduled exports. Their names and hosts are configuration. Whose they are is
// somebody's personal data, and so are addresses of mailboxes, user names at a mail server and everything secret in an
// address: none of that is in here, and what a name gives away of it is left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/date.h"
#include "auditor/model/result.h"

namespace crmaudit {

/// One that is in use, or several that are called the same and lead to the same host.
struct CrmOutlet {
    std::string what;  // see MappedOutlets
    TableName table;
    std::string name;  // empty where the profile maps none, or where it is an address of a person
    std::string host;  // empty where it leads to this machine, or where the profile maps none
    std::int64_t count = 0;
    std::optional<Date> last_used;  // absent: not known, or never
    auto operator<=>(const CrmOutlet&) const = default;
};

struct CrmOutlets {
    std::vector<CrmOutlet> outlets;  // sorted
    std::vector<Gap> gaps;           // what could not be read
};

}  // namespace crmaudit
