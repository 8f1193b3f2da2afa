// Names come from the database: none may end a comment, or pretend to be a line of its own.
#pragma once

#include <string>

namespace crmaudit::reports::purge {

/// The text with a space for each control character.
inline std::string on_one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
    return text;
}

}  // namespace crmaudit::reports::purge
