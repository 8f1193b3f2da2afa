#include "auditor/engine/subject_text.h"

#include <algorithm>
#include <vector>

#include "auditor/model/subject.h"
#include "auditor/model/tokens.h"

namespace crmaudit::engine {
namespace {

bool is_letter_or_digit(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || byte >= 0x80;
}

/// What may stand before the @ of an address. A quote or a bracket never does in practice, and begins one.
bool is_of_mailbox(char c) {
    constexpr std::string_view others = ".!#$%&*+-/=?^_`{|}~";
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
}

bool is_of_domain(char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; }

/// From the first to behind the last byte of the address around the @ at this place.
struct Span {
    std::size_t begin;
    std::size_t end;
};

Span address_at(std::string_view text, std::size_t at) {
    Span span{at, at + 1};
    while (span.begin > 0 && is_of_mailbox(text[span.begin - 1])) --span.begin;
    while (span.end < text.size() && is_of_domain(text[span.end])) ++span.end;
    // The full stop of a sentence.
    while (span.end > at + 1 && (text[span.end - 1] == '.' || text[span.end - 1] == '-')) --span.end;
    // "mailto:" ends with a colon, but "=" and "/" of a link's parameter are letters of a mailbox too.
    for (std::size_t i = span.begin; i < at; ++i) {
        if (text[i] == '=' || text[i] == '/' || text[i] == '?' || text[i] == '&') span.begin = i + 1;
    }
    return span;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool may_begin_name(char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80 || c == '"'; }

/// Where the name that stands before "<address>" begins: what a list or a line has there, or in a longer sentence its
/// last words with capitals.
std::size_t name_before(std::string_view text, std::size_t bracket, std::size_t from) {
    constexpr std::string_view ends = ",;:<>\n\r";
    constexpr std::size_t most_words = 3;
    std::size_t limit = bracket;
    while (limit > from && ends.find(text[limit - 1]) == std::string_view::npos) --limit;
    std::vector<std::size_t> words;  // where they begin, the last first
    for (std::size_t at = bracket; at > limit;) {
        while (at > limit && is_space(text[at - 1])) --at;
        if (at == limit) break;
        while (at > limit && !is_space(text[at - 1])) --at;
        words.push_back(at);
    }
    std::size_t begin = bracket;
    const bool is_prose = words.size() > most_words;
    for (std::size_t i = 0; i < std::min(words.size(), most_words); ++i) {
        if (is_prose && !may_begin_name(text[words[i]])) break;
        begin = words[i];
    }
    return begin;
}

/// The nearest white space, so that no word and no character is cut.
std::size_t word_start(std::string_view text, std::size_t at) {
    while (at > 0 && !is_space(text[at - 1])) --at;
    return at;
}
std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size() && !is_space(text[at])) ++at;
    return at;
}

/// Calls `visit(Span)` for each address until it gives true.
template <typename Visit>
bool any_address(std::string_view text, Visit&& visit) {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const Span span = address_at(text, at);
        if (span.begin < at && span.end > at + 1 && visit(span)) return true;
    }
    return false;
}

}  // namespace

std::string folded_address(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    std::string folded{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
    for (std::size_t i = 0; i < folded.size(); ++i) {
        char& c = folded[i];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        // À to Þ, but for the sign between them.
        const auto byte = static_cast<unsigned char>(c);
        const bool second = i > 0 && static_cast<unsigned char>(folded[i - 1]) == 0xC3;
        if (second && byte >= 0x80 && byte <= 0x9E && byte != 0x97) c = static_cast<char>(byte + 0x20);
    }
    return folded;
}

bool names_address(std::string_view text, const std::string& address) {
    const std::string folded = folded_address(text);
    if (folded == address) return true;
    return any_address(folded, [&](const Span& span) {
        return std::string_view{folded}.substr(span.begin, span.end - span.begin) == address;
    });
}

std::string without_other_addresses(const std::string& text, const std::set<std::string>& own) {
    std::string masked;
    std::size_t done = 0;
    any_address(text, [&](Span span) {
        if (span.begin < done || own.contains(folded_address(text.substr(span.begin, span.end - span.begin)))) {
            return false;
        }
        if (span.begin > done && text[span.begin - 1] == '<') span.begin = name_before(text, span.begin - 1, done);
        masked.append(text, done, span.begin - done).append(subject_mask);
        done = span.end;
        if (done < text.size() && text[done] == '>' && text[span.begin] != '<') ++done;
        return false;
    });
    return masked.append(text, done);
}

std::string excerpt_around(const std::string& text, const std::string& address, std::size_t around) {
    std::string excerpt;
    any_address(text, [&](const Span& span) {
        if (folded_address(text.substr(span.begin, span.end - span.begin)) != address) return false;
        const std::size_t begin = word_start(text, span.begin - std::min(span.begin, around));
        const std::size_t end = word_end(text, std::min(text.size(), span.end + around));
        excerpt = (begin > 0 ? "… " : "") + text.substr(begin, end - begin) + (end < text.size() ? " …" : "");
        return true;
    });
    return excerpt;
}

std::set<std::string> name_words(std::string_view name) {
    std::set<std::string> words;
    for (std::string& token : tokens_of(name)) words.insert(std::move(token));
    return words;
}

}  // namespace crmaudit::engine
