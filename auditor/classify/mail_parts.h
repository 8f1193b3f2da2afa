// What a mail's markup loads from elsewhere and where it leads, read as tolerantly as mail programs do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crmaudit::classify {

struct MailImage {
    std::string address;
    bool hidden = false;  // of no size, or made invisible
    bool quoted = false;  // within what somebody else wrote
};

struct MailLink {
    std::string address;
    std::string text;    // what it is called, folded
    std::string around;  // folded text shortly before and within it
    bool quoted = false;
};

struct MailParts {
    std::vector<MailImage> images;
    std::vector<MailLink> links;  // those in plain text too
    std::string text;             // visible, folded
};

/// `markup` may begin and end anywhere. Plain text has links and text alone.
MailParts mail_parts(std::string_view markup);

}  // namespace crmaudit::classify
