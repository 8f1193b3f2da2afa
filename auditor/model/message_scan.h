// What was seen in the texts of messages that the company sent, and of its templates: numbers alone, no text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/result.h"

namespace crmaudit {

/// Messages in which one vendor's pixels or links stand.
struct VendorCount {
    std::string vendor;
    bool weak = true;  // nothing but weak patterns and general signs matched
    std::int64_t messages = 0;
    std::int64_t opens = 0;      // of these, with a pixel
    std::int64_t clicks = 0;     // of these, with a link that leads through the vendor
    std::int64_t templates = 0;  // of these, templates
    std::map<std::string, std::int64_t> by_sender = {};
    bool operator==(const VendorCount&) const = default;
};

/// Messages that a rule says something must stand in, and those in which it does not.
struct LinkCount {
    std::int64_t asked = 0;
    std::int64_t without = 0;
    std::int64_t templates = 0;  // of those without
    bool operator==(const LinkCount&) const = default;
};

struct ScannedMessages {
    std::string entity;
    TableName table;                              // with the key that counts as the message's
    std::string column;                           // of the text; empty where it stands in another table
    std::int64_t stored = 0;                      // sent messages and templates there are
    std::int64_t read = 0;                        // of these, with a text
    std::vector<VendorCount> vendors = {};        // by name
    std::map<std::string, LinkCount> links = {};  // by the id of the rule that asks
    bool operator==(const ScannedMessages&) const = default;
};

struct MessageScan {
    ContentExtent extent = ContentExtent::none;
    std::vector<ScannedMessages> entities = {};
    std::vector<Gap> gaps = {};  // entities that should have been read and were not
    bool operator==(const MessageScan&) const = default;
};

}  // namespace crmaudit
