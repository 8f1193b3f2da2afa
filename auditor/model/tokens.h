// Tokens: the words that a technical name is made of, the form in which names and lexicons are compared.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crmaudit {

/// Words of a name in lower case, without accents ("Straße" is "strasse", "größe" is "groesse"), split at every
/// character that is neither letter nor digit, between letters and digits, and where camelCase or PascalCase begins a
/// word: "llx_dateOfBirth2" is llx, date, of, birth, 2 and "IPAddress" is ip, address. Any bytes are accepted; what is
/// not UTF-8 separates.
std::vector<std::string> tokens_of(std::string_view name);

}  // namespace crmaudit
