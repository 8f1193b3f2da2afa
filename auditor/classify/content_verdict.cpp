#include "auditor/classify/content_verdict.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "auditor/classify/birth_dates.h"
#include "auditor/classify/checksums.h"
#include "auditor/classify/declared.h"
#include "auditor/classify/judge_column.h"

namespace crmaudit::classify {
namespace {

constexpr std::int64_t fewest_filled = 5;      // fewer values say nothing, and a share of them would single some out
constexpr std::int64_t fewest_for_share = 20;  // fewer are told in words, without numbers
constexpr std::int64_t fewest_for_absence = 20;
constexpr double birth_date_weight = 0.85;  // the spread of years is no proof
constexpr double prose_weight = 0.65;       // prose may be about products
constexpr double least_prose = 0.5;

/// Wilson's bounds of a share at 95 %: what the column may hold when the sample holds this much.
struct Bounds {
    double lower = 0;
    double upper = 1;
};

Bounds wilson(double hits, double values) {
    constexpr double z = 1.96;
    const double share = hits / values;
    const double scale = 1 + z * z / values;
    const double middle = share + z * z / (2 * values);
    const double width = z * std::sqrt(share * (1 - share) / values + z * z / (4 * values * values));
    return {(middle - width) / scale, (middle + width) / scale};
}

double rounded(double confidence) { return std::round(confidence * 100) / 100; }

double number(std::int64_t count) { return static_cast<double>(count); }

/// What was seen of one category.
struct Seen {
    Category category = Category::none;
    std::int64_t values = 0;    // at most all
    double weighted = 0;        // of them, by the weights of their patterns
    std::int64_t of_first = 0;  // by the pattern that is seen most
    std::string pattern;
    bool has_check_digits = false;
};

/// Values of the pattern: whole ones, and those a little longer ("Name <address>") in a column that is not prose.
std::int64_t values_of(const PatternCount& count, const ColumnContent& content) {
    const bool is_prose = number(content.texts) >= 0.2 * number(content.filled);
    return count.whole + (is_prose ? 0 : count.within);
}

double weight_of(const PatternCount& count, const ValueScanner& scanner) {
    if (count.pattern == birth_date_pattern) return birth_date_weight;
    const ValuePattern* pattern = scanner.find(count.pattern);
    return pattern == nullptr ? 0 : pattern->weight;
}

void add(Seen& seen, const PatternCount& count, std::int64_t values, const ValueScanner& scanner) {
    seen.category = count.category;
    seen.values += values;
    seen.weighted += number(values) * weight_of(count, scanner);
    if (values <= seen.of_first) return;
    seen.of_first = values;
    seen.pattern = count.pattern;
    const ValuePattern* pattern = scanner.find(count.pattern);
    const Checksum* checksum = pattern == nullptr ? nullptr : find_checksum(pattern->checksum);
    seen.has_check_digits = checksum != nullptr && checksum->has_check_digits;
}

/// By category. A value that matches two patterns of one category counts once at most: the sum ends at all values.
std::map<Category, Seen> seen_in(const ColumnContent& content, const ValueScanner& scanner) {
    std::map<Category, Seen> categories;
    for (const PatternCount& count : content.patterns) {
        const std::int64_t values = values_of(count, content);
        if (!count.hint && values > 0) add(categories[count.category], count, values, scanner);
    }
    for (auto& [category, seen] : categories) {
        if (seen.values <= content.filled) continue;
        seen.weighted *= number(content.filled) / number(seen.values);
        seen.values = content.filled;
    }
    return categories;
}

/// "97% of 812 values read": rounded, and without numbers where few values would be told apart.
std::string share_in_words(std::int64_t part, std::int64_t filled) {
    if (filled < fewest_for_share) return "most of the few values read";
    const double percent = 100 * number(part) / number(filled);
    const bool few_others = part < filled && filled - part < fewest_filled;
    if (few_others) return "nearly all of " + std::to_string(filled) + " values read";
    return std::to_string(std::lround(percent)) + "% of " + std::to_string(filled) + " values read";
}

/// Kinds of values that the patterns know all forms of: where none is seen, there are none.
bool is_fully_known(Category category) {
    return category == Category::email || category == Category::phone || category == Category::ip_address ||
           category == Category::user_agent;
}

/// Values of the second category are at home in a column of the first: a login may be an e-mail address.
bool may_hold(Category column, Category values) {
    switch (column) {
        case Category::government_id: return values == Category::tax_id;
        case Category::tax_id: return values == Category::government_id;
        case Category::credential: return values == Category::device_id;
        case Category::device_id:
            return values == Category::credential || values == Category::ip_address || values == Category::user_agent;
        case Category::online_handle: return values == Category::email || values == Category::phone;
        case Category::person_key:
            return values == Category::email || values == Category::government_id || values == Category::tax_id ||
                   values == Category::device_id;
        case Category::consent_evidence:
        case Category::tracking:
        case Category::data_source:
            return values == Category::ip_address || values == Category::user_agent || values == Category::email ||
                   values == Category::device_id || values == Category::free_text;
        case Category::activity_time: return values == Category::birth_date;
        default: return values == Category::free_text;
    }
}

/// What the name said against the category that the values are of.
double objection(const ColumnClassification& column, Category category) {
    double sum = 0;
    for (const ClassificationEvidence& evidence : column.evidence) {
        if (evidence.category == category && evidence.weight < 0) sum -= evidence.weight;
    }
    return std::min(sum, 1.0);
}

void note(ColumnClassification& column, Category category, double weight, std::string text) {
    column.evidence.push_back({EvidenceKind::content, category, rounded(weight), std::move(text)});
}

/// How far the values bear the name out: its confidence falls where they should and do not.
void weigh_absence(ColumnClassification& column, const ValueScanner& scanner) {
    if (!is_fully_known(column.category) || column.content->filled < fewest_for_absence) return;
    const auto categories = seen_in(*column.content, scanner);
    const auto seen = categories.find(column.category);
    const std::int64_t values = seen == categories.end() ? 0 : seen->second.values;
    if (wilson(number(values), number(column.content->filled)).upper >= 0.25) return;
    note(column, column.category, -column.confidence * 0.4,
         "hardly any of the values read look like " + std::string{to_string(column.category)});
    column.confidence = rounded(column.confidence * 0.6);
}

void contradict_or_add(ColumnClassification& column, const ContentOpinion& opinion) {
    double strength = opinion.confidence;
    // Prose tells nothing that a name does not tell better; the spread of years little where the name objects.
    if (opinion.category == Category::free_text || opinion.category == Category::birth_date) {
        const bool spoken_for = opinion.category == Category::free_text && !column.evidence.empty();
        strength *= spoken_for ? 0.5 : 1 - objection(column, opinion.category) / 2;
    }
    const bool decides = column.category == Category::none
                             ? strength >= threshold
                             : strength >= threshold && strength > column.confidence * 0.85;
    if (!decides) {
        note(column, opinion.category, strength, opinion.reason);
        return;
    }
    if (column.category != Category::none) {
        note(column, column.category, -column.confidence,
             "the values contradict the name, which says " + std::string{to_string(column.category)});
    }
    note(column, opinion.category, strength, opinion.reason);
    column.category = opinion.category;
    column.confidence = rounded(strength);
}

}  // namespace

ContentOpinion opinion_of(const ColumnContent& content, const ValueScanner& scanner) {
    if (content.filled < fewest_filled) return {};
    const double filled = number(content.filled);
    ContentOpinion best;
    for (const auto& [category, seen] : seen_in(content, scanner)) {
        const double weight = seen.weighted / number(seen.values);
        const double confidence = rounded(std::min(0.99, wilson(number(seen.values), filled).lower * weight));
        if (seen.values < fewest_filled || confidence <= best.confidence) continue;
        const bool by_years = seen.pattern == birth_date_pattern;
        best = {category, confidence,
                share_in_words(seen.values, content.filled) +
                    (by_years ? " are days spread over the years like dates of birth"
                              : " match " + seen.pattern + (seen.has_check_digits ? " (check digits right)" : ""))};
    }
    if (best.confidence < threshold) best = {};
    const bool has_prose = content.filled >= fewest_for_share && number(content.texts) >= least_prose * filled;
    if (best.category == Category::none && has_prose) {
        const double confidence = rounded(wilson(number(content.texts), filled).lower * prose_weight);
        best = {Category::free_text, confidence, share_in_words(content.texts, content.filled) + " are prose"};
    }
    return best;
}

void weigh_content(ColumnClassification& column, const ValueScanner& scanner) {
    if (!column.content || column.content->filled == 0 || is_declared(column)) return;
    weigh_absence(column, scanner);
    const ContentOpinion opinion = opinion_of(*column.content, scanner);
    if (opinion.category == Category::none) return;
    if (opinion.category == column.category) {
        note(column, opinion.category, opinion.confidence, opinion.reason);
        column.confidence = rounded(std::min(0.99, 1 - (1 - column.confidence) * (1 - opinion.confidence)));
    } else if (column.category != Category::none && may_hold(column.category, opinion.category)) {
        note(column, opinion.category, opinion.confidence, opinion.reason);
    } else {
        contradict_or_add(column, opinion);
    }
}

}  // namespace crmaudit::classify
