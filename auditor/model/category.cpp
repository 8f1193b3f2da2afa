#include "auditor/model/category.h"

#include <algorithm>
#include <array>

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

using enum Category;

constexpr NameTable<Category, 41> names{{
    {none, "none"},
    {person_name, "person_name"},
    {email, "email"},
    {phone, "phone"},
    {postal_address, "postal_address"},
    {birth_date, "birth_date"},
    {age, "age"},
    {gender, "gender"},
    {marital_status, "marital_status"},
    {nationality, "nationality"},
    {language, "language"},
    {photo, "photo"},
    {government_id, "government_id"},
    {tax_id, "tax_id"},
    {bank_account, "bank_account"},
    {payment_card, "payment_card"},
    {income, "income"},
    {credential, "credential"},
    {ip_address, "ip_address"},
    {device_id, "device_id"},
    {geo_location, "geo_location"},
    {user_agent, "user_agent"},
    {online_handle, "online_handle"},
    {job, "job"},
    {employer, "employer"},
    {health, "health"},
    {religion, "religion"},
    {ethnicity, "ethnicity"},
    {political, "political"},
    {union_membership, "union_membership"},
    {sexual_orientation, "sexual_orientation"},
    {biometric, "biometric"},
    {criminal, "criminal"},
    {family, "family"},
    {free_text, "free_text"},
    {consent, "consent"},
    {consent_evidence, "consent_evidence"},
    {tracking, "tracking"},
    {data_source, "data_source"},
    {activity_time, "activity_time"},
    {person_key, "person_key"},
}};

constexpr auto values = [] {
    std::array<Category, names.size()> list{};
    std::transform(names.begin(), names.end(), list.begin(), [](const auto& entry) { return entry.first; });
    return list;
}();

}  // namespace

std::string_view to_string(Category category) { return name_in(names, category); }
std::optional<Category> category_from(std::string_view name) { return value_in(names, name); }
std::span<const Category> all_categories() { return values; }

bool is_core_personal(Category category) {
    switch (category) {
        case none:
        case activity_time:
        case person_key:
        case consent:
        case consent_evidence:
        case tracking:
        case data_source: return false;
        default: return true;
    }
}

bool is_special(Category category) {
    switch (category) {
        case health:
        case religion:
        case ethnicity:
        case political:
        case union_membership:
        case sexual_orientation:
        case biometric:
        case criminal: return true;
        default: return false;
    }
}

}  // namespace crmaudit
