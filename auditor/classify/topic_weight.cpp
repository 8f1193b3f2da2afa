#include "auditor/classify/topic_weight.h"

namespace crmaudit::classify {
namespace {

/// Reaches or identifies a person wherever it is kept.
bool is_strong_anywhere(Category category) {
    switch (category) {
        case Category::email:
        case Category::phone:
        case Category::credential:
        case Category::person_key:
        case Category::birth_date:
        case Category::consent:
        case Category::consent_evidence:
        case Category::ip_address: return true;
        default: return is_special(category);
    }
}

double in_company(Category category) {
    switch (category) {
        case Category::activity_time: return 0;
        case Category::tax_id:
        case Category::free_text: return 1;
        case Category::person_name:
        case Category::government_id: return 0.95;
        default: return is_strong_anywhere(category) ? 1 : 0.3;
    }
}

double in_catalogue(Category category) {
    switch (category) {
        case Category::activity_time: return 0;
        case Category::person_name: return 0.8;
        case Category::online_handle: return 0.7;
        default: return is_strong_anywhere(category) ? 0.8 : 0.3;
    }
}

double in_technical(Category category) {
    switch (category) {
        case Category::activity_time: return 0;
        case Category::person_name:
        case Category::online_handle:
        case Category::user_agent: return 1;
        default: return is_strong_anywhere(category) ? 1 : 0.6;
    }
}

double in_unknown(Category category) {
    switch (category) {
        case Category::activity_time: return 0;
        case Category::free_text: return 0.6;
        default: return is_strong_anywhere(category) ? 1 : 0.9;
    }
}

}  // namespace

double topic_weight(Topic topic, Category category) {
    switch (topic) {
        case Topic::company: return in_company(category);
        case Topic::catalogue: return in_catalogue(category);
        case Topic::technical: return in_technical(category);
        case Topic::unknown:
        case Topic::copy: return in_unknown(category);
        default: return 1;
    }
}

}  // namespace crmaudit::classify
