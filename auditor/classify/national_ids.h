// Numbers that states give to persons, with the check digits of each scheme and the birth dates inside them.
#pragma once

#include <string_view>

namespace crmaudit::classify {

/// Austria, Versicherungsnummer: the fourth digit checks, weights 3 7 9 5 8 4 2 1 6, modulo 11. Months 13 to 15 exist.
bool is_at_svnr(std::string_view text);

/// Belgium, Rijksregisternummer and BIS number (month + 20 or + 40): 97 less the remainder, with a 2 before it for who
/// was born from 2000 on.
bool is_be_rrn(std::string_view text);

/// Switzerland, AHV number: an EAN-13 with the country's 756.
bool is_ch_ahv(std::string_view text);

/// Germany, Rentenversicherungsnummer: VKVV, weights 2 1 2 5 7 1 2 1 2 1 2 1, sums of digits, modulo 10.
bool is_de_rvnr(std::string_view text);

/// Spain, DNI and NIE: the letter of the remainder modulo 23.
bool is_es_dni(std::string_view text);

/// France, NIR: 97 less the remainder; 2A and 2B of Corsica count as 19 and 18.
bool is_fr_nir(std::string_view text);

/// Netherlands, burgerservicenummer: weights 9 to 2 and -1, modulo 11.
bool is_nl_bsn(std::string_view text);

/// Poland, PESEL: weights 1 3 7 9, modulo 10; the month tells the century.
bool is_pl_pesel(std::string_view text);

/// Portugal, document number of the cartão de cidadão: Luhn over letters and digits.
bool is_pt_cc(std::string_view text);

/// United Kingdom, NHS number: weights 10 to 2, modulo 11, in the ranges that are given (9 for tests) or, in Scotland,
/// with the day of birth.
bool is_uk_nhs(std::string_view text);

/// United Kingdom, National Insurance number: prefixes that are never given. It has no check digit.
bool is_uk_nino(std::string_view text);

/// United States, Social Security number: areas, groups and serials that are never given. It has no check digit.
bool is_us_ssn(std::string_view text);

}  // namespace crmaudit::classify
