#include "auditor/discover/references.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "auditor/model/tokens.h"

namespace crmaudit::discover {
namespace {

std::string joined(const std::vector<std::string>& tokens, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < tokens.size(); ++i) text += tokens[i];
    return text;
}

/// 1 for numbers, 2 for texts; kinds of one family can be compared.
int family(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::integer:
        case ColumnKind::decimal: return 1;
        case ColumnKind::text: return 2;
        default: return 3 + static_cast<int>(kind);
    }
}

bool comparable(const Column& a, const Column& b) { return family(a.kind) == family(b.kind); }

class Guesses {
public:
    Guesses(const Schema& schema, const Cues& keys) : schema_(schema), cues_(keys) {
        const std::string prefix = common_prefix();
        for (const TableView& view : schema.tables()) {
            if (view.table->primary_key.size() != 1 || !holds_rows(*view.table)) continue;
            const ColumnView* key = view.find(view.table->primary_key.front());
            if (key == nullptr) continue;
            std::vector<std::string> tokens = tokens_of(view.table->name.name);
            if (tokens.size() > 1 && tokens.front() == prefix) tokens.erase(tokens.begin());
            for (std::string& form : singulars(joined(tokens, 0))) by_name_[form].push_back(&view);
            if (!key->says_only(Cue::key)) by_key_[joined(tokens_of(key->column->name), 0)].push_back(&view);
        }
    }

    std::optional<Reference> guess(const TableView& from, const ColumnView& column) const {
        if (column.says(Cue::bystander) || kind_beside(from, column) != nullptr) return std::nullopt;
        const auto reference = [&](const TableView& to, double confidence, const std::string& reason) {
            return Reference{
                from.table->name, {column.column->name}, to.table->name, to.table->primary_key, confidence, reason};
        };
        if (const TableView* to = same_key(from, column)) {
            return reference(*to, 0.75, "by name alone: the key of " + to->table->name.name + " has the same name");
        }
        const std::vector<std::string> tokens = without_key_marks(column);
        for (std::size_t skipped = 0; skipped < tokens.size(); ++skipped) {
            const TableView* to = named(joined(tokens, skipped), from, *column.column);
            if (to == nullptr) continue;
            if (skipped == 0) return reference(*to, 0.8, "by name alone");
            const bool told = std::all_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(skipped),
                                          [&](const std::string& token) { return is_alone(token, Cue::qualifier); });
            return reference(*to, told ? 0.7 : 0.3, told ? "by name alone" : "perhaps, by a part of its name alone");
        }
        return std::nullopt;
    }

    /// The column that tells which table this key leads to; null when there is none.
    const ColumnView* kind_beside(const TableView& table, const ColumnView& key) const {
        const std::string stem = joined(without_key_marks(key), 0);
        if (stem.empty()) return nullptr;
        for (const ColumnView& other : table.columns) {
            std::vector<std::string> tokens = tokens_of(other.column->name);
            if (tokens.size() < 2 || !is_alone(tokens.back(), Cue::target_kind)) continue;
            tokens.pop_back();
            if (joined(tokens, 0) == stem) return &other;
        }
        return nullptr;
    }

private:
    /// The first word of most tables' names: "llx", "vtiger", "tbl".
    std::string common_prefix() const {
        std::map<std::string, std::size_t> counts;
        for (const TableView& view : schema_.tables()) {
            const auto tokens = tokens_of(view.table->name.name);
            if (tokens.size() > 1) ++counts[tokens.front()];
        }
        for (const auto& [token, count] : counts) {
            if (count >= 3 && count * 2 > schema_.tables().size()) return token;
        }
        return {};
    }

    /// The only other table whose key has the column's name.
    const TableView* same_key(const TableView& from, const ColumnView& column) const {
        const auto found = by_key_.find(joined(tokens_of(column.column->name), 0));
        if (found == by_key_.end()) return nullptr;
        const TableView* other = nullptr;
        for (const TableView* candidate : found->second) {
            if (candidate == &from || candidate->table->name.schema != from.table->name.schema) continue;
            if (other != nullptr) return nullptr;
            other = candidate;
        }
        if (other == nullptr) return nullptr;
        const ColumnView* key = other->find(other->table->primary_key.front());
        return comparable(*key->column, *column.column) ? other : nullptr;
    }

    const TableView* named(const std::string& name, const TableView& from, const Column& column) const {
        for (const std::string& form : singulars(name)) {
            const auto found = by_name_.find(form);
            if (found == by_name_.end()) continue;
            for (const TableView* candidate : found->second) {
                if (candidate == &from || candidate->table->name.schema != from.table->name.schema) continue;
                const ColumnView* key = candidate->find(candidate->table->primary_key.front());
                if (comparable(*key->column, column)) return candidate;
            }
        }
        return nullptr;
    }

    /// What a key's name says besides being one: "contact" of "contact_id", "fk_contact" and "contactid". Empty for a
    /// name that is no key's.
    std::vector<std::string> without_key_marks(const ColumnView& column) const {
        std::vector<std::string> tokens = tokens_of(column.column->name);
        if (tokens.empty()) return {};
        const auto is_mark = [&](const std::string& token) { return is_alone(token, Cue::key); };
        if (tokens.size() > 1 && is_mark(tokens.back())) {
            tokens.pop_back();
            return tokens;
        }
        if (tokens.size() > 1 && is_mark(tokens.front())) {
            tokens.erase(tokens.begin());
            return tokens;
        }
        for (std::size_t length = 2; length <= 8 && length + 3 <= tokens.back().size(); ++length) {
            std::string& last = tokens.back();
            if (!is_mark(last.substr(last.size() - length))) continue;
            last.resize(last.size() - length);
            return tokens;
        }
        return {};
    }

    bool is_alone(const std::string& token, Cue cue) const {
        const auto found = cues_.in(token);
        return std::any_of(found.begin(), found.end(),
                           [&](const FoundCue& each) { return each.cue == cue && each.whole; });
    }

    const Schema& schema_;
    const Cues& cues_;
    std::map<std::string, std::vector<const TableView*>> by_name_;
    std::map<std::string, std::vector<const TableView*>> by_key_;
};

std::optional<Reference> declared(const Schema& schema, const TableView& from, const ForeignKey& key) {
    const TableView* to = schema.find(key.referenced);
    if (to == nullptr) return std::nullopt;
    const auto& referenced = key.referenced_columns.empty() ? to->table->primary_key : key.referenced_columns;
    if (referenced.size() != key.columns.size()) return std::nullopt;
    const auto is_known = [](const TableView& view, const std::vector<std::string>& columns) {
        return std::all_of(columns.begin(), columns.end(),
                           [&](const std::string& name) { return view.find(name) != nullptr; });
    };
    if (!is_known(from, key.columns) || !is_known(*to, referenced)) return std::nullopt;
    return Reference{from.table->name, key.columns, to->table->name, referenced, 1, "foreign key"};
}

}  // namespace

std::vector<Reference> references_in(const Schema& schema, const Cues& cues) {
    const Guesses guesses{schema, cues};
    std::vector<Reference> references;
    for (const TableView& from : schema.tables()) {
        std::set<std::string> bound;
        for (const ForeignKey& key : from.table->foreign_keys) {
            bound.insert(key.columns.begin(), key.columns.end());
            if (auto reference = declared(schema, from, key)) references.push_back(std::move(*reference));
        }
        if (!holds_rows(*from.table)) continue;
        for (const ColumnView& column : from.columns) {
            if (bound.contains(column.column->name)) continue;
            if (auto reference = guesses.guess(from, column)) references.push_back(std::move(*reference));
        }
    }
    return references;
}

std::vector<OpenReference> open_references_in(const Schema& schema, const Cues& cues) {
    const Guesses guesses{schema, cues};
    std::vector<OpenReference> open;
    for (const TableView& from : schema.tables()) {
        if (from.topic == Topic::catalogue) continue;
        for (const ColumnView& column : from.columns) {
            if (const ColumnView* kind = guesses.kind_beside(from, column)) {
                open.push_back({from.table->name, column.column->name, kind->column->name});
            }
        }
    }
    return open;
}

}  // namespace crmaudit::discover
