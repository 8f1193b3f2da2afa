// Looks at the texts of mails for pixels, links that report clicks, and links that must stand there. It keeps nothing
// of a text but yes and no.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/mail_pattern.h"

namespace crmaudit::classify {

/// What a rule wants to find in a message.
struct LinkQuestion {
    enum class What {
        way_out,  // a link for opting out: a known form, or one of the terms in its address or beside it
        notice,   // one of the addresses or terms, anywhere
    };
    std::string rule;
    What what = What::way_out;
    std::vector<std::string> terms;
    std::vector<std::string> addresses;
};

/// Signs that are nobody's in particular stand under these names among the vendors.
inline constexpr std::string_view hidden_image = "hidden_image";
inline constexpr std::string_view image_token = "image_token";
inline constexpr std::string_view link_token = "link_token";

struct MailReading {
    struct Hit {
        bool opens = false;
        bool clicks = false;
        bool weak = true;
    };
    bool filled = false;  // it has a text, or loads or links something
    std::map<std::string, Hit> vendors;
    std::vector<bool> answers;  // to the questions, in their order
};

/// All patterns, compiled once. Immutable after construction.
class MailScanner {
public:
    /// Throws std::invalid_argument for an expression that does not compile.
    MailScanner(MailPatterns patterns, std::vector<LinkQuestion> questions);
    ~MailScanner();
    MailScanner(const MailScanner&) = delete;
    MailScanner& operator=(const MailScanner&) = delete;

    const std::vector<LinkQuestion>& questions() const;

    /// Adds what the text shows, a whole body or a part of one, to what is known of its message.
    void read(std::string_view body, MailReading& reading) const;

    /// The trackers whose expression matches the address, in the order of the patterns.
    std::vector<const MailTracker*> trackers_in(std::string_view address) const;
    /// Whether the address, or a text, has a known form of a way out.
    bool is_way_out(std::string_view address_or_text) const;

private:
    struct Compiled;
    std::unique_ptr<const Compiled> compiled_;
};

}  // namespace crmaudit::classify
