#include <re2/re2.h>

#include <algorithm>

#include "policies/files.h"
#include "policies/load.h"
#include "policies/read.h"

namespace crmaudit::policies {
namespace {

/// "sick leave", "burnout" as one expression for either.
std::string any_of_words(const std::vector<std::string>& list) {
    std::string words;
    for (const std::string& item : list) {
        if (!words.empty()) words += '|';
        for (const char c : item) words += c == ' ' ? std::string{"(?:\\s+)"} : std::string(1, c);
    }
    return "(?i:" + words + ")";
}

class PatternReader {
public:
    /// `earlier` are patterns of other files, which those of this one come after.
    explicit PatternReader(const xml::Document& document, std::vector<ValuePattern> earlier = {})
        : document_(document), patterns_(std::move(earlier)) {}

    std::vector<ValuePattern> read() {
        for (const pugi::xml_node node : document_.root().children()) {
            if (node.type() != pugi::node_element) continue;
            ValuePattern pattern = std::string_view{node.name()} == "hints" ? hints(node) : value(node);
            require_sound(node, pattern);
            patterns_.push_back(std::move(pattern));
        }
        return std::move(patterns_);
    }

private:
    ValuePattern common(pugi::xml_node node) const {
        ValuePattern pattern;
        pattern.id = node.attribute("id").value();
        pattern.category = read_categories(document_, node, {node.attribute("category").value()}).front();
        return pattern;
    }

    ValuePattern value(pugi::xml_node node) const {
        ValuePattern pattern = common(node);
        pattern.expression = without_layout(node.text().get());
        pattern.checksum = node.attribute("checksum").value();
        if (const auto weight = node.attribute("weight")) pattern.weight = weight.as_double();
        if (std::string_view{node.attribute("extent").value()} == "whole") pattern.extent = ValuePattern::Extent::whole;
        return pattern;
    }

    ValuePattern hints(pugi::xml_node node) const {
        ValuePattern pattern = common(node);
        if (!is_special(pattern.category)) {
            document_.fail(node, "hints '" + pattern.id + "' are of '" + node.attribute("category").value() +
                                     "', which is no special category; use <pattern> for other values");
        }
        pattern.expression = any_of_words(read_items(node));
        pattern.hint = true;
        pattern.language = node.attribute("language").value();
        return pattern;
    }

    void require_sound(pugi::xml_node node, const ValuePattern& pattern) const {
        const auto same_id = [&](const ValuePattern& other) { return other.id == pattern.id; };
        if (std::any_of(patterns_.begin(), patterns_.end(), same_id)) {
            document_.fail(node,
                           "a second pattern with id '" + pattern.id + "'; ids must differ, also from those that ship");
        }
        RE2::Options options;
        options.set_log_errors(false);
        const RE2 expression{pattern.expression, options};
        if (!expression.ok()) {
            document_.fail(node, "the expression of '" + pattern.id + "' does not compile: " + expression.error() +
                                     "; write it as RE2 has it");
        }
        if (RE2::FullMatch("", expression)) {
            document_.fail(node, "the expression of '" + pattern.id +
                                     "' matches the empty text, so every value would be one; ask for at least one "
                                     "character");
        }
    }

    const xml::Document& document_;
    std::vector<ValuePattern> patterns_;
};

}  // namespace

std::vector<ValuePattern> load_patterns(const std::string& name_or_path) {
    const xml::Document document = open(pattern_shelf, name_or_path);
    return PatternReader{document}.read();
}

std::vector<ValuePattern> shipped_patterns() { return patterns_with({}); }

std::vector<ValuePattern> patterns_with(const std::vector<std::string>& paths) {
    std::vector<std::string> names = shipped_names(pattern_shelf);
    names.insert(names.end(), paths.begin(), paths.end());
    std::vector<ValuePattern> patterns;
    for (const std::string& name : names) {
        const xml::Document document = open(pattern_shelf, name);
        patterns = PatternReader{document, std::move(patterns)}.read();
    }
    return patterns;
}

}  // namespace crmaudit::policies
