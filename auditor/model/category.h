// What a column holds about a person: the data categories of the classification.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace crmaudit {

enum class Category {
    none,
    person_name,
    email,
    phone,
    postal_address,
    birth_date,
    age,
    gender,
    marital_status,
    nationality,
    language,
    photo,
    government_id,
    tax_id,
    bank_account,
    payment_card,
    income,
    credential,
    ip_address,
    device_id,
    geo_location,
    user_agent,
    online_handle,
    job,
    employer,
    health,
    religion,
    ethnicity,
    political,
    union_membership,
    sexual_orientation,
    biometric,
    criminal,
    family,
    free_text,
    consent,
    consent_evidence,
    tracking,
    data_source,
    activity_time,
    person_key,
};

std::string_view to_string(Category category);
std::optional<Category> category_from(std::string_view name);
std::span<const Category> all_categories();

/// Data that says something about a person by itself, unlike keys, times, consent and tracking marks beside it.
bool is_core_personal(Category category);

/// Art. 9 and 10 GDPR: health, beliefs, origin, union, sexual life, biometrics, criminal records.
bool is_special(Category category);

}  // namespace crmaudit
