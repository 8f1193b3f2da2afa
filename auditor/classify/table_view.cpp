#include "auditor/classify/table_view.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "auditor/classify/column_kind.h"
#include "auditor/model/tokens.h"

namespace crmaudit::classify {
namespace {

/// The word a name is about, and whether nothing else qualifies it.
struct Head {
    Topic topic = Topic::unknown;
    std::vector<WordId> words;
    bool at_end = false;  // at the place where its language puts the head
    bool alone = false;   // no other word of the name is known
};

Head head_of(const Vocabulary& vocabulary, const Languages& languages, std::span<const WordId> words) {
    std::vector<Match> found = vocabulary.contexts_in(words);
    std::erase_if(found, [&](const Match& match) {
        const IndexedContext& context = vocabulary.context(match.entry);
        return !is_trusted(languages, context.lexicon, context.letters);
    });
    if (found.empty()) return {};
    const auto by_place = [&](const Match& a, const Match& b) {
        const auto rank = [&](const Match& match) {
            const bool used = languages[vocabulary.context(match.entry).lexicon];
            return std::tuple{match.end, match.end - match.begin, used};
        };
        return rank(a) < rank(b);
    };
    Match head = *std::max_element(found.begin(), found.end(), by_place);
    const auto puts_head_first = [&](const Match& match) {
        const IndexedContext& context = vocabulary.context(match.entry);
        return context.head_first && languages[context.lexicon];
    };
    const bool head_first = puts_head_first(head);
    if (head_first) {
        for (const Match& match : found) {
            if (match.begin < head.begin && puts_head_first(match)) head = match;
            if (match.begin == head.begin && match.end > head.end && puts_head_first(match)) head = match;
        }
    }
    Head result;
    result.topic = vocabulary.context(head.entry).topic;
    result.words = vocabulary.context(head.entry).words;
    const std::uint32_t used = bits_of(languages);
    const auto is_silent = [&](WordId id) {
        const Word& word = vocabulary.word(id);
        return word.qualifier && std::none_of(word.contexts.begin(), word.contexts.end(), [&](std::uint32_t index) {
                   return vocabulary.context(index).words.size() == 1;
               });
    };
    const auto known = [&](WordId id) {
        return (vocabulary.word(id).languages & used) != 0 && !vocabulary.is_number(id) && !is_silent(id);
    };
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(head.begin);
    const auto end = words.begin() + static_cast<std::ptrdiff_t>(head.end);
    const bool first = std::none_of(words.begin(), begin, known);
    // "patient_data", "user_info"
    const bool last = std::all_of(end, words.end(), [&](WordId id) {
        return vocabulary.is_number(id) || (is_silent(id) && !vocabulary.word(id).negation);
    });
    result.at_end = last || (head_first && first);
    result.alone = first && std::none_of(end, words.end(), known);
    return result;
}

/// Without numbers and marks of copies: "contacts_bak_2019" is about contacts.
std::vector<WordId> without_copy_marks(const Vocabulary& vocabulary, std::vector<WordId> words) {
    const auto is_mark = [&](WordId id) { return vocabulary.is_number(id) || vocabulary.word(id).copy_mark; };
    words.erase(std::remove_if(words.begin(), words.end(), is_mark), words.end());
    return words;
}

/// Words of one of the categories that only a person's own row has.
bool describes_a_person(const Vocabulary& vocabulary, std::span<const WordId> words) {
    const std::vector<Match> found = vocabulary.terms_in(words);
    return std::any_of(found.begin(), found.end(), [&](const Match& match) {
        const Term& term = vocabulary.term(match.entry).term;
        const bool own = term.category == Category::person_name || term.category == Category::birth_date ||
                         term.category == Category::email || term.category == Category::phone;
        return own && term.only_in.empty() && match.end == words.size();
    });
}

/// A name, and two more things that only a person's own row has.
bool lists_persons(const Vocabulary& vocabulary, const TableView& view) {
    std::set<Category> kinds;
    for (const std::vector<WordId>& words : view.columns) {
        for (const Match& match : vocabulary.terms_in(words)) {
            const Term& term = vocabulary.term(match.entry).term;
            if (term.only_in.empty() && match.end == words.size()) kinds.insert(term.category);
        }
    }
    const auto has = [&](Category category) { return kinds.count(category) > 0; };
    return has(Category::person_name) && has(Category::birth_date) + has(Category::gender) + has(Category::email) +
                                                 has(Category::phone) + has(Category::postal_address) >=
                                             2;
}

bool is_about_bookkeeping(const Vocabulary& vocabulary, std::span<const WordId> words) {
    const std::vector<Match> found = vocabulary.terms_in(words);
    return std::any_of(found.begin(), found.end(), [&](const Match& match) {
        return vocabulary.term(match.entry).term.category == Category::person_key;
    });
}

/// An unknown or very short first word that most columns share ("cp_name", "cp_city") says nothing about any of them.
void drop_common_prefix(std::vector<std::vector<WordId>>& columns, const Table& table) {
    constexpr std::size_t few = 4;
    constexpr std::size_t very_short = 3;
    std::map<std::string, std::size_t> counts;
    std::vector<std::string> firsts;
    for (const Column& column : table.columns) {
        const std::vector<std::string> tokens = tokens_of(column.name);
        firsts.push_back(tokens.size() > 1 ? tokens.front() : std::string{});
        if (!firsts.back().empty()) ++counts[firsts.back()];
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto count = counts.find(firsts[i]);
        if (count == counts.end() || count->second < few || count->second * 10 < table.columns.size() * 7) continue;
        if (columns[i].size() > 1 && (columns[i].front() == unknown_word || firsts[i].size() <= very_short))
            columns[i].erase(columns[i].begin());
    }
}

bool has_person_reference(const Vocabulary& vocabulary, const TableView& view) {
    if (std::find(view.bare_references.begin(), view.bare_references.end(), true) != view.bare_references.end())
        return true;
    const bool by_name = std::any_of(view.columns.begin(), view.columns.end(), [&](const std::vector<WordId>& words) {
        return refers_to(vocabulary, words, Topic::person) && !is_about_bookkeeping(vocabulary, words);
    });
    return by_name;
}

/// "member int", "customer integer": a key without a mark.
bool is_bare_reference(const Vocabulary& vocabulary, const Languages& languages, const Column& column,
                       std::span<const WordId> words) {
    if (kind_of(column) != ColumnKind::integer) return false;
    // "representative1"
    const bool numbered = words.size() > 1 && vocabulary.is_number(words.back());
    const std::size_t size = words.size() - (numbered ? 1 : 0);
    const std::vector<Match> found = vocabulary.contexts_in(words);
    return std::any_of(found.begin(), found.end(), [&](const Match& match) {
        const IndexedContext& context = vocabulary.context(match.entry);
        return context.topic == Topic::person && match.begin == 0 && match.end == size &&
               is_trusted(languages, context.lexicon, context.letters);
    });
}

Category special_category_in(const Vocabulary& vocabulary, std::span<const WordId> words) {
    for (const Match& match : vocabulary.terms_in(words)) {
        const Term& term = vocabulary.term(match.entry).term;
        if (is_special(term.category) && term.only_in.empty()) return term.category;
    }
    return Category::none;
}

/// Only in tables that hang on persons: a list of diseases is nobody's health.
Category theme_of(const Vocabulary& vocabulary, const TableView& view) {
    const bool about_persons = view.topic == Topic::detail || view.topic == Topic::person;
    return about_persons ? special_category_in(vocabulary, view.words) : Category::none;
}

bool repeats(const TableView& view, const Vocabulary& vocabulary, const std::vector<WordId>& head) {
    return std::any_of(view.columns.begin(), view.columns.end(), [&](const std::vector<WordId>& words) {
        return refers_to(vocabulary, words, Topic::person) &&
               std::search(words.begin(), words.end(), head.begin(), head.end()) != words.end();
    });
}

void decide_topic(const Vocabulary& vocabulary, TableView& view, const Head& head) {
    const bool person_rows =
        std::any_of(view.columns.begin(), view.columns.end(),
                    [&](const std::vector<WordId>& words) { return describes_a_person(vocabulary, words); });
    view.topic = head.topic;
    view.reason = head.topic == Topic::unknown ? "" : "its name";
    if (head.topic == Topic::person && !head.at_end) view.topic = Topic::detail;
    if (head.topic == Topic::person && !head.alone && (!person_rows || repeats(view, vocabulary, head.words)))
        view.topic = Topic::detail;
    if (view.topic == Topic::unknown && lists_persons(vocabulary, view)) {
        view.topic = Topic::person;
        view.reason = "its columns";
    }
    // An article knows its supplier and is an article all the same; a list that knows a person hangs on that person.
    constexpr std::size_t wide = 12;
    const bool lists_things = view.topic == Topic::catalogue && head.alone && view.columns.size() > wide;
    const bool weak = view.topic == Topic::unknown || (view.topic == Topic::catalogue && !lists_things) ||
                      view.topic == Topic::technical || view.topic == Topic::company;
    if (weak && has_person_reference(vocabulary, view)) {
        view.topic = Topic::detail;
        view.reason = "a key to persons";
    }
}

}  // namespace

bool refers_to(const Vocabulary& vocabulary, std::span<const WordId> words, Topic topic) {
    const auto is_key = [&](std::size_t i) { return vocabulary.word(words[i]).key_mark; };
    const auto is_silent = [&](std::size_t i) {
        return vocabulary.is_number(words[i]) || vocabulary.word(words[i]).qualifier || is_key(i);
    };
    for (const Match& match : vocabulary.contexts_in(words)) {
        if (vocabulary.context(match.entry).topic != topic) continue;
        std::size_t after = match.end;
        while (after < words.size() && !is_key(after) && is_silent(after)) ++after;
        if (after < words.size() && is_key(after)) return true;
        std::size_t before = match.begin;
        while (before > 0 && !is_key(before - 1) && is_silent(before - 1)) --before;
        if (before == 0 || !is_key(before - 1)) continue;
        if (!vocabulary.word(words.back()).negation) return true;
    }
    return false;
}

std::map<TableName, Topic> topics_by_name(const Vocabulary& vocabulary, NameReader& reader, const Languages& languages,
                                          const Catalog& catalog) {
    std::map<TableName, Topic> topics;
    for (const Table& table : catalog.tables) {
        const Head head = head_of(vocabulary, languages, without_copy_marks(vocabulary, reader.read(table.name.name)));
        topics[table.name] = head.at_end ? head.topic : Topic::unknown;
    }
    return topics;
}

TableView view_of(const Vocabulary& vocabulary, NameReader& reader, const Languages& languages, const Table& table,
                  const std::map<TableName, Topic>& topics) {
    TableView view;
    view.tokens = tokens_of(table.name.name);
    view.words = without_copy_marks(vocabulary, reader.read(table.name.name));
    for (const Column& column : table.columns) view.columns.push_back(reader.read(column.name, view.tokens));
    drop_common_prefix(view.columns, table);
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        view.bare_references.push_back(is_bare_reference(vocabulary, languages, table.columns[i], view.columns[i]));
    for (const ForeignKey& key : table.foreign_keys) {
        const auto topic = topics.find(key.referenced);
        if (key.columns.size() == 1 && topic != topics.end()) view.references[key.columns.front()] = topic->second;
    }
    Head head = head_of(vocabulary, languages, view.words);
    if (head.topic == Topic::unknown && !table.comment.empty())
        head = head_of(vocabulary, languages, reader.read(table.comment));
    decide_topic(vocabulary, view, head);
    // "medical_visits"
    if (view.topic == Topic::tracking && special_category_in(vocabulary, view.words) != Category::none)
        view.topic = Topic::detail;
    view.theme = theme_of(vocabulary, view);
    return view;
}

}  // namespace crmaudit::classify
