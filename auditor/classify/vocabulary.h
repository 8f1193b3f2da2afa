// All lexicons in the form in which names are looked up: words by number, terms and contexts by their first word.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auditor/model/lexicon.h"

namespace crmaudit::classify {

using WordId = std::uint32_t;

inline constexpr std::string_view borrowed_everywhere = "en";
inline constexpr WordId unknown_word = 0;  // a token that no lexicon holds
inline constexpr WordId number_word = 1;   // "2", "2019"

/// What lexicons say about a single word. A word may be several at once, in several languages.
struct Word {
    std::string text;
    std::uint32_t languages = 0;  // one bit per lexicon
    bool whole = false;           // rather than only the short form of another word
    bool negation = false;
    bool qualifier = false;
    bool key_mark = false;
    bool copy_mark = false;
    std::vector<std::uint32_t> terms;     // that begin with it
    std::vector<std::uint32_t> contexts;  // that begin with it
};

struct IndexedTerm {
    std::vector<WordId> words;
    Term term;
    std::vector<WordId> not_with;
    std::string language;
    std::uint32_t lexicon = 0;
    std::size_t letters = 0;  // in all words
    bool head_first = false;
};

struct IndexedContext {
    std::vector<WordId> words;
    Topic topic = Topic::unknown;
    std::uint32_t lexicon = 0;
    std::size_t letters = 0;
    bool head_first = false;
};

/// A stretch of a name's words that matches an entry.
struct Match {
    std::uint32_t entry = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Immutable after construction. A term of several words is also found written as one ("firstname", "optin") and with
/// its words abbreviated ("dt nasc").
class Vocabulary {
public:
    explicit Vocabulary(const std::vector<Lexicon>& lexicons);

    /// The word for one token, singular or plural; `unknown_word` when there is none.
    WordId find(std::string_view token) const;
    const Word& word(WordId id) const { return words_[id]; }
    const IndexedTerm& term(std::uint32_t index) const { return terms_[index]; }
    const IndexedContext& context(std::uint32_t index) const { return contexts_[index]; }
    /// Whether the word alone is a kind of persons.
    bool names_persons(WordId id) const;
    bool is_number(WordId id) const { return id == number_word; }
    const std::vector<std::string>& languages() const { return languages_; }
    /// Languages that run words together, one bit per lexicon.
    std::uint32_t compounding() const { return compounding_; }
    /// The language whose words others borrow, one bit per lexicon.
    std::uint32_t borrowed() const { return borrowed_; }

    std::vector<Match> terms_in(std::span<const WordId> name) const;
    std::vector<Match> contexts_in(std::span<const WordId> name) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    struct Spelling {
        std::vector<WordId> words;
        std::size_t letters = 0;
        auto operator<=>(const Spelling&) const = default;
    };

    void mark(const Lexicon& lexicon, const std::vector<std::string>& tokens, bool Word::*quality,
              std::uint32_t language);
    WordId id_of(const std::string& token, std::uint32_t language);
    std::vector<Spelling> spellings(const Lexicon& lexicon, const std::string& text, std::uint32_t language);
    void add(const Lexicon& lexicon, std::uint32_t language);
    WordId exactly(std::string_view token) const;

    std::vector<Word> words_;
    std::unordered_map<std::string, WordId, Hash, std::equal_to<>> ids_;
    std::vector<std::string> languages_;  // by the number of the lexicon
    std::uint32_t compounding_ = 0;
    std::uint32_t borrowed_ = 0;
    std::vector<IndexedTerm> terms_;
    std::vector<IndexedContext> contexts_;
};

}  // namespace crmaudit::classify
