// What stored messages are searched for: pixels and links that tell a sender what the recipient does, and links by
// which a recipient opts out. They are XML (policies/trackers), never C++.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crmaudit {

/// What the sender learns: that a message was opened, or that a link in it was followed.
enum class TrackerKind { open, click };

std::string_view to_string(TrackerKind kind);

struct MailTracker {
    std::string vendor;  // as its maker calls it
    TrackerKind kind = TrackerKind::open;
    /// Other things look alike: such a pattern counts in the place of its kind alone, an image or a link.
    bool weak = false;
    std::string expression;                     // RE2, over a whole address from its beginning; empty for none
    std::string text;                           // stands in templates instead of an address; empty for none
    std::vector<std::string> examples;          // each matches
    std::vector<std::string> counter_examples;  // none does
    bool operator==(const MailTracker&) const = default;
};

/// A link, or what stands for one in a template, by which a recipient opts out.
struct OptOutForm {
    std::string expression;  // RE2, anywhere in an address; empty for none
    std::string text;        // anywhere in a text
    std::vector<std::string> examples;
    std::vector<std::string> counter_examples;
    bool operator==(const OptOutForm&) const = default;
};

struct MailPatterns {
    std::vector<MailTracker> trackers;
    std::vector<OptOutForm> opt_outs;
    std::vector<std::string> ordinary;  // addresses in which no tracker may be seen
    bool operator==(const MailPatterns&) const = default;
};

}  // namespace crmaudit
