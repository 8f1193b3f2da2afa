// Numbers that tax offices give to persons and businesses, with the check digits of each scheme.
#pragma once

#include <string_view>

namespace crmaudit::classify {

/// Brazil, CPF: two digits modulo 11; eleven equal digits are never given.
bool is_br_cpf(std::string_view text);

/// Germany, Steuer-Identifikationsnummer: ISO/IEC 7064 MOD 11,10, and of the first ten digits exactly one comes twice
/// or three times, never three times in a row.
bool is_de_tax_id(std::string_view text);

/// VAT numbers with their country's prefix: AT, BE, DE, FR, IT.
bool is_eu_vat(std::string_view text);

/// Italy, codice fiscale: letters may stand for digits (omocodia); the last letter checks.
bool is_it_codice_fiscale(std::string_view text);

/// Portugal, NIF: weights 9 to 2, modulo 11.
bool is_pt_nif(std::string_view text);

}  // namespace crmaudit::classify
