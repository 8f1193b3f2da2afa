#include "auditor/classify/vocabulary.h"

#include <algorithm>
#include <array>
#include <utility>

#include "auditor/model/tokens.h"

namespace crmaudit::classify {
namespace {

/// "größe" as "große": names in databases often lose umlauts without a trace.
std::string without_umlauts(std::string text) {
    constexpr std::array<std::pair<std::string_view, char>, 6> umlauts{
        {{"ä", 'a'}, {"ö", 'o'}, {"ü", 'u'}, {"Ä", 'A'}, {"Ö", 'O'}, {"Ü", 'U'}}};
    for (const auto& [from, to] : umlauts) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
            text.replace(at, from.size(), 1, to);
    }
    return text;
}

/// Spares most comparisons: folding changes only letters beyond ASCII.
bool may_be(const std::string& word, const std::string& token) {
    return !word.empty() && !token.empty() &&
           (word.front() == token.front() || static_cast<unsigned char>(word.front()) >= 0x80U);
}

/// The tokens, and each way to abbreviate some of them; at most 16 ways.
std::vector<std::vector<std::string>> abbreviated(const Lexicon& lexicon, std::vector<std::string> tokens) {
    constexpr std::size_t most = 16;
    std::vector<std::vector<std::string>> list{std::move(tokens)};
    const std::size_t length = list.front().size();
    for (std::size_t place = 0; place < length; ++place) {
        const std::size_t so_far = list.size();
        for (const Abbreviation& abbreviation : lexicon.abbreviations) {
            if (!may_be(abbreviation.of, list.front()[place])) continue;
            if (tokens_of(abbreviation.of) != std::vector{list.front()[place]}) continue;
            for (std::size_t i = 0; i < so_far && list.size() < most; ++i) {
                list.push_back(list[i]);
                list.back()[place] = abbreviation.text;
            }
        }
    }
    return list;
}

bool is_number_text(std::string_view token) {
    return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Singular and plural are one word here: "notes" and "note", "cities" and "city", "addresses" and "address".
std::string without_plural(std::string_view token) {
    std::string stem{token};
    if (stem.size() < 4 || stem.back() != 's') return stem;
    for (const std::string_view kept : {"ss", "us", "is"}) {
        if (stem.ends_with(kept)) return stem;
    }
    if (stem.ends_with("ies") && stem.size() > 4) return stem.replace(stem.size() - 3, 3, "y");
    for (const std::string_view hissing : {"sses", "xes", "ches", "shes"}) {
        if (stem.ends_with(hissing)) return stem.substr(0, stem.size() - 2);
    }
    stem.pop_back();
    return stem;
}

template <typename Entry>
std::vector<Match> matches(std::span<const WordId> name, const std::vector<Word>& words,
                           std::vector<std::uint32_t> Word::*starting, const std::vector<Entry>& entries) {
    std::vector<Match> found;
    for (std::size_t begin = 0; begin < name.size(); ++begin) {
        for (const std::uint32_t index : words[name[begin]].*starting) {
            const std::vector<WordId>& wanted = entries[index].words;
            if (wanted.size() > name.size() - begin) continue;
            if (std::equal(wanted.begin(), wanted.end(), name.begin() + static_cast<std::ptrdiff_t>(begin)))
                found.push_back({index, begin, begin + wanted.size()});
        }
    }
    return found;
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<Lexicon>& lexicons) {
    for (const Lexicon& lexicon : lexicons) languages_.push_back(lexicon.language);
    words_.resize(2);
    words_[number_word].text = "#";
    for (std::uint32_t language = 0; language < lexicons.size(); ++language) add(lexicons[language], language);
}

WordId Vocabulary::id_of(const std::string& token, std::uint32_t language) {
    if (is_number_text(token)) return number_word;
    const auto [entry, fresh] = ids_.try_emplace(without_plural(token), static_cast<WordId>(words_.size()));
    if (fresh) words_.emplace_back().text = token;
    words_[entry->second].languages |= 1U << (language % 32U);
    return entry->second;
}

std::vector<Vocabulary::Spelling> Vocabulary::spellings(const Lexicon& lexicon, const std::string& text,
                                                        std::uint32_t language) {
    std::vector<Spelling> list;
    for (const std::string& spelling : {text, without_umlauts(text)}) {
        const std::vector<std::string> whole = tokens_of(spelling);
        for (const std::vector<std::string>& tokens : abbreviated(lexicon, whole)) {
            Spelling made;
            std::string joined;
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                const std::string& token = tokens[i];
                made.words.push_back(id_of(token, language));
                if (token == whole[i]) words_[made.words.back()].whole = true;
                joined += token;
            }
            if (made.words.empty()) continue;
            made.letters = joined.size();
            list.push_back(made);
            if (made.words.size() == 1) continue;
            list.push_back({{id_of(joined, language)}, made.letters});
            words_[list.back().words.front()].whole = true;
        }
    }
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

void Vocabulary::mark(const Lexicon& lexicon, const std::vector<std::string>& tokens, bool Word::*quality,
                      std::uint32_t language) {
    for (const std::string& token : tokens) {
        for (const std::vector<std::string>& form : abbreviated(lexicon, {token}))
            words_[id_of(form.front(), language)].*quality = true;
        words_[id_of(token, language)].whole = true;
    }
}

void Vocabulary::add(const Lexicon& lexicon, std::uint32_t language) {
    if (lexicon.language == borrowed_everywhere) borrowed_ |= 1U << (language % 32U);
    if (lexicon.compounds) compounding_ |= 1U << (language % 32U);
    for (const Term& term : lexicon.terms) {
        IndexedTerm entry{{}, term, {}, lexicon.language, language, 0, lexicon.head_first};
        for (const std::string& token : term.not_with) entry.not_with.push_back(id_of(token, language));
        for (Spelling& spelling : spellings(lexicon, term.text, language)) {
            entry.words = std::move(spelling.words);
            entry.letters = spelling.letters;
            words_[entry.words.front()].terms.push_back(static_cast<std::uint32_t>(terms_.size()));
            terms_.push_back(entry);
        }
    }
    for (const ContextWord& context : lexicon.contexts) {
        for (Spelling& spelling : spellings(lexicon, context.text, language)) {
            words_[spelling.words.front()].contexts.push_back(static_cast<std::uint32_t>(contexts_.size()));
            contexts_.push_back(
                {std::move(spelling.words), context.topic, language, spelling.letters, lexicon.head_first});
        }
    }
    mark(lexicon, lexicon.negations, &Word::negation, language);
    mark(lexicon, lexicon.qualifiers, &Word::qualifier, language);
    mark(lexicon, lexicon.key_marks, &Word::key_mark, language);
    mark(lexicon, lexicon.copy_marks, &Word::copy_mark, language);
}

WordId Vocabulary::exactly(std::string_view token) const {
    const auto found = ids_.find(token);
    return found == ids_.end() ? unknown_word : found->second;
}

WordId Vocabulary::find(std::string_view token) const {
    if (is_number_text(token)) return number_word;
    std::string stem = without_plural(token);
    if (const WordId id = exactly(stem); id != unknown_word || stem.size() == token.size()) return id;
    // Plurals on -es: "proveedores" of "proveedor", "adresses" of "adresse".
    if (stem.back() != 'e') return exactly(stem += 'e');
    stem.pop_back();
    return exactly(stem);
}

bool Vocabulary::names_persons(WordId id) const {
    const std::vector<std::uint32_t>& contexts = words_[id].contexts;
    return std::any_of(contexts.begin(), contexts.end(), [&](std::uint32_t index) {
        return contexts_[index].topic == Topic::person && contexts_[index].words.size() == 1;
    });
}

std::vector<Match> Vocabulary::terms_in(std::span<const WordId> name) const {
    return matches(name, words_, &Word::terms, terms_);
}

std::vector<Match> Vocabulary::contexts_in(std::span<const WordId> name) const {
    return matches(name, words_, &Word::contexts, contexts_);
}

}  // namespace crmaudit::classify
