#include <algorithm>
#include <set>

#include "auditor/engine/logical_fields.h"
#include "auditor/model/tokens.h"

namespace crmaudit::engine {
namespace {

using Words = std::set<std::string>;

/// Singular and plural are one word here, in any of the languages: type and types, property and properties, Feld and
/// Felder, campo and campi.
std::string stem(std::string token) {
    const auto ends = [&](std::string_view end, std::size_t longest_rest) {
        return token.size() >= longest_rest + end.size() && token.ends_with(end);
    };
    if (ends("ies", 2)) return token.replace(token.size() - 3, 3, "y");
    if (ends("s", 3) && !token.ends_with("ss")) token.pop_back();
    if (ends("er", 4) || ends("en", 4)) token.resize(token.size() - 2);
    constexpr std::string_view vowels = "aeiou";
    if (token.size() > 4 && vowels.find(token.back()) != std::string_view::npos) token.pop_back();
    return token;
}

std::vector<std::string> words_of(const std::string& name) {
    std::vector<std::string> words = tokens_of(name);
    for (std::string& word : words) word = stem(word);
    return words;
}

Words marks(const std::vector<Lexicon>& lexicons, std::vector<std::string> Lexicon::*list) {
    Words words;
    for (const Lexicon& lexicon : lexicons) {
        for (const std::string& mark : lexicon.*list) {
            for (std::string& token : tokens_of(mark)) {
                words.insert(stem(token));
                words.insert(std::move(token));
            }
        }
    }
    return words;
}

bool any_in(const std::vector<std::string>& words, const Words& marks) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return marks.contains(word); });
}

/// Also at the end of a compound: "usermeta", "zusatzfeld".
bool speaks_of(const std::string& name, const Words& marks) {
    constexpr std::size_t long_enough = 4;  // shorter ones end too many other words
    std::vector<std::string> words = words_of(name);
    for (std::string& token : tokens_of(name)) words.push_back(std::move(token));
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::any_of(marks.begin(), marks.end(), [&](const std::string& mark) {
            return word == mark || (mark.size() >= long_enough && word.ends_with(mark));
        });
    });
}

/// The end of a definition's name is the end of the key's: contact_field_type_id and contact_field_types.
bool ends_alike(const std::vector<std::string>& key, const std::vector<std::string>& table) {
    if (key.empty() || table.size() < key.size()) return false;
    return std::equal(key.rbegin(), key.rend(), table.rbegin());
}

class Finder {
public:
    Finder(const Catalog& catalog, const Classification& classification, const std::vector<Lexicon>& lexicons)
        : catalog_(catalog),
          classification_(classification),
          values_(marks(lexicons, &Lexicon::value_marks)),
          labels_(marks(lexicons, &Lexicon::label_marks)),
          definitions_(marks(lexicons, &Lexicon::definition_marks)),
          keys_(marks(lexicons, &Lexicon::key_marks)) {}

    std::vector<KeyValueTable> all() const {
        std::vector<KeyValueTable> found;
        for (const Table& table : catalog_.tables) {
            if (!holds_rows(table) || !table.readable) continue;
            KeyValueTable pair;
            pair.values = &table;
            pair.value_columns = value_columns(table);
            if (pair.value_columns.empty() || pair.value_columns.size() > most_value_columns) continue;
            if (by_definitions(pair) || by_own_key(pair)) found.push_back(std::move(pair));
        }
        return found;
    }

private:
    static constexpr std::size_t most_value_columns = 6;

    std::vector<std::string> value_columns(const Table& table) const {
        std::vector<std::string> columns;
        for (const Column& column : table.columns) {
            const std::vector<std::string> words = words_of(column.name);
            const bool typed = column.kind != ColumnKind::boolean && column.kind != ColumnKind::binary;
            if (typed && !words.empty() && values_.contains(words.back()) && !any_in(words, keys_)) {
                columns.push_back(column.name);
            }
        }
        return columns;
    }

    /// A text column that names things; a label rather than a code.
    std::string label_column(const Table& table) const {
        for (const Column& column : table.columns) {
            const std::vector<std::string> words = words_of(column.name);
            const bool text = column.kind == ColumnKind::text || column.kind == ColumnKind::unknown;
            if (text && !words.empty() && labels_.contains(words.back())) return column.name;
        }
        return {};
    }

    bool defines(const Table& table) const {
        return speaks_of(table.name.name, definitions_) && classification_.topic_of(table.name) != Topic::person &&
               !label_column(table).empty();
    }

    bool by_definitions(KeyValueTable& pair) const {
        for (const Column& column : pair.values->columns) {
            const Table* definitions = definitions_of(*pair.values, column);
            if (definitions == nullptr || definitions->primary_key.size() != 1) continue;
            pair.key_column = column.name;
            pair.definitions = definitions;
            pair.id_column = definitions->primary_key.front();
            pair.label_column = label_column(*definitions);
            return true;
        }
        return false;
    }

    /// The table of definitions that a column refers to, by a foreign key or by its name alone.
    const Table* definitions_of(const Table& values, const Column& column) const {
        for (const ForeignKey& key : values.foreign_keys) {
            if (key.columns.size() != 1 || key.columns.front() != column.name) continue;
            const Table* referenced = catalog_.find(key.referenced);
            return referenced != nullptr && defines(*referenced) ? referenced : nullptr;
        }
        std::vector<std::string> words = words_of(column.name);
        const bool key = std::erase_if(words, [&](const std::string& word) { return keys_.contains(word); }) > 0;
        if (!key) return nullptr;
        const auto found = std::find_if(catalog_.tables.begin(), catalog_.tables.end(), [&](const Table& table) {
            return &table != &values && ends_alike(words, words_of(table.name.name)) && defines(table);
        });
        return found == catalog_.tables.end() ? nullptr : &*found;
    }

    /// meta_key and meta_value in one table whose name speaks of such fields.
    bool by_own_key(KeyValueTable& pair) const {
        if (!speaks_of(pair.values->name.name, definitions_)) return false;
        for (const Column& column : pair.values->columns) {
            const std::vector<std::string> words = words_of(column.name);
            const bool text = column.kind == ColumnKind::text || column.kind == ColumnKind::unknown;
            const bool names_a_field =
                !words.empty() && (words.back() == stem("key") || labels_.contains(words.back()));
            const bool is_value = std::find(pair.value_columns.begin(), pair.value_columns.end(), column.name) !=
                                  pair.value_columns.end();
            if (!text || !names_a_field || is_value) continue;
            pair.key_column = column.name;
            return true;
        }
        return false;
    }

    const Catalog& catalog_;
    const Classification& classification_;
    Words values_;
    Words labels_;
    Words definitions_;
    Words keys_;
};

}  // namespace

std::vector<KeyValueTable> find_key_value_tables(const Catalog& catalog, const Classification& classification,
                                                 const std::vector<Lexicon>& lexicons) {
    return Finder{catalog, classification, lexicons}.all();
}

}  // namespace crmaudit::engine
