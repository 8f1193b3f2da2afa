#include "auditor/classify/languages.h"

#include <bit>
#include <unordered_set>

namespace crmaudit::classify {
namespace {

constexpr double by_accident = 0.03;  // share of the words; homographs and loan words stay below it

}  // namespace

Languages languages_of(const Vocabulary& vocabulary, NameReader& reader, const Catalog& catalog) {
    std::unordered_set<WordId> words;
    const auto collect = [&](const std::string& name) {
        for (const WordId id : reader.read(name)) {
            const Word& word = vocabulary.word(id);
            if (word.whole && word.text.size() >= long_word) words.insert(id);
        }
    };
    for (const Table& table : catalog.tables) {
        collect(table.name.name);
        for (const Column& column : table.columns) collect(column.name);
    }
    std::vector<double> credit(vocabulary.languages().size(), 0);
    for (const WordId id : words) {
        const std::uint32_t languages = vocabulary.word(id).languages;
        for (std::size_t i = 0; i < credit.size(); ++i) {
            if ((languages >> (i % 32U)) & 1U) credit[i] += 1.0 / std::popcount(languages);
        }
    }
    Languages used(credit.size(), false);
    const double enough = by_accident * static_cast<double>(words.size());
    for (std::size_t i = 0; i < credit.size(); ++i)
        used[i] = vocabulary.languages()[i] == borrowed_everywhere || (credit[i] > 0 && credit[i] >= enough);
    return used;
}

std::uint32_t bits_of(const Languages& languages) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < languages.size(); ++i) {
        if (languages[i]) bits |= 1U << (i % 32U);
    }
    return bits;
}

}  // namespace crmaudit::classify
