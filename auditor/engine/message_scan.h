// The scan of messages: reads texts of what was sent and of templates, beginnings and ends, and counts what patterns
// see in them, by vendor and sending user. No text outlives its row.
#pragma once

#include <string>
#include <vector>

#include "auditor/classify/mail_scanner.h"
#include "auditor/model/catalog.h"
#include "auditor/model/entity.h"
#include "auditor/model/message_scan.h"
#include "auditor/model/policy.h"
#include "auditor/sql/text_port.h"

namespace crmaudit::engine {

struct MessageOptions {
    ContentExtent extent = ContentExtent::sample;
    std::uint64_t seed = 1;
    std::size_t rows = 1000;  // of an entity, in a sample
    Date as_of{};
};

/// Whether some rule that runs judges texts of messages; without one nobody's messages need to be read.
bool asks_for_messages(const Policy& policy, const std::vector<std::string>& only,
                       const std::vector<std::string>& skip);

/// What the rules of the policy want to find in messages. `privacy_address` counts besides those that the policy names.
std::vector<classify::LinkQuestion> link_questions(const Policy& policy, const std::string& privacy_address);

/// Reads the message entities that have a text and say what was sent or is a template; live rows alone, and never what
/// came in. What cannot be read is a gap. Throws sql::QueryError only when the connection is lost or the run was
/// cancelled.
MessageScan scan_messages(const std::vector<Entity>& entities, const Catalog& catalog,
                          const classify::MailScanner& scanner, const sql::Grammar& grammar, sql::TextPort& port,
                          const MessageOptions& options);

}  // namespace crmaudit::engine
