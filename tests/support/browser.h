// Headless Chromium for tests of pages. Without Chromium or poppler-utils these functions throw, so that such a test
// fails and never passes unseen.
#pragma once

#include <string>

namespace crmaudit::test {

struct Visit {
    std::string dom;      // the page after loading
    std::string console;  // what the page's console said, errors and violations of the page's own policy
    std::string network;  // Chromium's own log of everything it asked for
};

/// Opens the page from a file in a fresh profile.
Visit open_in_browser(const std::string& html, int width = 1200);

/// Prints the page and gives the text of the paper.
std::string print_to_text(const std::string& html);

}  // namespace crmaudit::test
