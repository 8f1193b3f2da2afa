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

std::size_t letters_of(const std::string& text) {
    std::size_t letters = 0;
    for (const std::string& token : tokens_of(text)) letters += token.size();
    return letters;
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

Word& Vocabulary::intern(const std::string& token, std::uint32_t language) { return words_[id_of(token, language)]; }

std::vector<std::vector<WordId>> Vocabulary::spellings(const std::string& text, std::uint32_t language) {
    std::vector<std::vector<WordId>> list;
    for (const std::string& spelling : {text, without_umlauts(text)}) {
        const std::vector<std::string> tokens = tokens_of(spelling);
        std::vector<WordId> words;
        std::string joined;
        for (const std::string& token : tokens) {
            words.push_back(id_of(token, language));
            joined += token;
        }
        if (words.empty()) continue;
        list.push_back(words);
        if (words.size() > 1) list.push_back({id_of(joined, language)});
    }
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

void Vocabulary::add(const Lexicon& lexicon, std::uint32_t language) {
    for (const Term& term : lexicon.terms) {
        IndexedTerm entry{{}, term, {}, lexicon.language, language, letters_of(term.text), lexicon.head_first};
        for (const std::string& token : term.not_with) entry.not_with.push_back(id_of(token, language));
        for (auto& words : spellings(term.text, language)) {
            entry.words = std::move(words);
            words_[entry.words.front()].terms.push_back(static_cast<std::uint32_t>(terms_.size()));
            terms_.push_back(entry);
        }
    }
    for (const ContextWord& context : lexicon.contexts) {
        for (auto& words : spellings(context.text, language)) {
            words_[words.front()].contexts.push_back(static_cast<std::uint32_t>(contexts_.size()));
            contexts_.push_back(
                {std::move(words), context.topic, language, letters_of(context.text), lexicon.head_first});
        }
    }
    for (const std::string& token : lexicon.negations) intern(token, language).negation = true;
    for (const std::string& token : lexicon.qualifiers) intern(token, language).qualifier = true;
    for (const std::string& token : lexicon.key_marks) intern(token, language).key_mark = true;
    for (const std::string& token : lexicon.copy_marks) intern(token, language).copy_mark = true;
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

std::vector<Match> Vocabulary::terms_in(std::span<const WordId> name) const {
    return matches(name, words_, &Word::terms, terms_);
}

std::vector<Match> Vocabulary::contexts_in(std::span<const WordId> name) const {
    return matches(name, words_, &Word::contexts, contexts_);
}

}  // namespace crmaudit::classify
