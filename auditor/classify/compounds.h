// Names as sequences of known words; compounds ("geburtsdatum", "codcliente", "companyemail") are taken apart.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auditor/classify/vocabulary.h"

namespace crmaudit::classify {

/// Turns names into words and remembers what it has seen, so that a large catalog costs one look per token.
class NameReader {
public:
    explicit NameReader(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    /// The words of a name, at most 32. A token that is not known and not made of known words is `unknown_word`.
    /// `table_tokens` may begin a compound, too: "shiptocity" in the table "shipto".
    std::vector<WordId> read(std::string_view name, const std::vector<std::string>& table_tokens = {});

private:
    const std::vector<WordId>& words_of(const std::string& token);

    const Vocabulary& vocabulary_;
    std::unordered_map<std::string, std::vector<WordId>> seen_;
};

/// The fewest words of one language that make up the token, with the linking letters of German and Dutch between them;
/// empty when there is no such split.
std::vector<WordId> split_compound(const Vocabulary& vocabulary, std::string_view token);

}  // namespace crmaudit::classify
