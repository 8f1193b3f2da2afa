#include "tests/support/value_sets.h"

#include <functional>

#include "tests/support/dice.h"
#include "tests/support/numbers.h"

namespace crmaudit::test {
namespace {

constexpr int size = 400;

const std::vector<std::string> first_names{"anna", "peter", "maria", "jean-luc", "sofia", "piotr", "inês", "tom"};
const std::vector<std::string> last_names{"muster", "schmidt", "dupont", "rossi", "jansen", "nowak", "silva", "müller"};
const std::vector<std::string> domains{"example.org", "mail.example.com", "firma-köln.example", "example.co.uk",
                                       "crm.example.net"};
const std::vector<std::string> words{"Lieferung", "Angebot", "Rechnung", "Muster", "Projekt",
                                     "Wartung",   "Lizenz",  "Server",   "Kabel",  "Set"};

class Sets {
public:
    void add(std::string name, std::string family, Category category, const std::function<std::string(Dice&)>& make) {
        ValueSet set{std::move(name), std::move(family), category, {}};
        Dice dice{sets.size() * 977 + 5};
        for (int i = 0; i < size; ++i) set.values.push_back(make(dice));
        sets.push_back(std::move(set));
    }
    /// One of the forms, filled with digits and letters.
    void forms(std::string name, std::string family, Category category, const std::vector<std::string>& list) {
        add(std::move(name), std::move(family), category, [&list](Dice& dice) { return dice.fill(dice.pick(list)); });
    }
    void counted(const std::string& name, std::uint64_t start) {
        std::uint64_t next = start;
        add(name, "", Category::none, [&next](Dice&) { return std::to_string(next++); });
    }

    std::vector<ValueSet> sets;
};

/// "123456789" as "123 456 789": groups of these sizes, in every third number.
std::string grouped(Dice& dice, const std::string& number, const std::vector<std::size_t>& sizes, const char* between) {
    if (dice.below(3) != 0) return number;
    std::string text;
    std::size_t at = 0;
    for (const std::size_t count : sizes) {
        text += (text.empty() ? "" : between) + number.substr(at, count);
        at += count;
    }
    return text;
}

void add_contacts(Sets& sets) {
    sets.add("e-mail addresses", "email", Category::email, [](Dice& dice) {
        const std::string local = dice.pick(first_names) + dice.one_of("._-") + dice.pick(last_names);
        return (dice.below(9) == 0 ? "Info <" + local : local) + dice.digits(dice.below(3)) + "@" + dice.pick(domains) +
               "";
    });
    sets.forms("international phone numbers", "phone_international", Category::phone,
               {"+49 %## %######", "+49 (0)%#/%######", "+49%#########",     "0049 %## %#######", "+43 1 %######",
                "+43 664 %######", "+41 %# ### ## ##",  "+33 % ## ## ## ##", "+34 6## ### ###",   "+39 3## ### ####",
                "+31 6 ########",  "+32 4## ## ## ##",  "+48 %## ### ###",   "+351 9## ### ###",  "+44 20 #### ####",
                "+44 7### ######", "+1 (2%#) 5##-####", "+1-415-5##-####",   "0033 %########",    "+49-%#-#######-##"});
    sets.forms(
        "national phone numbers", "phone_national", Category::phone,
        {"0%# / %######", "0%#/%#######",   "0%##-%######",   "(0%#) %######",  "(0%##) %##-##",  "017# #######",
         "0664 %######",  "01 %## ## ##",   "0%# ### ## ##",  "0% ## ## ## ##", "06 ## ## ## ##", "0%#.##.##.##.##",
         "06-########",   "020-%######",    "04## ## ## ##",  "0%## %#######",  "020 #### ####",  "07### ######",
         "02 ########",   "0%#-#######-##", "(2%#) 5##-####", "415-5##-####",   "312.5##.####",   "06 %######"});
    sets.forms(
        "phone numbers in groups of three", "phone_national", Category::phone,
        {"6## ### ###", "9## ### ###", "2## ### ###", "5## ### ###", "%# ### ## ##", "3## #######", "91# ### ###"});
    sets.forms("mobile numbers without separators", "phone_national", Category::phone,
               {"0151########", "0160#######", "0171#######", "07#########", "06########", "04########", "079#######"});
    sets.forms("profiles", "social_profile", Category::online_handle,
               {"https://www.linkedin.com/in/&&&&-&&&&&/", "https://www.xing.com/profile/@&&&_@&&&&&",
                "https://twitter.com/&&&&&##", "instagram.com/&&&&&&", "https://de-de.facebook.com/&&&&.&&&&&&"});
}

void add_payment(Sets& sets) {
    sets.add("IBANs", "iban", Category::bank_account, [](Dice& dice) {
        const std::string iban = make_iban(dice);
        if (dice.below(2) == 0) return iban;
        std::string spaced;
        for (std::size_t i = 0; i < iban.size(); ++i) spaced += (i > 0 && i % 4 == 0 ? " " : "") + iban.substr(i, 1);
        return spaced;
    });
    sets.add("cards", "payment_card", Category::payment_card, [](Dice& dice) {
        const std::string card = make_card(dice);
        return card.size() == 16 ? grouped(dice, card, {4, 4, 4, 4}, dice.below(2) == 0 ? " " : "-") : card;
    });
}

void add_national(Sets& sets) {
    const auto id = [&](const char* name, const char* family, Category category, std::string (*make)(Dice&)) {
        sets.add(name, family, category, make);
    };
    sets.add("Steuer-IDs", "de_tax_id", Category::tax_id, [](Dice& dice) {
        return grouped(dice, make_de_tax_id(dice), {2, 3, 3, 3}, " ");
    });
    sets.add("Rentenversicherungsnummern", "de_rvnr", Category::government_id, [](Dice& dice) {
        return grouped(dice, make_de_rvnr(dice), {2, 6, 1, 3}, " ");
    });
    sets.add("Austrian insurance numbers", "at_svnr", Category::government_id, [](Dice& dice) {
        return grouped(dice, make_at_svnr(dice), {4, 6}, " ");
    });
    sets.add("AHV numbers", "ch_ahv", Category::government_id, [](Dice& dice) {
        return grouped(dice, make_ch_ahv(dice), {3, 4, 4, 2}, ".");
    });
    sets.add("NIR", "fr_nir", Category::government_id, [](Dice& dice) {
        return grouped(dice, make_fr_nir(dice), {1, 2, 2, 2, 3, 3, 2}, " ");
    });
    id("DNI", "es_dni", Category::government_id, make_es_dni);
    id("NIE", "es_nie", Category::government_id, make_es_nie);
    id("codici fiscali", "it_codice_fiscale", Category::tax_id, make_it_codice_fiscale);
    id("BSN", "nl_bsn", Category::government_id, make_nl_bsn);
    sets.add("Rijksregisternummers", "be_rrn", Category::government_id, [](Dice& dice) {
        const std::string number = make_be_rrn(dice);
        if (dice.below(2) == 0) return number;
        return number.substr(0, 2) + "." + number.substr(2, 2) + "." + number.substr(4, 2) + "-" + number.substr(6, 3) +
               "." + number.substr(9);
    });
    id("PESEL", "pl_pesel", Category::government_id, make_pl_pesel);
    id("cartões de cidadão", "pt_cc", Category::government_id, make_pt_cc);
    id("NIF", "pt_nif", Category::tax_id, make_pt_nif);
    id("NINO", "uk_nino", Category::government_id, make_uk_nino);
    sets.add("NHS numbers", "uk_nhs", Category::government_id, [](Dice& dice) {
        return grouped(dice, make_uk_nhs(dice), {3, 3, 4}, " ");
    });
    id("SSN", "us_ssn", Category::government_id, make_us_ssn);
    sets.add("CPF", "br_cpf", Category::tax_id, [](Dice& dice) {
        const std::string number = make_br_cpf(dice);
        return number.substr(0, 3) + "." + number.substr(3, 3) + "." + number.substr(6, 3) + "-" + number.substr(9);
    });
    id("VAT numbers", "eu_vat", Category::tax_id, make_de_vat);
}

void add_technical(Sets& sets) {
    sets.add("IPv4", "ipv4", Category::ip_address, [](Dice& dice) {
        std::string text = std::to_string(dice.between(11, 126)) + "." + std::to_string(dice.between(0, 255)) + ".";
        text += std::to_string(dice.between(0, 255));
        return text + "." + std::to_string(dice.between(1, 254));
    });
    sets.forms("IPv6", "ipv6", Category::ip_address,
               {"2001:db8:~~~~:~~~~:~~~~:~~~~:~~~~:~~~~", "2a02:810%:~~~~::~~~~", "fe80::~~~~:~~~~:~~~~:~~~~"});
    sets.forms("MAC", "mac", Category::device_id, {"~~:~~:~~:~~:~~:~~", "~~-~~-~~-~~-~~-~~"});
    sets.forms("browsers", "user_agent", Category::user_agent,
               {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1#%.0.0.0 "
                "Safari/537.36",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 1%_# like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Mobile/15E148",
                "Mozilla/5.0 (X11; Linux x86_64; rv:1##.0) Gecko/20100101 Firefox/1##.0"});
    sets.forms("coordinates", "coordinates", Category::geo_location,
               {"4#.####%#, 1#.####%#", "5#.###%,-0.###%", "-3#.####% ; 1#.####%"});
    sets.forms("bcrypt", "hash_bcrypt", Category::credential,
               {"$2y$10$&#@&@##&@#&&@##&@&#&@#@&&#@&&#&&@@##&&&@@##&&&@@##&&@"});
    sets.forms("argon2", "hash_argon2", Category::credential,
               {"$argon2id$v=19$m=65536,t=3,p=4$@&#@&#@&#@&#@&#@$&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#"});
    sets.forms("Django's hashes", "hash_pbkdf2", Category::credential,
               {"pbkdf2_sha256$260000$&@#&@#&@$@&#@&#@&#@&#@&#@&#@&#@&#@&#@&#@&#@&#=",
                "pbkdf2_sha1$180000$&@#&@#&@$@&#@&#@&#@&#@&#@&#@&#="});
    sets.forms(
        "sha512-crypt", "hash_crypt", Category::credential,
        {"$6$rounds=5000$&&##@@&&$@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&",
         "$1$&&##@@&&$@#&@#&@#&@#&@#&@#&@#&@"});
    sets.add("MySQL's hashes", "hash_mysql", Category::credential,
             [](Dice& dice) { return "*" + dice.some("0123456789ABCDEF", 40); });
    sets.forms("phpass", "hash_phpass", Category::credential, {"$P$B&#@&@##&@#&&@##&@&#@&#@&&#@&&#"});
    sets.forms("LDAP's hashes", "hash_ldap", Category::credential, {"{SSHA}&#@&@##&@#&&@##&@&#@&#@&&#@&&#=="});
    sets.forms("scrypt", "hash_scrypt", Category::credential,
               {"scrypt:32768:8:1$&@#&@#&@$~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"});
    sets.forms("salted sums", "hash_salted_hex", Category::credential,
               {"~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~:&@#&@#&@#&@#&@#&"});
    sets.forms("private keys", "token_private_key", Category::credential,
               {"-----BEGIN RSA PRIVATE KEY-----\n@&#@&#@&#@&#/@&#=\n-----END RSA PRIVATE KEY-----"});
    sets.forms("cookies of browsers", "tracking_cookie", Category::device_id,
               {"GA1.2.%########.16########", "fb.1.16###########.%########"});
    sets.forms("advertising ids with their name", "advertising_id", Category::device_id,
               {"idfa=~~~~~~~~-~~~~-4~~~-a~~~-~~~~~~~~~~~~"});
    sets.add("JWT", "token_jwt", Category::credential, [](Dice& dice) {
        return "eyJhbGciOiJIUzI1NiJ9.eyJ" + dice.fill("&@#&@#&@#&@#") + "." + dice.fill("@&#@&#@&#-_@&#@&#");
    });
    sets.forms(
        "keys of services", "token_service", Category::credential,
        {"sk_live_&@#&@#&@#&@#&@#&@#&@#&@#", "ghp_&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#&@#", "xoxb-#########-&&@@##&&@@"});
    sets.add("AWS keys", "token_aws", Category::credential,
             [](Dice& dice) { return "AKIA" + dice.some("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16); });
}

/// What looks nearly like a person's data, and is none.
void add_negatives(Sets& sets) {
    const auto none = [&](const char* name, const std::vector<std::string>& forms) {
        sets.forms(name, "", Category::none, forms);
    };
    sets.counted("row numbers", 1);
    sets.counted("counted numbers of nine digits", 100'000'017);
    sets.counted("counted numbers of eleven digits", 10'000'000'042);
    sets.counted("moments as seconds", 1'700'000'000);
    none("random numbers of nine digits", {"%########"});
    none("random numbers of ten digits", {"%#########"});
    none("random numbers of eleven digits", {"%##########"});
    none("random numbers of sixteen digits", {"%###############"});
    none("order numbers", {"2024-######", "RE-2024-####", "SO########", "A-####-##", "PO/2025/#####", "#####/####"});
    none("article numbers", {"@@-####-##", "@##-@@-####", "####.####.##", "@@@&&-###", "0-###-#####-#"});
    none("prices", {"%#.##", "%###.##", "%.###,##", "0.##", "%##.######", "%# ###,##"});
    none("rates", {"1.######", "0.####", "%#.#####"});
    none("postal codes", {"#####", "####", "@@# #@@", "####-###", "#### @@"});
    none("colours", {"#~~~~~", "~~~~~~"});
    none("versions", {"1.#.%.#", "%.#.1#", "2#.1.#.#", "v%.#.#", "10.0.1.##"});
    none("moments",
         {"202#-0%-1# 1#:2#:3#", "202#-1#-0%T0#:1#:2#Z", "202#-0%-2#T1#:00:00+02:00", "0%.0%.202#", "1#/1#/202#"});
    none("times", {"1#:#0:00", "0#:1#", "1#:3#:2#.###"});
    none("keys", {"~~~~~~~~-~~~~-4~~~-a~~~-~~~~~~~~~~~~"});
    none("sums of files", {"~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"});
    none("files", {"logo@2x.png", "&&&&-####.pdf", "IMG_####.jpg", "/var/log/&&&&/&&&.log"});
    none("pages", {"https://www.example.org/&&&&/&&&&&?id=####", "http://shop.example.com/p/#####"});
    none("settings", {"{\"&&&&\":#,\"&&\":true}", "a:#:{s:#:\"&&&\";}", "&&&&_&&&&_##"});
    none("amounts with units", {"%# kg", "%## EUR", "%# %", "# x ## cm", "%.### Stück"});
    sets.add("barcodes", "", Category::none, make_ean);
    sets.add("padded numbers", "", Category::none, [](Dice& dice) { return "0000" + dice.fill("%#####"); });
    sets.add("products", "", Category::none,
             [](Dice& dice) { return dice.pick(words) + " " + dice.pick(words) + " " + dice.fill("@@###"); });
    sets.add("names", "", Category::none,
             [](Dice& dice) { return std::string{"Dr. "} + dice.pick(first_names) + " " + dice.pick(last_names); });
    sets.add("addresses", "", Category::none, [](Dice& dice) {
        const std::string street = dice.pick(words) + "straße " + dice.fill("%#");
        return street + ", " + dice.fill("%####") + " " + dice.pick(words);
    });
}

}  // namespace

std::vector<ValueSet> value_sets() {
    Sets sets;
    add_contacts(sets);
    add_payment(sets);
    add_national(sets);
    add_technical(sets);
    add_negatives(sets);
    return std::move(sets.sets);
}

}  // namespace crmaudit::test
