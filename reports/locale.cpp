#include "reports/locale.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <pugixml.hpp>
#include <stdexcept>

#include "auditor/data/embedded.h"
#include "reports/formats/formats.h"

namespace crmaudit::reports {
namespace {

constexpr std::string_view folder = "reports/locales/";

std::string filled(std::string_view pattern, const Values& values) {
    std::string text;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        text += pattern.substr(0, open);
        const auto name = pattern.substr(open + 1, close - open - 1);
        const auto value =
            std::find_if(values.begin(), values.end(), [&](const auto& entry) { return entry.first == name; });
        text += value == values.end() ? pattern.substr(open, close - open + 1) : std::string_view{value->second};
        pattern.remove_prefix(close + 1);
    }
    return text.append(pattern);
}

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

}  // namespace

std::vector<std::string> languages() {
    std::vector<std::string> found;
    for (std::string_view path : data::embedded_under(folder)) {
        path.remove_prefix(folder.size());
        found.emplace_back(path.substr(0, path.rfind('.')));
    }
    return found;
}

Locale::Locale(std::string_view language) : language_(language) {
    const auto file = data::embedded(std::string{folder} + language_ + ".xml");
    if (!file) {
        std::string known;
        for (const std::string& each : languages()) known += (known.empty() ? "" : ", ") + each;
        throw std::invalid_argument("no report language '" + language_ + "'; there are: " + known);
    }
    pugi::xml_document document;
    if (!document.load_buffer(file->data(), file->size())) throw std::logic_error("broken locale " + language_);
    for (const pugi::xml_node node : document.document_element().children()) {
        const std::string key = node.attribute("key").value();
        if (std::string_view{node.name()} == "plural") {
            plurals_[key] = {node.attribute("one").value(), node.attribute("other").value()};
        } else {
            texts_[key] = node.text().get();
        }
    }
}

std::optional<std::string_view> Locale::find(const std::string& key) const {
    const auto found = texts_.find(key);
    if (found == texts_.end()) return std::nullopt;
    return found->second;
}

std::string Locale::text(std::string_view key, const Values& values) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? std::string{key} : filled(found->second, values);
}

std::string Locale::counted(std::string_view key, std::int64_t count, const Values& values) const {
    const auto found = plurals_.find(key);
    if (found == plurals_.end()) return std::string{key};
    Values all = values;
    all.emplace_back("n", number(count));
    return filled(count == 1 ? found->second.one : found->second.other, all);
}

std::string Locale::word(std::string_view group, std::string_view name) const {
    return std::string{find(std::string{group} + "." + std::string{name}).value_or(name)};
}

std::string Locale::number(std::int64_t value) const {
    std::string digits = std::to_string(value);
    const std::string separator = text("number.thousands");
    const std::size_t sign = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) {
        at -= 3;
        digits.insert(at, separator);
    }
    return digits;
}

std::string Locale::percent(std::int64_t part, std::int64_t whole) const {
    if (whole <= 0) return {};
    const double exact = static_cast<double>(part) * 1000 / static_cast<double>(whole);
    std::int64_t tenths = std::llround(exact);
    std::string sign;
    if (tenths == 0 && part > 0) {
        sign = "<";
        tenths = 1;
    } else if (tenths >= 1000 && part < whole) {
        sign = ">";
        tenths = 999;
    }
    const std::string digits = number(tenths / 10) + text("number.decimal") + std::to_string(tenths % 10);
    return sign + text("number.percent", {{"n", digits}});
}

std::string Locale::date(Date date) const {
    const auto day = static_cast<unsigned>(date.day());
    const auto month = static_cast<unsigned>(date.month());
    return text("date", {{"d", std::to_string(day)},
                         {"dd", two_digits(day)},
                         {"mm", two_digits(month)},
                         {"month", text("month." + std::to_string(month))},
                         {"year", std::to_string(static_cast<int>(date.year()))}});
}

std::string Locale::date(std::string_view iso) const {
    const auto parsed = parse_date(iso);
    return parsed ? date(*parsed) : std::string{iso};
}

std::string Locale::article(std::string_view article) const {
    std::string cited{article.substr(0, article.find('('))};
    article.remove_prefix(cited.size());
    bool paragraph_done = false;
    while (article.starts_with('(')) {
        const auto close = article.find(')');
        if (close == std::string_view::npos) break;
        const std::string part{article.substr(1, close - 1)};
        const bool numeric = !part.empty() && is_digit(part.front());
        const char* level = !numeric ? "article.letter" : paragraph_done ? "article.number" : "article.paragraph";
        paragraph_done = paragraph_done || numeric;
        cited += text(level, {{"part", part}});
        article.remove_prefix(close + 1);
    }
    return cited.append(article);
}

std::string Locale::basis(const LegalBasis& basis) const {
    const std::string law = word("law", basis.law);
    const bool numbered = !basis.article.empty() && is_digit(basis.article.front());
    const std::string mark = numbered ? word("law_mark", basis.law) : "";
    const std::string prefix = mark.empty() || mark == basis.law ? "" : mark + "\u00A0";
    return prefix + article(basis.article) + (basis.article.empty() ? "" : " ") + law;
}

std::string Locale::period(Period period) const {
    std::vector<std::string> parts;
    const auto add = [&](const char* key, int count) {
        if (count != 0) parts.push_back(counted(key, count));
    };
    add("n.years", period.months / 12);
    add("n.months", period.months % 12);
    add("n.days", period.days);
    return parts.empty() ? counted("n.days", 0) : list(parts);
}

std::string Locale::reason(std::string_view reason) const {
    const auto colon = reason.find(": ");
    const std::string code{reason.substr(0, colon)};
    const auto known = find("reason." + code);
    if (!known) return std::string{reason};
    if (colon == std::string_view::npos) return std::string{*known};
    const std::string detail = word("role", reason.substr(colon + 2));
    return text("reason_with_detail", {{"reason", std::string{*known}}, {"detail", detail}});
}

std::string Locale::fact(std::string_view fact) const {
    const auto colon = fact.find(": ");
    if (colon == std::string_view::npos) return word("fact", fact);
    const std::string key = "fact." + std::string{fact.substr(0, colon)};
    if (!find(key)) return std::string{fact};
    return text(key, {{"detail", word("category", fact.substr(colon + 2))}});
}

std::string Locale::detail(std::string_view name) const {
    if (const auto colon = name.find(": "); colon != std::string_view::npos) {
        const std::string key = "detail." + std::string{name.substr(0, colon)};
        if (find(key)) return text(key, {{"detail", std::string{name.substr(colon + 2)}}});
    }
    return find("detail." + std::string{name}) ? word("detail", name) : word("category", name);
}

std::string Locale::list(const std::vector<std::string>& items) const {
    std::string joined;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) joined += i + 1 == items.size() ? text("list.last") : ", ";
        joined += items[i];
    }
    return joined;
}

std::vector<std::string> Locale::keys() const {
    std::vector<std::string> all;
    for (const auto& [key, text] : texts_) all.push_back(key);
    for (const auto& [key, forms] : plurals_) all.push_back(key);
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace crmaudit::reports
