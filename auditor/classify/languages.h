// Which languages the names of a schema are in. Short words mean different things in different languages ("cp", "data",
// "via").
#pragma once

#include <vector>

#include "auditor/classify/compounds.h"
#include "auditor/classify/vocabulary.h"
#include "auditor/model/catalog.h"

namespace crmaudit::classify {

/// By the number of the lexicon: whether the schema's names use that language more than by accident.
using Languages = std::vector<bool>;

Languages languages_of(const Vocabulary& vocabulary, NameReader& reader, const Catalog& catalog);

/// One bit per lexicon.
std::uint32_t bits_of(const Languages& languages);

/// Words of fewer letters mean too much to tell a language, and count only in a schema that uses theirs.
inline constexpr std::size_t long_word = 5;

inline bool is_trusted(const Languages& languages, std::uint32_t lexicon, std::size_t letters) {
    return letters >= long_word || languages[lexicon];
}

}  // namespace crmaudit::classify
