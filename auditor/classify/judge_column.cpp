#include "auditor/classify/judge_column.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "auditor/classify/column_kind.h"
#include "auditor/classify/topic_weight.h"

namespace crmaudit::classify {
namespace {

constexpr std::size_t most_evidence = 16;
constexpr std::size_t longest_comment = 12;  // words of a comment that is read: what comes first says what a column is

struct Opinion {
    Category category = Category::none;
    double strength = 0;
    std::size_t length = 0;  // words that it rests on
    std::vector<ClassificationEvidence> evidence;
};

std::string quoted(const Term& term, const std::string& language) {
    return "term '" + term.text + "' (" + language + ")";
}

bool is_small_number(std::string_view type) {
    std::string name{type.substr(0, 8)};
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return name == "smallint" || name.starts_with("tinyint") || name == "int2";
}

/// "char(1)": holds a code or a yes or no.
bool is_one_letter(std::string_view type) {
    const std::size_t begin = type.find('(');
    return begin != std::string_view::npos && type.substr(begin).starts_with("(1)") &&
           kind_of_type(type) == ColumnKind::text;
}

bool may_be_a_code(Category category) {
    switch (category) {
        case Category::none:
        case Category::gender:
        case Category::marital_status:
        case Category::family:
        case Category::consent:
        case Category::tracking: return true;
        default: return is_special(category);
    }
}

bool needs_many_digits(Category category) {
    return category == Category::phone || category == Category::tax_id || category == Category::government_id ||
           category == Category::bank_account;
}

bool is_believed(const Opinion& opinion) { return opinion.strength >= threshold; }

class Judge {
public:
    Judge(const Vocabulary& vocabulary, const Languages& languages, const TableView& view, const Column& column)
        : vocabulary_(vocabulary), languages_(languages), view_(view), kind_(kind_of(column)), type_(column.type) {}

    /// Terms in a name or comment, each with what speaks for and against it.
    std::vector<Opinion> opinions(std::span<const WordId> words, EvidenceKind from, double trust) const {
        std::vector<Match> found = vocabulary_.terms_in(words);
        std::erase_if(found, [&](const Match& match) {
            const Term& term = vocabulary_.term(match.entry).term;
            return !fits_topic(term) || (term.alone && !stands_alone(words, match));
        });
        std::vector<Opinion> list;
        for (const Match& match : found) {
            const bool covered = std::any_of(found.begin(), found.end(), [&](const Match& other) {
                const bool longer = other.end - other.begin > match.end - match.begin;
                return other.begin <= match.begin && match.end <= other.end &&
                       (longer || is_better_known(other, match));
            });
            if (!covered) list.push_back(opinion(words, match, from, trust));
        }
        yield_dates(list);
        yield_roles(list);
        return list;
    }

    /// Of the same words, what they mean in a language that these names use.
    bool is_better_known(const Match& a, const Match& b) const {
        return languages_[vocabulary_.term(a.entry).lexicon] && !languages_[vocabulary_.term(b.entry).lexicon];
    }

    bool stands_alone(std::span<const WordId> words, const Match& match) const {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool inside = i >= match.begin && i < match.end;
            if (!inside && !vocabulary_.is_number(words[i]) && !vocabulary_.word(words[i]).qualifier) return false;
        }
        return true;
    }

    bool fits_topic(const Term& term) const {
        return term.only_in.empty() ||
               std::find(term.only_in.begin(), term.only_in.end(), view_.topic) != term.only_in.end();
    }

    /// What weighs on any opinion, however it came about.
    void weigh(Opinion& opinion, bool made_for_topic = false) const {
        if (const double topic = topic_weight(view_.topic, opinion.category); topic < 1 && !made_for_topic)
            against(opinion, topic, EvidenceKind::context,
                    "the table is about: " + std::string{to_string(view_.topic)});
        if (const double kind = suits(kind_, opinion.category); kind < 1)
            against(opinion, kind, EvidenceKind::type, "type " + type_.substr(0, 40));
        if (is_small_number(type_) && needs_many_digits(opinion.category))
            against(opinion, 0, EvidenceKind::type, "too few digits");
        if (is_one_letter(type_) && !may_be_a_code(opinion.category))
            against(opinion, 0, EvidenceKind::type, "a single letter");
        if (opinion.category == Category::birth_date && (kind_ == ColumnKind::date || kind_ == ColumnKind::timestamp))
            opinion.evidence.push_back({EvidenceKind::type, opinion.category, 0.05, "a date"});
    }

    Opinion of_rule(Category category, double strength, EvidenceKind kind, std::string text) const {
        Opinion opinion{category, strength, 1, {{kind, category, strength, std::move(text)}}};
        weigh(opinion);
        return opinion;
    }

    bool is_text() const { return kind_ == ColumnKind::text; }

    bool puts_head_first(const IndexedTerm& entry) const { return entry.head_first && languages_[entry.lexicon]; }

    bool is_bare_key(std::span<const WordId> words) const {
        return !words.empty() &&
               std::all_of(words.begin(), words.end(), [&](WordId id) { return vocabulary_.word(id).key_mark; });
    }

private:
    /// "data_exp_rg": of what else the name speaks, a mere date is the date.
    void yield_dates(std::vector<Opinion>& list) const {
        if (kind_ != ColumnKind::date && kind_ != ColumnKind::timestamp) return;
        const bool of_something = std::any_of(list.begin(), list.end(), [](const Opinion& opinion) {
            return is_core_personal(opinion.category) && is_believed(opinion);
        });
        if (!of_something) return;
        for (Opinion& opinion : list) {
            if (opinion.category == Category::activity_time && opinion.length == 1)
                against(opinion, 0.6, EvidenceKind::name, "the name says which date");
        }
    }

    /// "owner_address", "responsavel_telefone": the address and the phone, not the key, of someone.
    void yield_roles(std::vector<Opinion>& list) const {
        const bool of_someone = std::any_of(list.begin(), list.end(), [](const Opinion& opinion) {
            return is_core_personal(opinion.category) && is_believed(opinion);
        });
        if (!of_someone) return;
        for (Opinion& opinion : list) {
            if (opinion.category == Category::person_key && opinion.length == 1)
                against(opinion, 0.6, EvidenceKind::name, "the name says what of that person");
        }
    }

    static void against(Opinion& opinion, double factor, EvidenceKind kind, std::string text) {
        opinion.evidence.push_back({kind, opinion.category, opinion.strength * (factor - 1), std::move(text)});
        opinion.strength *= factor;
    }

    Opinion opinion(std::span<const WordId> words, const Match& match, EvidenceKind from, double trust) const {
        const IndexedTerm& entry = vocabulary_.term(match.entry);
        Opinion result{entry.term.category, entry.term.weight * trust, match.end - match.begin, {}};
        result.evidence.push_back({from, result.category, result.strength, quoted(entry.term, entry.language)});
        // A date beside a consent tells when it was given.
        if (result.category == Category::consent && (kind_ == ColumnKind::date || kind_ == ColumnKind::timestamp)) {
            result.category = Category::consent_evidence;
            result.evidence.push_back({EvidenceKind::type, result.category, 0.05, "a date beside a consent"});
        }
        if (!is_trusted(languages_, entry.lexicon, entry.letters))
            against(result, 0.4, from, "a short word of a language that these names do not use");
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (i >= match.begin && i < match.end) continue;
            weigh_neighbour(result, entry, words[i], i < match.begin);
        }
        weigh(result, !entry.term.only_in.empty());
        return result;
    }

    /// "opportunity_name": the name of another thing than the rows of this table.
    bool belongs_elsewhere(const Term& term, const Word& word) const {
        return !word.qualifier && std::any_of(word.contexts.begin(), word.contexts.end(), [&](std::uint32_t index) {
            const IndexedContext& context = vocabulary_.context(index);
            return context.words.size() == 1 &&
                   std::find(term.only_in.begin(), term.only_in.end(), context.topic) == term.only_in.end();
        });
    }

    /// "reminder_comment" in the table "reminders": the word only repeats whose comment it is.
    bool names_the_rows(WordId id) const {
        const bool about_persons = view_.topic == Topic::message || view_.topic == Topic::detail;
        return about_persons && std::find(view_.words.begin(), view_.words.end(), id) != view_.words.end();
    }

    void weigh_neighbour(Opinion& opinion, const IndexedTerm& entry, WordId id, bool before) const {
        const Word& word = vocabulary_.word(id);
        const bool flaglike = opinion.category == Category::consent || opinion.category == Category::consent_evidence ||
                              opinion.category == Category::tracking;
        if (std::find(entry.not_with.begin(), entry.not_with.end(), id) != entry.not_with.end()) {
            against(opinion, 0.1, EvidenceKind::name, "'" + word.text + "' beside it gives it another meaning");
        } else if (word.negation && !flaglike && !names_the_rows(id)) {
            against(opinion, 0.15, EvidenceKind::name,
                    "'" + word.text + "' makes it a flag, counter, template or setting");
        } else if (word.key_mark && !entry.term.by_key && opinion.category != Category::person_key && !flaglike) {
            against(opinion, 0.2, EvidenceKind::name, "a key, not the value");
        } else if (!entry.term.only_in.empty() && belongs_elsewhere(entry.term, word)) {
            against(opinion, 0.4, EvidenceKind::name, "'" + word.text + "' says that it is about something else");
        } else if (!word.qualifier && !word.key_mark && !vocabulary_.is_number(id)) {
            const bool after_head = before == puts_head_first(entry);
            opinion.strength *= after_head ? 0.85 : 0.98;
        }
    }

    const Vocabulary& vocabulary_;
    const Languages& languages_;
    const TableView& view_;
    ColumnKind kind_;
    std::string type_;
};

/// Kinds of values that have tables of their own, one value a row.
bool names_a_value(Category category) {
    return category == Category::email || category == Category::phone || category == Category::online_handle ||
           category == Category::ip_address || category == Category::bank_account ||
           category == Category::postal_address || category == Category::photo;
}

/// "name" in the table "email_address", "caminho" in the table "foto": the two read as one.
void read_with_table(const Judge& judge, const Vocabulary& vocabulary, const TableView& view,
                     const std::vector<WordId>& words, std::vector<Opinion>& opinions) {
    const bool bare_key = judge.is_bare_key(words);
    for (const bool table_first : {true, false}) {
        std::vector<WordId> both = table_first ? view.words : words;
        const std::vector<WordId>& rest = table_first ? words : view.words;
        const std::size_t seam = both.size();
        both.insert(both.end(), rest.begin(), rest.end());
        for (const Match& match : vocabulary.terms_in(both)) {
            if (match.begin >= seam || match.end <= seam) continue;
            if (table_first ? match.end != both.size() : match.begin != 0) continue;
            const IndexedTerm& entry = vocabulary.term(match.entry);
            if (!table_first && !judge.puts_head_first(entry)) continue;
            const Category category = entry.term.category;
            // The key of a session is what opens it.
            if (bare_key ? category != Category::credential || !judge.is_text() : !names_a_value(category)) continue;
            if (!judge.fits_topic(entry.term)) continue;
            opinions.push_back(judge.of_rule(category, entry.term.weight * 0.95, EvidenceKind::context,
                                             quoted(entry.term, entry.language) + " with the table's name"));
        }
    }
}

/// "number" in the table "phone_numbers": a word that says nothing, in a table of one kind of value.
void read_as_value(const Judge& judge, const Vocabulary& vocabulary, const TableView& view,
                   const std::vector<WordId>& words, std::vector<Opinion>& opinions) {
    if (view.topic == Topic::message || view.topic == Topic::catalogue || words.empty()) return;
    const bool says_nothing = std::all_of(words.begin(), words.end(), [&](WordId id) {
        const Word& word = vocabulary.word(id);
        return word.qualifier && word.contexts.empty() && !word.key_mark && !word.negation;
    });
    if (!says_nothing) return;
    for (const Match& match : vocabulary.terms_in(view.words)) {
        const IndexedTerm& entry = vocabulary.term(match.entry);
        if (match.end != view.words.size() || !names_a_value(entry.term.category) || !judge.fits_topic(entry.term))
            continue;
        opinions.push_back(judge.of_rule(entry.term.category, entry.term.weight * 0.9, EvidenceKind::context,
                                         quoted(entry.term, entry.language) + " is the table's name"));
    }
}

/// "id_diagnosis" that begins the table "diagnoses": counts its rows.
bool numbers_the_rows(const Vocabulary& vocabulary, const TableView& view, const std::vector<WordId>& words) {
    const auto is_mark = [&](WordId id) { return vocabulary.word(id).key_mark; };
    return words.size() > 1 && std::any_of(words.begin(), words.end(), is_mark) &&
           std::all_of(words.begin(), words.end(), [&](WordId id) {
               return is_mark(id) || std::find(view.words.begin(), view.words.end(), id) != view.words.end();
           });
}

void read_keys(const Judge& judge, const Vocabulary& vocabulary, const Table& table, const TableView& view,
               std::size_t index, std::vector<Opinion>& opinions) {
    const std::vector<WordId>& words = view.columns[index];
    const std::string& name = table.columns[index].name;
    if (const auto reference = view.references.find(name); reference != view.references.end()) {
        if (reference->second == Topic::person)
            opinions.push_back(
                judge.of_rule(Category::person_key, 0.97, EvidenceKind::context, "foreign key to persons"));
    }
    const bool primary = table.primary_key.size() == 1 && table.primary_key.front() == name;
    if (view.topic == Topic::person && (primary || judge.is_bare_key(words)))
        opinions.push_back(
            judge.of_rule(Category::person_key, 0.93, EvidenceKind::context, "key of a table of persons"));
    if (index == 0 && numbers_the_rows(vocabulary, view, words)) {
        // The key of a session is what opens it.
        std::erase_if(opinions, [&](const Opinion& opinion) {
            return is_core_personal(opinion.category) && (opinion.category != Category::credential || !judge.is_text());
        });
        if (view.topic == Topic::person)
            opinions.push_back(judge.of_rule(Category::person_key, 0.93, EvidenceKind::context, "numbers the persons"));
    }
    if (view.bare_references[index])
        opinions.push_back(judge.of_rule(Category::person_key, 0.85, EvidenceKind::name, "a number named as a person"));
    if (refers_to(vocabulary, words, Topic::person))
        opinions.push_back(judge.of_rule(Category::person_key, 0.9, EvidenceKind::name, "names a key to persons"));
}

/// "amount" in the table "salaries".
void read_amount(const Judge& judge, const Vocabulary& vocabulary, const TableView& view, const Column& column,
                 std::vector<Opinion>& opinions) {
    const bool about_persons = view.topic == Topic::detail || view.topic == Topic::person;
    if (!about_persons || kind_of(column) != ColumnKind::decimal ||
        std::any_of(opinions.begin(), opinions.end(), is_believed))
        return;
    for (const Match& match : vocabulary.terms_in(view.words)) {
        const IndexedTerm& entry = vocabulary.term(match.entry);
        if (entry.term.category == Category::income && judge.fits_topic(entry.term))
            opinions.push_back(judge.of_rule(Category::income, 0.75, EvidenceKind::context,
                                             quoted(entry.term, entry.language) + " is the table's name"));
    }
}

/// In a table about persons' health, what no other word explains tells about their health.
void read_theme(const Judge& judge, const Vocabulary& vocabulary, const TableView& view,
                const std::vector<WordId>& words, std::vector<Opinion>& opinions) {
    if (view.theme == Category::none || std::any_of(opinions.begin(), opinions.end(), is_believed)) return;
    const bool speaks_of_it = std::none_of(words.begin(), words.end(), [&](WordId id) {
        return vocabulary.word(id).key_mark || vocabulary.word(id).negation;
    });
    if (speaks_of_it)
        opinions.push_back(judge.of_rule(view.theme, 0.6, EvidenceKind::context, "the table's name says so"));
}

/// More digits would only pretend to be known.
double rounded(double confidence) { return std::round(confidence * 100) / 100; }

void merge(std::vector<Opinion>& opinions) {
    std::sort(opinions.begin(), opinions.end(), [](const Opinion& a, const Opinion& b) {
        if (a.strength != b.strength) return a.strength > b.strength;
        if (a.length != b.length) return a.length > b.length;
        return a.category < b.category;
    });
}

}  // namespace

ColumnClassification judge_column(const Vocabulary& vocabulary, NameReader& reader, const Languages& languages,
                                  const Table& table, const TableView& view, std::size_t index) {
    const Column& column = table.columns[index];
    const Judge judge{vocabulary, languages, view, column};
    const std::vector<WordId>& words = view.columns[index];
    std::vector<Opinion> opinions = judge.opinions(words, EvidenceKind::name, 1);
    read_with_table(judge, vocabulary, view, words, opinions);
    read_as_value(judge, vocabulary, view, words, opinions);
    read_keys(judge, vocabulary, table, view, index, opinions);
    if (!column.comment.empty()) {
        std::vector<WordId> comment = reader.read(column.comment);
        comment.resize(std::min(comment.size(), longest_comment));
        for (Opinion& opinion : judge.opinions(comment, EvidenceKind::comment, 0.75))
            opinions.push_back(std::move(opinion));
    }
    read_amount(judge, vocabulary, view, column, opinions);
    read_theme(judge, vocabulary, view, words, opinions);
    merge(opinions);

    ColumnClassification result;
    result.table = table.name;
    result.column = column.name;
    result.type = column.type;
    result.confidence = 0.5;
    if (!opinions.empty() && opinions.front().strength >= threshold) {
        result.category = opinions.front().category;
        double doubt = 1;
        for (const Opinion& opinion : opinions) {
            if (opinion.category == result.category)
                doubt *= &opinion == &opinions.front() ? 1 - opinion.strength : 1 - opinion.strength / 2;
        }
        result.confidence = rounded(std::min(0.99, 1 - doubt));
    } else if (!opinions.empty()) {
        result.confidence = rounded(1 - opinions.front().strength);
    }
    result.by_name = result.category;
    for (Opinion& opinion : opinions) {
        for (ClassificationEvidence& evidence : opinion.evidence) {
            if (result.evidence.size() < most_evidence) result.evidence.push_back(std::move(evidence));
        }
    }
    return result;
}

}  // namespace crmaudit::classify
