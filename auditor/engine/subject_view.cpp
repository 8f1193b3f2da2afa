#include "auditor/engine/subject_view.h"

#include <algorithm>

#include "auditor/engine/subject_text.h"

namespace crmaudit::engine {
namespace {

/// Bytes around an address in a text that is about something else.
constexpr std::size_t around_mention = 200;

/// A row of the person's own, one that hangs on them, one that is somebody else's, one whose texts name them.
enum class RowKind { own, related, foreign, mention };

class View {
public:
    View(const SubjectPerson& person, const PersonRows& rows, const SubjectSource& source)
        : person_(person), rows_(rows), source_(source) {
        for (const FoundRows& each : rows.tables) {
            if (each.link != SubjectLink::own) continue;
            for (const Column* name : columns_of(source, *each.table, Category::person_name)) {
                for (const sql::Row& row : each.rows) {
                    words_.merge(name_words(row[position_of(*each.table, name->name)].value_or("")));
                }
            }
        }
    }

    SubjectTable show(const FoundRows& found) const {
        SubjectTable table{
            found.table->name, source_.classification.topic_of(found.table->name), found.link, found.via, {},
            found.left};
        for (const sql::Row& row : found.rows) {
            SubjectRow shown = show(*found.table, row, found.link);
            if (!shown.empty()) table.rows.push_back(std::move(shown));
        }
        return table;
    }

private:
    SubjectRow show(const Table& table, const sql::Row& row, SubjectLink link) const {
        RowKind kind = kind_of(table, row, link);
        SubjectRow shown;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!row[i] || row[i]->empty()) continue;
            const Column& column = table.columns[i];
            SubjectValue value{column.name, category_of(source_, table.name, column.name), ValueShown::whole, *row[i]};
            if (kind == RowKind::mention && !is_worth_mention(table, column, value)) continue;
            if (column.kind == ColumnKind::binary && !is_in_key(table, column)) {
                value.shown = ValueShown::binary;
                value.text.clear();
            } else if (is_somebody_elses(table, row, value, kind)) {
                value.shown = ValueShown::masked;
                value.text.clear();
            } else {
                show_text(table, value, kind);
            }
            shown.push_back(std::move(value));
        }
        return shown;
    }

    /// Of a text that only names the person: where it stands, and when.
    bool is_worth_mention(const Table& table, const Column& column, const SubjectValue& value) const {
        const bool names = std::any_of(rows_.addresses.begin(), rows_.addresses.end(),
                                       [&](const std::string& own) { return names_address(value.text, own); });
        if (names) return true;
        if (value.category == Category::activity_time) return !is_of_persons(source_, table.name);
        return is_in_key(table, column) && !is_of_persons(source_, table.name);
    }

    static bool is_in_key(const Table& table, const Column& column) {
        return std::find(table.primary_key.begin(), table.primary_key.end(), column.name) != table.primary_key.end();
    }

    void show_text(const Table& table, SubjectValue& value, RowKind kind) const {
        if (value.text.size() >= SubjectReader::longest_value(table)) value.shown = ValueShown::beginning;
        if (kind == RowKind::mention) {
            for (const std::string& own : rows_.addresses) {
                std::string excerpt = excerpt_around(value.text, own, around_mention);
                if (excerpt.empty()) continue;
                value.text = std::move(excerpt);
                value.shown = ValueShown::excerpt;
                break;
            }
        }
        // What stands in the person's own fields for addresses is theirs; anywhere else they may be others'.
        if (kind == RowKind::own && value.category == Category::email) return;
        value.text = without_other_addresses(value.text, rows_.addresses);
    }

    bool is_somebody_elses(const Table& table, const sql::Row& row, const SubjectValue& value, RowKind kind) const {
        // Nobody needs a password to know that there is one.
        if (value.category == Category::credential) return true;
        if (points_at_another(table, row, value)) return true;
        switch (kind) {
            case RowKind::own: return false;
            case RowKind::mention: return false;
            case RowKind::foreign:
                return is_core_personal(value.category) && !is_named(value) && !holds_own_address(value);
            default: return value.category == Category::person_name && !is_named(value);
        }
    }

    bool is_named(const SubjectValue& value) const {
        if (value.category != Category::person_name) return false;
        const auto words = name_words(value.text);
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return words_.contains(word); });
    }

    bool holds_own_address(const SubjectValue& value) const {
        return value.category == Category::email &&
               std::any_of(rows_.addresses.begin(), rows_.addresses.end(),
                           [&](const std::string& own) { return names_address(value.text, own); });
    }

    bool is_message(const Table& table) const { return source_.classification.topic_of(table.name) == Topic::message; }

    /// A row that names or points at others and neither names nor points at the person is one of others.
    RowKind kind_of(const Table& table, const sql::Row& row, SubjectLink link) const {
        if (link == SubjectLink::own) return RowKind::own;
        if (link == SubjectLink::mention) return RowKind::mention;
        bool other = false;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!row[i] || row[i]->empty()) continue;
            const SubjectValue value{table.columns[i].name, category_of(source_, table.name, table.columns[i].name),
                                     ValueShown::whole, *row[i]};
            if (is_named(value) || holds_own_address(value) || points_at_person(table, value)) return RowKind::related;
            // A message with the person names and holds addresses of others as well.
            const bool names_other =
                !is_message(table) && (value.category == Category::person_name || value.category == Category::email);
            other = other || names_other || points_at_another(table, row, value);
        }
        return other ? RowKind::foreign : RowKind::related;
    }

    /// A pointer of one column from this one to rows of persons.
    template <typename Test>
    bool has_pointer(const Table& table, const std::string& column, Test&& test) const {
        return std::any_of(source_.pointers.begin(), source_.pointers.end(), [&](const SubjectPointer& each) {
            return each.from == table.name && each.columns.size() == 1 && each.columns.front() == column && test(each);
        });
    }

    bool points_at_person(const Table& table, const SubjectValue& value) const {
        return person_.key.size() == 1 && value.text == person_.key.front() &&
               has_pointer(table, value.column, [&](const SubjectPointer& each) { return each.to == person_.table; });
    }

    bool points_at_another(const Table& table, const sql::Row& row, const SubjectValue& value) const {
        if (points_at_person(table, value)) return false;
        return has_pointer(table, value.column, [&](const SubjectPointer& each) {
            return is_mapped_person(source_, each.to) && may_meet(each.where, table, row);
        });
    }

    /// False where the row surely does not meet the condition: another type of parent.
    static bool may_meet(const Condition& condition, const Table& table, const sql::Row& row) {
        if (const auto* all_of = std::get_if<All>(&condition.node)) {
            return std::all_of(all_of->of.begin(), all_of->of.end(),
                               [&](const Condition& part) { return may_meet(part, table, row); });
        }
        if (const auto* any_of = std::get_if<Any>(&condition.node)) {
            return std::any_of(any_of->of.begin(), any_of->of.end(),
                               [&](const Condition& part) { return may_meet(part, table, row); });
        }
        const auto* one_of = std::get_if<OneOf>(&condition.node);
        if (one_of == nullptr || one_of->operand.kind != ColumnKind::text) return true;
        const std::size_t at = position_of(table, one_of->operand.name);
        const std::string cell = at < row.size() ? folded_address(row[at].value_or("")) : "";
        return std::any_of(one_of->values.begin(), one_of->values.end(),
                           [&](const std::string& each) { return folded_address(each) == cell; });
    }

    const SubjectPerson& person_;
    const PersonRows& rows_;
    const SubjectSource& source_;
    std::set<std::string> words_;  // of the person's name
};

}  // namespace

SubjectRecord record_of(const SubjectPerson& person, const PersonRows& rows, const SubjectSource& source) {
    const View view{person, rows, source};
    SubjectRecord record{person, {}};
    for (const FoundRows& each : rows.tables) {
        SubjectTable table = view.show(each);
        if (!table.rows.empty() || table.left > 0) record.tables.push_back(std::move(table));
    }
    return record;
}

}  // namespace crmaudit::engine
