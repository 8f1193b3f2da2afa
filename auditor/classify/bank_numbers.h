// Numbers of bank accounts and payment cards.
#pragma once

#include <string_view>

namespace crmaudit::classify {

/// ISO 13616: the country's length and the remainder 97. In a text more words of capitals may follow after a space.
bool is_iban(std::string_view text);

/// ISO/IEC 7812: an issuer's range with a length that it uses, and the Luhn digit.
bool is_payment_card(std::string_view text);

}  // namespace crmaudit::classify
