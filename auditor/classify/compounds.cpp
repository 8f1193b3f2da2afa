#include "auditor/classify/compounds.h"

#include <algorithm>
#include <array>

#include "auditor/model/tokens.h"

namespace crmaudit::classify {
namespace {

constexpr std::size_t longest_name = 32;   // words
constexpr std::size_t longest_token = 48;  // bytes of a compound
constexpr std::size_t shortest_part = 3;   // bytes; shorter words only as a key mark or term ("ip") at either end
constexpr std::size_t shortest_head = 5;   // bytes of the last part when the first ones are not known
constexpr std::size_t most_parts = 4;

struct Split {
    std::vector<WordId> words;
    std::uint32_t languages = ~0U;
};

class Splitter {
public:
    Splitter(const Vocabulary& vocabulary, std::string_view token) : vocabulary_(vocabulary), token_(token) {}

    std::vector<WordId> best() {
        extend(0, {});
        return best_;
    }

private:
    bool may_be_part(std::string_view part, const Word& word, std::size_t begin) const {
        if (part.size() >= shortest_part && (word.whole || part.size() > shortest_part)) return true;
        const bool at_an_end = begin == 0 || begin + part.size() == token_.size();
        return at_an_end && part.size() == 2 && (word.key_mark || !word.terms.empty());
    }

    void extend(std::size_t begin, const Split& so_far) {
        if (begin == token_.size()) {
            if (best_.empty() || so_far.words.size() < best_.size()) best_ = so_far.words;
            return;
        }
        if (so_far.words.size() >= most_parts || (!best_.empty() && so_far.words.size() + 1 >= best_.size())) return;
        for (std::size_t end = token_.size(); end >= begin + 2; --end) {
            const std::string_view part = token_.substr(begin, end - begin);
            const WordId id = vocabulary_.find(part);
            if (id == unknown_word || id == number_word || !may_be_part(part, vocabulary_.word(id), begin)) continue;
            Split next = so_far;
            // Any language borrows long English words: "privatphone".
            const Word& word = vocabulary_.word(id);
            const bool borrowed = (word.languages & vocabulary_.borrowed()) != 0 && part.size() > shortest_part;
            next.languages &= borrowed ? ~0U : word.languages;
            if (next.languages == 0) continue;
            next.words.push_back(id);
            extend(end, next);
            link(end, part, next);
        }
    }

    void link(std::size_t end, std::string_view part, const Split& so_far) {
        constexpr std::array<std::string_view, 4> letters{"s", "n", "en", "es"};
        if (part.size() < shortest_part) return;
        for (const std::string_view letter : letters) {
            const std::string_view rest = token_.substr(end);
            if (rest.size() >= letter.size() + shortest_part && rest.starts_with(letter))
                extend(end + letter.size(), so_far);
        }
    }

    const Vocabulary& vocabulary_;
    std::string_view token_;
    std::vector<WordId> best_;
};

}  // namespace

std::vector<WordId> split_compound(const Vocabulary& vocabulary, std::string_view token) {
    if (token.size() < 2 * shortest_part - 1 || token.size() > longest_token) return {};
    return Splitter{vocabulary, token}.best();
}

const std::vector<WordId>& NameReader::words_of(const std::string& token) {
    const auto [entry, fresh] = seen_.try_emplace(token);
    if (fresh) {
        const WordId id = vocabulary_.find(token);
        entry->second = id == unknown_word ? take_apart(token) : std::vector{id};
    }
    return entry->second;
}

std::vector<WordId> NameReader::take_apart(const std::string& token) const {
    if (const auto initial = initials_.find(token); initial != initials_.end()) return initial->second;
    if (const auto form = short_forms_.find(token); form != short_forms_.end()) return {form->second};
    for (std::size_t length = 2; length <= 3 && length < token.size(); ++length) {
        const WordId mark = vocabulary_.find(token.substr(0, length));
        const auto form = short_forms_.find(token.substr(length));
        if (form != short_forms_.end() && vocabulary_.word(mark).key_mark) return {mark, form->second};
    }
    if (!table_prefix_.empty() && token.starts_with(table_prefix_)) {
        const WordId rest = vocabulary_.find(std::string_view{token}.substr(table_prefix_.size()));
        if (vocabulary_.word(rest).whole) return {rest};
    }
    if (std::vector<WordId> words = split_compound(vocabulary_, token); !words.empty()) return words;
    if (std::vector<WordId> words = key_to_person(token); !words.empty()) return words;
    if (token.size() <= longest_token) {
        for (std::size_t at = shortest_part; at + shortest_head <= token.size() && heads_ != 0; ++at) {
            const WordId head = vocabulary_.find(token.substr(at));
            if ((vocabulary_.word(head).languages & heads_) != 0) return {unknown_word, head};
        }
    }
    return {unknown_word};
}

/// "iddocentegiust": whatever follows, a key to persons.
std::vector<WordId> NameReader::key_to_person(const std::string& token) const {
    if (token.size() > longest_token) return {};
    const WordId mark = vocabulary_.find(token.substr(0, 2));
    if (!vocabulary_.word(mark).key_mark) return {};
    for (std::size_t end = token.size() - 1; end >= 2 + shortest_head; --end) {
        const WordId id = vocabulary_.find(token.substr(2, end - 2));
        if (vocabulary_.word(id).whole && vocabulary_.names_persons(id)) return {mark, id, unknown_word};
    }
    return {};
}

void NameReader::learn_key(const std::string& key, const std::vector<std::string>& table_tokens) {
    std::vector<std::string> tokens = tokens_of(key);
    const auto is_mark = [&](const std::string& token) { return vocabulary_.word(vocabulary_.find(token)).key_mark; };
    std::string form;
    if (tokens.size() == 2 && is_mark(tokens[0]) != is_mark(tokens[1])) {
        form = is_mark(tokens[0]) ? tokens[1] : tokens[0];
    } else if (tokens.size() == 1 && tokens[0].size() > shortest_part && is_mark(tokens[0].substr(0, 2))) {
        form = tokens[0].substr(2);
    }
    learn_initial(tokens, table_tokens);
    if (form.size() < shortest_part || vocabulary_.word(vocabulary_.find(form)).whole) return;
    for (const std::string& word : table_tokens) {
        if (word.size() <= form.size() || !word.starts_with(form)) continue;
        if (const WordId id = vocabulary_.find(word); id != unknown_word) short_forms_.emplace(form, id);
    }
}

/// "pid" in the table "patients".
void NameReader::learn_initial(const std::vector<std::string>& key, const std::vector<std::string>& table_tokens) {
    if (key.size() != 1 || key.front().size() != 3 || vocabulary_.find(key.front()) != unknown_word) return;
    const WordId mark = vocabulary_.find(key.front().substr(1));
    if (!vocabulary_.word(mark).key_mark) return;
    for (const std::string& word : table_tokens) {
        const WordId id = vocabulary_.find(word);
        if (word.front() == key.front().front() && vocabulary_.names_persons(id))
            initials_.emplace(key.front(), std::vector{id, mark});
    }
}

/// "t" of "tusers", "tincidents" and nearly all others.
std::string NameReader::prefix_of_tables(const Catalog& catalog) const {
    constexpr std::size_t few = 4;
    for (const std::string_view prefix : {"tbl", "tab", "tb", "t"}) {
        std::size_t count = 0;
        for (const Table& table : catalog.tables) {
            const std::vector<std::string> tokens = tokens_of(table.name.name);
            if (!tokens.empty() && tokens.front().size() > prefix.size() && tokens.front().starts_with(prefix)) ++count;
        }
        if (count >= few && count * 10 >= catalog.tables.size() * 8) return std::string{prefix};
    }
    return {};
}

void NameReader::learn(const Catalog& catalog, std::uint32_t heads) {
    heads_ = heads;
    table_prefix_ = prefix_of_tables(catalog);
    for (const Table& table : catalog.tables) {
        const std::vector<std::string> tokens = tokens_of(table.name.name);
        for (const Column& column : table.columns) learn_key(column.name, tokens);
    }
    seen_.clear();
}

std::vector<WordId> NameReader::read(std::string_view name, const std::vector<std::string>& table_tokens) {
    std::vector<WordId> words;
    for (const std::string& token : tokens_of(name)) {
        if (words.size() >= longest_name) break;
        std::vector<WordId> found = words_of(token);
        if (found.front() == unknown_word) {
            for (const std::string& prefix : table_tokens) {
                if (prefix.size() < shortest_part || token.size() < prefix.size() + shortest_part ||
                    !token.starts_with(prefix))
                    continue;
                found = words_of(token.substr(prefix.size()));
                found.insert(found.begin(), unknown_word);
                break;
            }
        }
        words.insert(words.end(), found.begin(), found.end());
    }
    words.resize(std::min(words.size(), longest_name));
    return words;
}

}  // namespace crmaudit::classify
