// Valid numbers of each scheme, made by arithmetic of their own: none of the program's code checks itself here.
#pragma once

#include <string>

#include "tests/support/dice.h"

namespace crmaudit::test {

std::string make_iban(Dice& dice);
std::string make_card(Dice& dice);
std::string make_ean(Dice& dice);
std::string make_at_svnr(Dice& dice);
std::string make_be_rrn(Dice& dice);
std::string make_br_cpf(Dice& dice);
std::string make_ch_ahv(Dice& dice);
std::string make_de_rvnr(Dice& dice);
std::string make_de_tax_id(Dice& dice);
std::string make_de_vat(Dice& dice);
std::string make_es_dni(Dice& dice);
std::string make_es_nie(Dice& dice);
std::string make_fr_nir(Dice& dice);
std::string make_it_codice_fiscale(Dice& dice);
std::string make_nl_bsn(Dice& dice);
std::string make_pl_pesel(Dice& dice);
std::string make_pt_cc(Dice& dice);
std::string make_pt_nif(Dice& dice);
std::string make_uk_nhs(Dice& dice);
std::string make_uk_nino(Dice& dice);
std::string make_us_ssn(Dice& dice);

}  // namespace crmaudit::test
