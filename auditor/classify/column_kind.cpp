#include "auditor/classify/column_kind.h"

#include <algorithm>
#include <array>
#include <string>

namespace crmaudit::classify {
namespace {

using enum ColumnKind;

struct TypeWord {
    std::string_view text;
    ColumnKind kind;
};

/// Found anywhere in the type's name before its arguments; the first that is found decides.
constexpr std::array<TypeWord, 42> type_words{{
    {"bool", boolean},      {"interval", other}, {"point", other},        {"geometry", other},
    {"uniqueident", text},  {"uuid", text},      {"datetime", timestamp}, {"timestamp", timestamp},
    {"rowversion", binary}, {"varbit", binary},  {"date", date},          {"time", time},
    {"year", integer},      {"char", text},      {"text", text},          {"string", text},
    {"clob", text},         {"enum", text},      {"json", text},          {"xml", text},
    {"citext", text},       {"hstore", text},    {"inet", text},          {"cidr", text},
    {"memo", text},         {"sysname", text},   {"int", integer},        {"serial", integer},
    {"counter", integer},   {"number", decimal}, {"numeric", decimal},    {"decimal", decimal},
    {"double", decimal},    {"float", decimal},  {"real", decimal},       {"money", decimal},
    {"blob", binary},       {"binary", binary},  {"bytea", binary},       {"image", binary},
    {"raw", binary},        {"bit", boolean},
}};

std::string lower(std::string_view text) {
    std::string result{text.substr(0, 64)};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// "numeric(11,0)", "number(10)": no digit after the point.
bool has_no_fraction(std::string_view type, std::string_view name) {
    if (name.find("num") == std::string_view::npos && name.find("decimal") == std::string_view::npos) return false;
    const std::size_t comma = type.find(',');
    const std::size_t end = type.find(')');
    if (end == std::string_view::npos) return false;
    if (comma == std::string_view::npos || comma > end) return true;
    return type.substr(comma + 1, end - comma - 1).find_first_not_of(" 0") == std::string_view::npos;
}

/// Facts that are a yes or no by nature, or one of two; any other category's flag only speaks of the value.
double suits_boolean(Category category) {
    switch (category) {
        case Category::none:
        case Category::consent:
        case Category::tracking:
        case Category::gender:
        case Category::marital_status: return 1;
        default: return is_special(category) ? 1 : 0;
    }
}

double suits_moment(Category category) {
    switch (category) {
        case Category::birth_date:
        case Category::activity_time:
        case Category::consent:
        case Category::consent_evidence:
        case Category::tracking:
        case Category::marital_status:
        case Category::nationality:
        case Category::government_id:
        case Category::payment_card:
        case Category::bank_account:
        case Category::health:
        case Category::criminal:
        case Category::job: return 1;
        default: return 0;
    }
}

double suits_integer(Category category) {
    switch (category) {
        case Category::email:
        case Category::user_agent:
        case Category::free_text: return 0;
        case Category::phone: return 0.8;
        case Category::person_name:
        case Category::tax_id:
        case Category::government_id:
        case Category::credential:
        case Category::consent_evidence: return 0.7;
        default: return 1;
    }
}

double suits_decimal(Category category) {
    switch (category) {
        case Category::income:
        case Category::geo_location:
        case Category::age:
        case Category::health:
        case Category::person_key: return 1;
        case Category::phone:
        case Category::government_id:
        case Category::birth_date:
        case Category::tracking: return 0.6;
        default: return 0;
    }
}

/// What a program encrypts it keeps as bytes: names, numbers, addresses. A time or a flag it leaves as it is.
double suits_binary(Category category) {
    switch (category) {
        case Category::photo:
        case Category::biometric:
        case Category::credential:
        case Category::person_key:
        case Category::ip_address:
        case Category::device_id:
        case Category::free_text: return 1;
        case Category::activity_time:
        case Category::consent:
        case Category::consent_evidence:
        case Category::tracking:
        case Category::data_source: return 0.5;
        default: return 0.72;
    }
}

}  // namespace

ColumnKind kind_of_type(std::string_view type) {
    const std::string whole = lower(type);
    if (whole.starts_with("tinyint(1)") || whole.starts_with("bit(1)")) return boolean;
    // "enum('Y','N')"
    constexpr std::array<std::string_view, 6> answers{"'y','n'", "'n','y'",    "'0','1'",
                                                      "'1','0'", "'yes','no'", "'no','yes'"};
    for (const std::string_view pair : answers) {
        if (whole == "enum(" + std::string{pair} + ")") return boolean;
    }
    const std::string name = whole.substr(0, whole.find('('));
    const auto found = std::find_if(type_words.begin(), type_words.end(),
                                    [&](const TypeWord& word) { return name.find(word.text) != std::string::npos; });
    if (found == type_words.end()) return unknown;
    return found->kind == decimal && has_no_fraction(whole, name) ? integer : found->kind;
}

ColumnKind kind_of(const Column& column) {
    const ColumnKind named = kind_of_type(column.type);
    if (column.kind == unknown) return named;
    if ((column.kind == integer || column.kind == text) && named == boolean) return boolean;
    if (column.kind == decimal && named == integer) return integer;
    return column.kind;
}

double suits(ColumnKind kind, Category category) {
    switch (kind) {
        case boolean: return suits_boolean(category);
        case date:
        case timestamp: return suits_moment(category);
        case time: return category == Category::activity_time || category == Category::tracking ? 0.5 : 0;
        case integer: return suits_integer(category);
        case decimal: return suits_decimal(category);
        case binary: return suits_binary(category);
        case text: return category == Category::activity_time ? 0.8 : 1;
        default: return 1;
    }
}

}  // namespace crmaudit::classify
