#include "auditor/classify/mail_parts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "auditor/classify/mail_text.h"

namespace crmaudit::classify {
namespace {

constexpr std::size_t longest_tag = 64 * 1024;
constexpr std::size_t longest_address = 4096;
constexpr std::size_t before_link = 120;  // bytes of text
constexpr std::size_t after_link = 80;
constexpr std::size_t most_parts = 5000;  // images and links of one text

using Attributes = std::vector<std::pair<std::string, std::string>>;

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::string without_blanks(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](char c) { return !is_blank(c); });
    return result;
}

const std::string* find(const Attributes& attributes, std::string_view name) {
    for (const auto& [key, value] : attributes) {
        if (key == name) return &value;
    }
    return nullptr;
}

/// "1", "0px"; absent for anything that is no such number.
std::optional<int> pixels(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    std::size_t digits = 0;
    int value = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
        value = std::min(value * 10 + (text[digits] - '0'), 100000);
        ++digits;
    }
    const std::string_view unit = text.substr(digits);
    const bool is_size = unit.empty() || unit.starts_with("px") || unit.starts_with("pt") || unit.front() == '!';
    return is_size ? std::optional{value} : std::nullopt;
}

/// The value of a property in a style without blanks, in lower case.
std::optional<std::string_view> property(std::string_view style, std::string_view name) {
    for (auto at = style.find(name); at != std::string_view::npos; at = style.find(name, at + 1)) {
        const auto end = at + name.size();
        if ((at > 0 && style[at - 1] != ';') || end >= style.size() || style[end] != ':') continue;
        const std::string_view rest = style.substr(end + 1);
        return rest.substr(0, rest.find(';'));
    }
    return std::nullopt;
}

bool is_hidden(const Attributes& attributes) {
    const std::string* style_text = find(attributes, "style");
    const std::string style = style_text == nullptr ? "" : without_blanks(lower(*style_text));
    const auto size = [&](const char* name) {
        if (const auto value = property(style, name)) return pixels(*value);
        const std::string* value = find(attributes, name);
        return value == nullptr ? std::nullopt : pixels(without_blanks(*value));
    };
    const auto width = size("width");
    const auto height = size("height");
    if (width && height && *width <= 1 && *height <= 1) return true;
    const auto is = [&](const char* name, std::string_view value) {
        const auto found = property(style, name);
        return found && found->starts_with(value);
    };
    return is("display", "none") || is("visibility", "hidden") || property(style, "opacity") == "0" ||
           (property(style, "max-height") && pixels(*property(style, "max-height")).value_or(9) <= 1 &&
            property(style, "max-width") && pixels(*property(style, "max-width")).value_or(9) <= 1);
}

class Reader {
public:
    explicit Reader(std::string_view markup) : markup_(markup) {}

    MailParts read() {
        std::size_t at = 0;
        while (at < markup_.size()) {
            const auto open = markup_.find('<', at);
            add_text(markup_.substr(at, open == std::string_view::npos ? open : open - at));
            if (open == std::string_view::npos) break;
            at = starts_tag(open) ? tag(open) : open + 1;
        }
        end_link();
        for (const Place& place : places_) {
            const std::size_t from = place.begin > before_link ? place.begin - before_link : 0;
            parts_.links[place.link].around = parts_.text.substr(from, place.end + after_link - from);
        }
        return std::move(parts_);
    }

private:
    bool starts_tag(std::size_t open) const {
        if (open + 1 >= markup_.size()) return false;
        const char c = markup_[open + 1];
        return is_letter(c) || c == '/' || c == '!' || c == '?';
    }

    /// Reads one tag and gives the position after it. What a comment holds is read as well: programs that comments
    /// address load it.
    std::size_t tag(std::size_t open) {
        std::size_t at = open + 1;
        const bool closing = markup_[at] == '/';
        if (closing) ++at;
        if (at >= markup_.size()) return at;
        if (markup_[at] == '!' || markup_[at] == '?') {
            if (markup_.substr(at).starts_with("!--")) return at + 3;
            const auto end = markup_.find('>', at);
            return end == std::string_view::npos ? markup_.size() : end + 1;
        }
        const std::size_t start = at;
        while (at < markup_.size() && !is_blank(markup_[at]) && markup_[at] != '>' && markup_[at] != '/') ++at;
        const std::string name = lower(markup_.substr(start, at - start));
        Attributes attributes;
        at = read_attributes(at, open + longest_tag, attributes);
        if (closing) {
            close(name);
        } else {
            use(name, attributes);
        }
        return at;
    }

    std::size_t read_attributes(std::size_t at, std::size_t limit, Attributes& attributes) const {
        limit = std::min(limit, markup_.size());
        while (at < limit) {
            while (at < limit && (is_blank(markup_[at]) || markup_[at] == '/')) ++at;
            if (at >= limit) break;
            if (markup_[at] == '>') return at + 1;
            const std::size_t start = at;
            while (at < limit && !is_blank(markup_[at]) && markup_[at] != '=' && markup_[at] != '>') ++at;
            std::string name = lower(markup_.substr(start, at - start));
            std::size_t next = at;
            while (next < limit && is_blank(markup_[next])) ++next;
            if (next >= limit || markup_[next] != '=') {
                if (at == start) ++at;
                continue;
            }
            at = next + 1;
            while (at < limit && is_blank(markup_[at])) ++at;
            std::string_view value;
            if (at < limit && (markup_[at] == '"' || markup_[at] == '\'')) {
                const auto end = markup_.find(markup_[at], at + 1);
                const std::size_t stop = end == std::string_view::npos ? limit : end;
                value = markup_.substr(at + 1, stop - at - 1);
                at = stop + 1;
            } else {
                const std::size_t from = at;
                while (at < limit && !is_blank(markup_[at]) && markup_[at] != '>') ++at;
                value = markup_.substr(from, at - from);
            }
            attributes.emplace_back(std::move(name), without_entities(value));
        }
        return std::min(at, markup_.size());
    }

    void use(const std::string& name, const Attributes& attributes) {
        if (name == "script" || name == "style") {
            raw_ = name;
            return;
        }
        if (name == "blockquote") {
            const std::string* type = find(attributes, "type");
            const std::string* kind = find(attributes, "class");
            const bool is_quote = (type != nullptr && lower(*type) == "cite") || find(attributes, "cite") != nullptr ||
                                  (kind != nullptr && lower(*kind).find("quote") != std::string::npos);
            quotes_.push_back(is_quote);
        }
        if (name == "a" || name == "area") {
            end_link();
            if (const std::string* address = find(attributes, "href")) begin_link(*address);
        }
        for (const char* each : {"src", "background", "poster"}) {
            const std::string* address = find(attributes, each);
            if (address != nullptr) add_image(*address, is_hidden(attributes));
        }
        if (const std::string* style = find(attributes, "style")) add_styled(*style);
        // A line ends where a cell or a paragraph does.
        if (name != "b" && name != "i" && name != "span" && name != "font" && name != "strong" && name != "wbr") {
            parts_.text += parts_.text.empty() || parts_.text.back() == ' ' ? "" : " ";
        }
    }

    void close(const std::string& name) {
        if (name == "blockquote" && !quotes_.empty()) quotes_.pop_back();
        if (name == "a") end_link();
        if (name == raw_) raw_.clear();
        if (name == "p" || name == "td" || name == "div" || name == "li") parts_.text += ' ';
    }

    bool quoted() const { return std::find(quotes_.begin(), quotes_.end(), true) != quotes_.end(); }

    void add_image(std::string_view address, bool hidden) {
        const std::string whole = without_blanks(address);
        if (whole.empty() || parts_.images.size() >= most_parts) return;
        parts_.images.push_back({whole.substr(0, longest_address), hidden, quoted()});
    }

    void add_styled(std::string_view style) {
        for (auto at = style.find("url("); at != std::string_view::npos; at = style.find("url(", at + 4)) {
            std::string_view rest = style.substr(at + 4);
            rest = rest.substr(0, rest.find(')'));
            while (!rest.empty() && (is_blank(rest.front()) || rest.front() == '"' || rest.front() == '\''))
                rest.remove_prefix(1);
            while (!rest.empty() && (is_blank(rest.back()) || rest.back() == '"' || rest.back() == '\''))
                rest.remove_suffix(1);
            add_image(rest, false);
        }
    }

    void begin_link(std::string_view address) {
        link_ = MailLink{without_blanks(address).substr(0, longest_address), "", "", quoted()};
        link_start_ = parts_.text.size();
    }

    void end_link() {
        if (!link_) return;
        link_->text = parts_.text.substr(link_start_);
        if (!link_->address.empty() && parts_.links.size() < most_parts) {
            places_.push_back({parts_.links.size(), link_start_, parts_.text.size()});
            parts_.links.push_back(std::move(*link_));
        }
        link_.reset();
    }

    void add_text(std::string_view piece) {
        if (piece.empty() || raw_ == "script") return;
        if (raw_ == "style") return add_styled(piece);
        const std::string plain = without_entities(piece);
        if (is_blank(plain.front()) && !parts_.text.empty() && parts_.text.back() != ' ') parts_.text += ' ';
        parts_.text += folded_text(plain);
        for (const char* scheme : {"http://", "https://"}) {
            for (auto at = plain.find(scheme); at != std::string::npos; at = plain.find(scheme, at + 1)) {
                if (parts_.links.size() >= most_parts) return;
                const auto end = std::min(plain.find_first_of(" \t\r\n\"'<>()[]", at), plain.size());
                const std::size_t from = at > before_link ? at - before_link : 0;
                parts_.links.push_back({plain.substr(at, std::min(end - at, longest_address)), "",
                                        folded_text(plain.substr(from, end + after_link - from)), quoted()});
            }
        }
    }

    /// Where in the text a link stands.
    struct Place {
        std::size_t link;
        std::size_t begin;
        std::size_t end;
    };

    std::string_view markup_;
    MailParts parts_;
    std::vector<Place> places_;
    std::string raw_;           // the element whose text is no text
    std::vector<bool> quotes_;  // open blockquotes, and whether they quote
    std::optional<MailLink> link_;
    std::size_t link_start_ = 0;
};

}  // namespace

MailParts mail_parts(std::string_view markup) { return Reader{markup}.read(); }

}  // namespace crmaudit::classify
