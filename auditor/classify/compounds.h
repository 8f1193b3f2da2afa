// Names as sequences of known words; compounds ("geburtsdatum", "codcliente", "companyemail") are taken apart.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auditor/classify/vocabulary.h"
#include "auditor/model/catalog.h"

namespace crmaudit::classify {

/// Turns names into words and remembers what it has seen, so that a large catalog costs one look per token.
class NameReader {
public:
    explicit NameReader(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    /// Takes up what the schema itself tells of its words: the key of a table shows the short form of the table's name
    /// ("id_adh" and "idadh" in "adherents", "pid" in "patients"), and all tables show a prefix ("tusers"). `heads`:
    /// the languages, one bit per lexicon, whose compounds are read by their last word when the rest is not known.
    void learn(const Catalog& catalog, std::uint32_t heads);

    /// The words of a name, at most 32. A token that is not known and not made of known words is `unknown_word`.
    /// `table_tokens` may begin a compound, too: "shiptocity" in the table "shipto".
    std::vector<WordId> read(std::string_view name, const std::vector<std::string>& table_tokens = {});

private:
    const std::vector<WordId>& words_of(const std::string& token);
    std::vector<WordId> take_apart(const std::string& token) const;
    std::vector<WordId> key_to_person(const std::string& token) const;
    std::string prefix_of_tables(const Catalog& catalog) const;
    void learn_key(const std::string& key, const std::vector<std::string>& table_tokens);
    void learn_initial(const std::vector<std::string>& key, const std::vector<std::string>& table_tokens);

    const Vocabulary& vocabulary_;
    std::unordered_map<std::string, std::vector<WordId>> seen_;
    std::unordered_map<std::string, WordId> short_forms_;
    std::unordered_map<std::string, std::vector<WordId>> initials_;
    std::uint32_t heads_ = 0;
    std::string table_prefix_;
};

/// The fewest words of one language that make up the token, with the linking letters of German and Dutch between them;
/// empty when there is no such split.
std::vector<WordId> split_compound(const Vocabulary& vocabulary, std::string_view token);

}  // namespace crmaudit::classify
