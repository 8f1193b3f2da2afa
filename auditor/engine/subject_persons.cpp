#include "auditor/engine/subject_persons.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

#include "auditor/engine/subject_text.h"

namespace crmaudit::engine {
namespace {

/// More persons than these are no answer anybody could use.
constexpr std::int64_t most_persons = 1000;
/// Persons born on one day.
constexpr std::int64_t most_of_birthday = 20000;

bool by_name(const SubjectPerson& a, const SubjectPerson& b) {
    return std::tie(a.entity, a.key) < std::tie(b.entity, b.key);
}

class Search {
public:
    Search(const SubjectSource& source, SubjectReader& reader, const Entity& entity, const Table& table)
        : source_(source), reader_(reader), entity_(entity), table_(table) {}

    std::vector<SubjectPerson> by_key(const std::vector<std::string>& key) {
        sql::SameValues same;
        for (const std::string& each : entity_.key) same.columns.push_back(operand(table_, each));
        same.values = {key};
        add(reader_.read(table_, same, {}, most_persons).rows);
        return std::move(found_);
    }

    std::vector<SubjectPerson> by_email(const std::string& email) {
        std::set<std::string> own;
        for (const Column* each : columns_of(source_, table_, Category::email)) own.insert(each->name);
        for (const Attribute* each : entity_.in_role(Role::email)) {
            if (const auto* column = std::get_if<OwnColumn>(&each->value)) own.insert(column->column.name);
        }
        std::vector<Condition> conditions;
        for (const std::string& each : own) conditions.push_back({OneOf{operand(table_, each), {email}}});
        if (!conditions.empty()) add(reader_.read(table_, std::nullopt, any(conditions), most_persons).rows);
        for (const Path& path : entity_.paths) search_path(path, email);
        return std::move(found_);
    }

    std::vector<SubjectPerson> by_name_and_birth(const std::string& name, Date birth) {
        const Date next = std::chrono::sys_days{birth} + std::chrono::days{1};
        std::vector<std::size_t> parts;
        for (const Attribute* each : entity_.in_role(Role::name)) {
            if (const auto* own = std::get_if<OwnColumn>(&each->value)) parts.push_back(at(own->column.name));
        }
        if (parts.empty()) {
            for (const Column* each : columns_of(source_, table_, Category::person_name)) {
                parts.push_back(at(each->name));
            }
        }
        std::set<std::string> dates;
        for (const Attribute* each : entity_.in_role(Role::birth_date)) {
            if (const auto* own = std::get_if<OwnColumn>(&each->value)) dates.insert(own->column.name);
        }
        for (const Column* each : columns_of(source_, table_, Category::birth_date)) dates.insert(each->name);
        for (const std::string& each : dates) {
            const Operand born = operand(table_, each);
            ReadRows read =
                reader_.read(table_, std::nullopt, all({{Since{born, birth}}, {Before{born, next}}}), most_of_birthday);
            std::erase_if(read.rows, [&](const sql::Row& row) { return !is_called(row, parts, name); });
            add(read.rows);
        }
        return std::move(found_);
    }

private:
    static Operand operand(const Table& table, const std::string& name) {
        const Column* found = table.find(name);
        return column(name, found == nullptr ? ColumnKind::unknown : found->kind);
    }

    std::size_t at(const std::string& column) const { return position_of(table_, column); }

    /// All words of the name that was asked for, and nobody else's last name: the row may have further first names.
    static bool is_called(const sql::Row& row, const std::vector<std::size_t>& parts, const std::string& name) {
        std::string whole;
        for (const std::size_t part : parts) {
            if (part < row.size()) whole += row[part].value_or("") + " ";
        }
        const std::set<std::string> asked = name_words(name);
        const std::set<std::string> has = name_words(whole);
        return !asked.empty() && std::includes(has.begin(), has.end(), asked.begin(), asked.end());
    }

    /// Persons whose path leads to a row with the address, found from its end.
    void search_path(const Path& path, const std::string& email) {
        if (path.joins.size() > 2) return;
        for (std::size_t last = 0; last < path.joins.size(); ++last) {
            const Table* table = source_.catalog.find(path.joins[last].table);
            if (table == nullptr || (last > 0 && !leads_to_key(path.joins[last], *table))) return;
            std::vector<Condition> conditions;
            for (const std::string& each : address_columns(path, last, *table)) {
                conditions.push_back({OneOf{operand(*table, each), {email}}});
            }
            if (conditions.empty()) continue;
            walk_back(path, last,
                      reader_.read(*table, std::nullopt, all({any(conditions), path.joins[last].where}), most_persons));
        }
    }

    /// The other rows of a link table's row are somebody else's.
    static bool leads_to_key(const Join& join, const Table& table) {
        std::vector<std::string> columns;
        for (const JoinColumn& pair : join.on) columns.push_back(pair.column);
        return is_key_of(table, columns);
    }

    std::set<std::string> address_columns(const Path& path, std::size_t join, const Table& table) const {
        std::set<std::string> columns;
        for (const Column* each : columns_of(source_, table, Category::email)) columns.insert(each->name);
        for (const Attribute* each : entity_.in_role(Role::email)) {
            const auto* related = std::get_if<Related>(&each->value);
            if (related == nullptr || related->path != path.name || join + 1 != path.joins.size()) continue;
            if (!related->column.name.empty()) columns.insert(related->column.name);
        }
        return columns;
    }

    void walk_back(const Path& path, std::size_t join, ReadRows read) {
        for (std::size_t i = join + 1; i-- > 0 && !read.rows.empty();) {
            const Table& from = *source_.catalog.find(path.joins[i].table);
            const Table* to = i == 0 ? &table_ : source_.catalog.find(path.joins[i - 1].table);
            if (to == nullptr) return;
            std::vector<std::string> columns;
            std::vector<std::string> previous;
            bool as_text = false;
            for (const JoinColumn& pair : path.joins[i].on) {
                columns.push_back(pair.column);
                previous.push_back(pair.previous);
                as_text = as_text || pair.as_text;
            }
            const sql::SameValues same = same_values(from, read.rows, columns, *to, previous, as_text);
            read = reader_.read(*to, same, i == 0 ? Condition{} : path.joins[i - 1].where, most_persons);
        }
        add(read.rows);
    }

    void add(const std::vector<sql::Row>& rows) {
        for (const sql::Row& row : rows) {
            SubjectPerson person{entity_.name, entity_.table, {}};
            for (const std::string& each : entity_.key) person.key.push_back(row.at(at(each)).value_or(""));
            if (std::find(found_.begin(), found_.end(), person) == found_.end()) found_.push_back(std::move(person));
        }
    }

    const SubjectSource& source_;
    SubjectReader& reader_;
    const Entity& entity_;
    const Table& table_;
    std::vector<SubjectPerson> found_;
};

std::vector<SubjectPerson> chosen(const SubjectQuestion& question, const SubjectSource& source, SubjectReader& reader) {
    std::vector<SubjectPerson> found;
    for (const SubjectQuestion::Key& key : question.keys) {
        const auto entity = std::find_if(source.entities.begin(), source.entities.end(), [&](const Entity& each) {
            return is_person(each.kind) && each.name == key.entity && table_of(source, each) != nullptr;
        });
        if (entity == source.entities.end()) {
            std::string names;
            for (const Entity& each : source.entities) {
                if (is_person(each.kind)) names += (names.empty() ? "" : ", ") + each.name;
            }
            throw std::invalid_argument("a key is of no person entity of this database; there are: " +
                                        (names.empty() ? "none" : names));
        }
        if (entity->key.size() != key.values.size()) {
            throw std::invalid_argument("keys of '" + entity->name + "' have " + std::to_string(entity->key.size()) +
                                        " value(s), separated by commas");
        }
        const auto some = Search{source, reader, *entity, *table_of(source, *entity)}.by_key(key.values);
        found.insert(found.end(), some.begin(), some.end());
    }
    return found;
}

}  // namespace

const Table* table_of(const SubjectSource& source, const Entity& entity) {
    const Table* table = source.catalog.find(entity.table);
    if (table == nullptr || entity.key.empty()) return nullptr;
    const bool whole = std::all_of(entity.key.begin(), entity.key.end(),
                                   [&](const std::string& each) { return table->find(each) != nullptr; });
    return whole ? table : nullptr;
}

sql::SameValues same_values(const Table& from, const std::vector<sql::Row>& rows,
                            const std::vector<std::string>& columns, const Table& to,
                            const std::vector<std::string>& other_columns, bool as_text) {
    sql::SameValues same;
    same.as_text = as_text;
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Column* here = from.find(columns[i]);
        const Column* there = to.find(other_columns[i]);
        const ColumnKind kind = there == nullptr ? ColumnKind::unknown : there->kind;
        same.columns.push_back(column(other_columns[i], kind));
        same.as_text = same.as_text || here == nullptr || here->kind != kind || kind == ColumnKind::unknown;
        positions.push_back(position_of(from, columns[i]));
    }
    std::set<std::vector<std::string>> values;
    for (const sql::Row& row : rows) {
        std::vector<std::string> combination;
        for (const std::size_t at : positions) {
            if (at < row.size() && row[at]) combination.push_back(*row[at]);
        }
        if (combination.size() == positions.size()) values.insert(std::move(combination));
    }
    same.values.assign(values.begin(), values.end());
    return same;
}

std::vector<SubjectPerson> find_persons(const SubjectQuestion& question, const SubjectSource& source,
                                        SubjectReader& reader) {
    std::vector<SubjectPerson> found = chosen(question, source, reader);
    for (const Entity& entity : source.entities) {
        const Table* table = is_person(entity.kind) && question.keys.empty() ? table_of(source, entity) : nullptr;
        if (table == nullptr) continue;
        Search search{source, reader, entity, *table};
        const auto some = question.birth_date ? search.by_name_and_birth(question.name, *question.birth_date)
                                              : search.by_email(question.email);
        found.insert(found.end(), some.begin(), some.end());
    }
    std::sort(found.begin(), found.end(), by_name);
    std::vector<SubjectPerson> rows;  // one row may be a person of two entities
    for (SubjectPerson& each : found) {
        const bool known = std::any_of(rows.begin(), rows.end(), [&](const SubjectPerson& other) {
            return other.table == each.table && other.key == each.key;
        });
        if (!known) rows.push_back(std::move(each));
    }
    return rows;
}

}  // namespace crmaudit::engine
