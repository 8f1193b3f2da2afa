// What expressions for addresses and phone numbers cannot say.
#pragma once

#include <string_view>

namespace crmaudit::classify {

/// Lengths of RFC 5321, no empty part, and no file name: "logo@2x.png" is none.
bool is_mail_address(std::string_view text);

/// ITU-T E.164 with "+" or "00": a calling code that is given, and a length that it uses.
bool is_international_phone(std::string_view text);

/// Nine to thirteen digits that are no date, no SSN and not one digit over and over.
bool is_national_phone(std::string_view text);

}  // namespace crmaudit::classify
