#include "auditor/classify/checksums.h"

#include <algorithm>
#include <array>

#include "auditor/classify/bank_numbers.h"
#include "auditor/classify/contact_forms.h"
#include "auditor/classify/national_ids.h"
#include "auditor/classify/tax_ids.h"
#include "auditor/classify/technical_forms.h"

namespace crmaudit::classify {
namespace {

constexpr std::array<Checksum, 27> table{{
    {"at_svnr", is_at_svnr},
    {"be_rrn", is_be_rrn},
    {"br_cpf", is_br_cpf},
    {"ch_ahv", is_ch_ahv},
    {"coordinate", is_coordinate, false},
    {"coordinates", is_coordinate_pair, false},
    {"de_rvnr", is_de_rvnr},
    {"de_tax_id", is_de_tax_id},
    {"es_dni", is_es_dni},
    {"eu_vat", is_eu_vat},
    {"fr_nir", is_fr_nir},
    {"iban", is_iban},
    {"international_phone", is_international_phone, false},
    {"ipv4", is_ipv4, false},
    {"ipv6", is_ipv6, false},
    {"it_codice_fiscale", is_it_codice_fiscale},
    {"mail_address", is_mail_address, false},
    {"national_phone", is_national_phone, false},
    {"nl_bsn", is_nl_bsn},
    {"payment_card", is_payment_card},
    {"pl_pesel", is_pl_pesel},
    {"pt_cc", is_pt_cc},
    {"pt_nif", is_pt_nif},
    {"random_text", is_random_text, false},
    {"uk_nhs", is_uk_nhs},
    {"uk_nino", is_uk_nino, false},
    {"us_ssn", is_us_ssn, false},
}};

}  // namespace

std::span<const Checksum> checksums() { return table; }

const Checksum* find_checksum(std::string_view name) {
    const auto found =
        std::lower_bound(table.begin(), table.end(), name,
                         [](const Checksum& checksum, std::string_view wanted) { return checksum.name < wanted; });
    return found == table.end() || found->name != name ? nullptr : &*found;
}

}  // namespace crmaudit::classify
