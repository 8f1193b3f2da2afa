#include "auditor/engine/subject_rows.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "auditor/engine/subject_persons.h"
#include "auditor/engine/subject_text.h"

namespace crmaudit::engine {
namespace {

/// A key so long that equal values elsewhere mean the same row.
constexpr std::size_t telling_key = 16;
/// Texts that may be so long can name an address among other words.
constexpr std::size_t long_text = 60;

std::string identity(const Table& table, const sql::Row& row) {
    std::string text;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& key = table.primary_key;
        if (!key.empty() && std::find(key.begin(), key.end(), table.columns[i].name) == key.end()) continue;
        text += row[i].value_or("") + '\0';
    }
    return text;
}

bool may_be_long(const Column& column) {
    if (column.kind != ColumnKind::text) return false;
    const auto bracket = column.type.find('(');
    std::size_t length = 0;
    const char* end = column.type.data() + column.type.size();
    const bool declared = bracket != std::string::npos &&
                          std::from_chars(column.type.data() + bracket + 1, end, length).ec == std::errc{};
    return !declared || length >= long_text;
}

std::vector<std::string> columns_on(const Join& join) {
    std::vector<std::string> columns;
    for (const JoinColumn& pair : join.on) columns.push_back(pair.column);
    return columns;
}

std::vector<std::string> previous_of(const Join& join) {
    std::vector<std::string> columns;
    for (const JoinColumn& pair : join.on) columns.push_back(pair.previous);
    return columns;
}

bool any_as_text(const Join& join) {
    return std::any_of(join.on.begin(), join.on.end(), [](const JoinColumn& pair) { return pair.as_text; });
}

bool same_way(const Path& a, const Path& b) {
    return std::equal(a.joins.begin(), a.joins.end(), b.joins.begin(), b.joins.end(),
                      [](const Join& x, const Join& y) { return x.table == y.table && x.on == y.on; });
}

class Collector {
public:
    Collector(const SubjectPerson& person, const std::set<std::string>& addresses, const SubjectSource& source,
              SubjectReader& reader, std::int64_t most)
        : person_(person), source_(source), reader_(reader), most_(most), table_(source.catalog.find(person.table)) {
        found_.addresses = addresses;
        for (const Entity& each : source.entities) {
            if (table_ != nullptr && each.name == person.entity) entity_ = &each;
        }
    }

    PersonRows collect(const IsShared& is_shared) {
        if (entity_ != nullptr) collect_own();
        for (const std::string& each : found_.addresses) {
            if (!is_shared(each)) looked_for_.insert(each);
        }
        found_.shares_addresses = looked_for_.size() < found_.addresses.size();
        find_addresses();
        find_details();
        find_mentions();
        return std::move(found_);
    }

private:
    using Rows = std::vector<sql::Row>;
    struct Owned {
        const Table* table;
        Rows rows;
    };

    void collect_own() {
        sql::SameValues same;
        for (const std::string& each : entity_->key) same.columns.push_back(column(each, table_->find(each)->kind));
        same.values = {person_.key};
        own_ = add(*table_, reader_.read(*table_, same, {}, 1), SubjectLink::own, "");
        owned_.push_back({table_, own_});
        take_addresses(*table_, own_);
        for (const Path& path : entity_->paths) {
            if (is_way_to_addresses(path)) follow(path);
        }
        for (const Path& path : entity_->paths) {
            if (!is_way_to_addresses(path)) follow(path);
        }
        follow_pointers();
        find_key();
    }

    /// Takes what is new; gives it.
    Rows add(const Table& table, ReadRows read, SubjectLink link, const std::string& via) {
        Rows fresh;
        std::set<std::string>& seen = seen_[table.name];
        for (sql::Row& row : read.rows) {
            if (seen.insert(identity(table, row)).second) fresh.push_back(std::move(row));
        }
        if (fresh.empty() && read.left == 0) return fresh;
        auto group = std::find_if(found_.tables.begin(), found_.tables.end(),
                                  [&](const FoundRows& each) { return each.table == &table && each.link == link; });
        if (group == found_.tables.end()) {
            group = found_.tables.insert(found_.tables.end(), {&table, link, via, {}, 0});
        }
        group->rows.insert(group->rows.end(), fresh.begin(), fresh.end());
        group->left += read.left;
        return fresh;
    }

    std::int64_t room_in(const Table& table) {
        return std::max<std::int64_t>(most_ - static_cast<std::int64_t>(seen_[table.name].size()), 0);
    }

    /// Rows that pair with those given. Those of other persons whom the profile maps are never read; of others, staff
    /// for one, only what hangs on the person.
    Rows pair(const Table& from, const Rows& rows, const std::vector<std::string>& columns, const TableName& to,
              const std::vector<std::string>& other_columns, const Condition& where, bool as_text, SubjectLink link,
              const std::string& via, bool only_fresh) {
        const Table* table = source_.catalog.find(to);
        if (table == nullptr || !holds_rows(*table) || is_mapped_person(source_, to)) return {};
        if (is_of_persons(source_, to) && is_key_of(*table, other_columns) && &from != table_) return {};
        const sql::SameValues same = same_values(from, rows, columns, *table, other_columns, as_text);
        if (same.values.empty()) return {};
        // Rows that are known already lead on to others; so as many as there may be are read.
        ReadRows read = reader_.read(*table, same, where, most_);
        Rows all = read.rows;
        trim(*table, read);
        Rows fresh = add(*table, std::move(read), link, via);
        return only_fresh ? fresh : all;
    }

    /// Keeps within the rows of a table that are shown, and says how many are not.
    void trim(const Table& table, ReadRows& read) {
        std::int64_t room = room_in(table);
        const std::set<std::string>& seen = seen_[table.name];
        const auto before = read.rows.size();
        std::erase_if(read.rows,
                      [&](const sql::Row& row) { return !seen.contains(identity(table, row)) && room-- <= 0; });
        read.left += static_cast<std::int64_t>(before - read.rows.size());
    }

    bool is_way_to_addresses(const Path& path) const {
        const auto roles = entity_->in_role(Role::email);
        return std::any_of(roles.begin(), roles.end(), [&](const Attribute* each) {
            const auto* related = std::get_if<Related>(&each->value);
            const Path* way = related == nullptr ? nullptr : entity_->path(related->path);
            return way != nullptr && same_way(*way, path);
        });
    }

    void take_addresses(const Table& table, const Rows& rows) {
        for (const Column* each : columns_of(source_, table, Category::email)) {
            const std::size_t at = position_of(table, each->name);
            for (const sql::Row& row : rows) {
                const std::string address = folded_address(row[at].value_or(""));
                const bool single =
                    address.find('@') != std::string::npos && address.find_first_of(" ,;<>") == std::string::npos;
                if (single) found_.addresses.insert(address);
            }
        }
    }

    /// Down to rows that belong to the person's alone, once up to what these are about, and across from an address of
    /// the person; never from a shared row down to what else belongs to it.
    void follow(const Path& path) {
        const bool to_addresses = is_way_to_addresses(path);
        const Table* from = table_;
        Rows rows = own_;
        bool owned = true;
        bool may_rise = true;
        for (std::size_t i = 0; i < path.joins.size() && !rows.empty(); ++i) {
            const Join& join = path.joins[i];
            const Table* to = source_.catalog.find(join.table);
            if (to == nullptr) return;
            const bool down = owned && (i == 0 || is_key_of(*from, previous_of(join)));
            const bool up = is_key_of(*to, columns_on(join));
            const bool across = shares_address(*from, previous_of(join));
            if (!down && !across && (!up || !may_rise)) return;
            rows = pair(*from, rows, previous_of(join), join.table, columns_on(join), join.where, any_as_text(join),
                        SubjectLink::mapped, path.name, false);
            owned = down;
            may_rise = down || across;
            if (owned) owned_.push_back({to, rows});
            if (to_addresses) {
                take_addresses(*to, rows);
                if (up) address_columns_.insert({from->name, join.on.front().previous});
            }
            from = to;
        }
    }

    bool shares_address(const Table& table, const std::vector<std::string>& columns) const {
        return columns.size() == 1 && address_columns_.contains({table.name, columns.front()});
    }

    void follow_pointers() {
        for (std::size_t i = 0; i < owned_.size(); ++i) {
            const Owned owned = owned_[i];  // a copy: the list grows
            for (const SubjectPointer& each : source_.pointers) {
                if (each.to != owned.table->name) continue;
                Rows rows = pair(*owned.table, owned.rows, each.referenced, each.from, each.columns, each.where, false,
                                 SubjectLink::reference, to_string(each.from) + "." + each.columns.front(), true);
                if (!rows.empty()) owned_.push_back({source_.catalog.find(each.from), std::move(rows)});
            }
            if (owned.table != table_ && is_link(*owned.table)) rise(owned);
        }
    }

    /// Nothing but what it connects.
    bool is_link(const Table& table) const {
        std::set<std::string> pointing;
        for (const SubjectPointer& each : source_.pointers) {
            if (each.from == table.name) pointing.insert(each.columns.begin(), each.columns.end());
        }
        return pointing.size() > 1 && std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& each) {
                   return pointing.contains(each.name) ||
                          !is_core_personal(category_of(source_, table.name, each.name));
               });
    }

    void rise(const Owned& link) {
        for (const SubjectPointer& each : source_.pointers) {
            if (each.from != link.table->name) continue;
            pair(*link.table, link.rows, each.columns, each.to, each.referenced, {}, false, SubjectLink::reference,
                 to_string(each.from) + "." + each.columns.front(), true);
        }
    }

    /// A long key means the person wherever it stands.
    void find_key() {
        if (person_.key.size() != 1 || person_.key.front().size() < telling_key) return;
        for (const Table& table : source_.catalog.tables) {
            if (!holds_rows(table) || is_mapped_person(source_, table.name)) continue;
            std::vector<Condition> conditions;
            for (const Column& each : table.columns) {
                if (each.kind != ColumnKind::text) continue;
                conditions.push_back({OneOf{column(each.name, each.kind), {person_.key.front()}}});
            }
            if (conditions.empty()) continue;
            ReadRows read = reader_.read(table, std::nullopt, any(conditions), most_);
            trim(table, read);
            Rows rows = add(table, std::move(read), SubjectLink::reference, to_string(table.name));
            if (!rows.empty()) find_parts({&table, std::move(rows)});
        }
    }

    /// Rows of foreign keys and paths that say more about one row: one for each.
    void find_parts(const Owned& whole) {
        for (const SubjectPointer& each : source_.pointers) {
            const Table* part = source_.catalog.find(each.from);
            if (each.to != whole.table->name || part == nullptr || !is_key_of(*part, each.columns)) continue;
            pair(*whole.table, whole.rows, each.referenced, each.from, each.columns, each.where, false,
                 SubjectLink::reference, to_string(each.from) + "." + each.columns.front(), true);
        }
    }

    Condition names_some_address(const std::vector<const Column*>& columns) const {
        std::vector<Condition> conditions;
        for (const Column* each : columns) {
            std::vector<std::string> patterns;
            for (const std::string& address : looked_for_) patterns.push_back("*" + address + "*");
            conditions.push_back({Like{column(each->name, each->kind), patterns}});
        }
        return any(std::move(conditions));
    }

    void find_addresses() {
        if (looked_for_.empty()) return;
        for (const Table& table : source_.catalog.tables) {
            if (!holds_rows(table) || is_mapped_person(source_, table.name)) continue;
            find_named(table, columns_of(source_, table, Category::email), SubjectLink::address);
        }
    }

    void find_mentions() {
        if (looked_for_.empty()) return;
        for (const Table& table : source_.catalog.tables) {
            if (!holds_rows(table)) continue;
            std::vector<const Column*> texts;
            for (const Column& each : table.columns) {
                const bool address = category_of(source_, table.name, each.name) == Category::email;
                if (may_be_long(each) && !address) texts.push_back(&each);
            }
            find_named(table, texts, SubjectLink::mention);
        }
    }

    void find_named(const Table& table, const std::vector<const Column*>& columns, SubjectLink link) {
        if (columns.empty()) return;
        ReadRows read = reader_.read(table, std::nullopt, names_some_address(columns), most_);
        std::erase_if(read.rows, [&](const sql::Row& row) {
            return std::none_of(columns.begin(), columns.end(), [&](const Column* each) {
                const sql::Cell& cell = row[position_of(table, each->name)];
                return cell && std::any_of(looked_for_.begin(), looked_for_.end(),
                                           [&](const std::string& own) { return names_address(*cell, own); });
            });
        });
        trim(table, read);
        add(table, std::move(read), link, to_string(table.name) + "." + columns.front()->name);
    }

    /// What the profile keeps of one message in several tables.
    void find_details() {
        for (std::size_t i = 0; i < found_.tables.size(); ++i) {
            const Owned whole{found_.tables[i].table, found_.tables[i].rows};
            if (whole.table == table_) continue;
            find_parts(whole);
            for (const Entity& entity : source_.entities) {
                if (is_person(entity.kind) || entity.key.size() != 1) continue;
                for (const Path& path : entity.paths) find_details(whole, entity, path);
            }
        }
    }

    void find_details(const Owned& whole, const Entity& entity, const Path& path) {
        const Join& join = path.joins.front();
        const Table* joined = source_.catalog.find(join.table);
        const bool one_each = joined != nullptr && is_key_of(*joined, columns_on(join)) &&
                              previous_of(join) == entity.key && joined->name != entity.table;
        if (!one_each) return;
        if (whole.table->name == joined->name) {
            pair(*joined, whole.rows, columns_on(join), entity.table, previous_of(join), {}, any_as_text(join),
                 SubjectLink::mapped, entity.name, true);
        } else if (whole.table->name == entity.table) {
            pair(*whole.table, whole.rows, previous_of(join), join.table, columns_on(join), {}, any_as_text(join),
                 SubjectLink::mapped, entity.name, true);
        }
    }

    const SubjectPerson& person_;
    const SubjectSource& source_;
    SubjectReader& reader_;
    std::int64_t most_;
    const Table* table_;
    const Entity* entity_ = nullptr;
    PersonRows found_;
    std::set<std::string> looked_for_;  // addresses that nobody else has
    Rows own_;
    std::vector<Owned> owned_;                                     // rows of the person alone
    std::set<std::pair<TableName, std::string>> address_columns_;  // that lead to an address of the person
    std::map<TableName, std::set<std::string>> seen_;
};

}  // namespace

PersonRows rows_of(const SubjectPerson& person, const std::set<std::string>& addresses, const SubjectSource& source,
                   SubjectReader& reader, const IsShared& is_shared, std::int64_t most) {
    return Collector{person, addresses, source, reader, most}.collect(is_shared);
}

}  // namespace crmaudit::engine
