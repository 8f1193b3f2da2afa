#include "tests/support/random_schema.h"

#include <algorithm>

namespace crmaudit::live {
namespace {

constexpr int second_keys = 3;

std::string text(const std::optional<int>& number) { return number ? std::to_string(*number) : "NULL"; }

}  // namespace

RandomSchema::RandomSchema(std::uint64_t seed) {
    test::Dice dice{seed * 2654435761U + 17};
    make_tables(dice);
    make_rows(dice);
    make_ways(dice);
}

void RandomSchema::make_tables(test::Dice& dice) {
    const std::vector<std::string> rules{"NO ACTION", "NO ACTION", "CASCADE", "CASCADE", "SET NULL", "", ""};
    tables_.resize(static_cast<std::size_t>(dice.between(4, 7)));
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        tables_[table].name = table == 0 ? "person" : "t" + std::to_string(table);
        tables_[table].two_keys = table > 0 && dice.below(4) == 0;
    }
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        const int count = table == 0 ? static_cast<int>(dice.below(2)) : dice.between(1, 3);
        for (int i = 0; i < count; ++i) {
            Reference made;
            made.column = "r" + std::to_string(i + 1);
            made.target = i == 0 && dice.below(3) > 0 ? 0 : dice.below(tables_.size());
            if (table == 0) made.target = dice.below(2) == 0 ? 0 : dice.below(tables_.size());
            made.on_delete = dice.pick(rules);
            // Only what is filled before can be pointed at from the beginning.
            made.nullable = made.target >= table || made.on_delete == "SET NULL" || dice.below(2) == 0;
            tables_[table].references.push_back(made);
        }
    }
}

void RandomSchema::make_rows(test::Dice& dice) {
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        const int count = table == 0 ? 14 : dice.between(6, 24);
        for (int i = 0; i < count; ++i) {
            const int id = static_cast<int>(table) * 100 + i + 1;
            tables_[table].rows[id].resize(tables_[table].references.size());
            if (table == 0 && dice.below(3) > 0) due_.insert(id);
        }
    }
    for (Table& table : tables_) {
        for (auto& [id, row] : table.rows) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                const Reference& reference = table.references[i];
                if (reference.nullable && dice.below(3) == 0) continue;
                auto there = tables_[reference.target].rows.begin();
                std::advance(there, static_cast<std::ptrdiff_t>(dice.below(tables_[reference.target].rows.size())));
                row[i] = there->first;
            }
        }
    }
}

void RandomSchema::make_ways(test::Dice& dice) {
    for (std::size_t table = 1; table < tables_.size(); ++table) {
        for (std::size_t i = 0; i < tables_[table].references.size(); ++i) {
            if (tables_[table].references[i].target != 0 || dice.below(4) == 0) continue;
            Way way{{{table, i, true}}, dice.pick(std::vector<std::string>{"keep", "links", "links", "rows", "rows"})};
            ways_.push_back(way);
            for (std::size_t length = 1; length < 3 && dice.below(2) == 0; ++length) {
                std::vector<Step> further;
                const std::size_t last = way.steps.back().table;
                for (std::size_t other = 1; other < tables_.size(); ++other) {
                    for (std::size_t each = 0; each < tables_[other].references.size(); ++each) {
                        if (tables_[other].references[each].target == last) further.push_back({other, each, true});
                    }
                }
                for (std::size_t each = 0; each < tables_[last].references.size(); ++each) {
                    const std::size_t target = tables_[last].references[each].target;
                    if (target != 0) further.push_back({target, each, false});
                }
                std::erase_if(further, [&](const Step& step) {
                    return std::any_of(way.steps.begin(), way.steps.end(),
                                       [&](const Step& each) { return each.table == step.table; });
                });
                if (further.empty()) break;
                way.steps.push_back(dice.pick(further));
                way.purge = dice.below(5) == 0 ? "keep" : "rows";
                ways_.push_back(way);
            }
        }
    }
}

std::optional<int> RandomSchema::second(std::size_t table, int id) const {
    if (!tables_[table].two_keys) return std::nullopt;
    return id % second_keys;
}

std::string RandomSchema::profile() const {
    std::string xml =
        "<profile name=\"random\" title=\"Random\" versions=\"1\">\n<signature table=\"person\" columns=\"id seen\"/>\n"
        "<entity name=\"person\" kind=\"person\" table=\"person\" key=\"id\">\n"
        "<attribute name=\"created\" role=\"created\" column=\"created\"/>\n"
        "<attribute name=\"seen\" role=\"activity\" column=\"seen\"/>\n";
    int number = 0;
    for (const Way& way : ways_) {
        xml += "<path name=\"p" + std::to_string(++number) + "\" purge=\"" + way.purge + "\">\n";
        std::size_t last = 0;
        for (const Step& step : way.steps) {
            const std::string column = tables_[step.down ? step.table : last].references[step.reference].column;
            const bool two = tables_[step.down ? last : step.table].two_keys;
            xml += "<join table=\"" + tables_[step.table].name + "\">";
            const auto on = [&](const std::string& key, const std::string& reference) {
                xml += step.down ? "<on column=\"" + reference + "\" previous=\"" + key + "\"/>"
                                 : "<on column=\"" + key + "\" previous=\"" + reference + "\"/>";
            };
            on("id", column);
            if (two) on("id2", column + "_2");
            xml += "</join>\n";
            last = step.table;
        }
        xml += "</path>\n";
    }
    return xml + "</entity>\n</profile>\n";
}

std::vector<std::string> RandomSchema::columns(std::size_t table) const {
    std::vector<std::string> names{"id"};
    for (const Reference& each : tables_[table].references) names.push_back(each.column);
    return names;
}

std::vector<std::string> RandomSchema::statements(Product product) const {
    std::vector<std::string> all;
    std::vector<std::string> later;
    const std::string moment = product == Product::mariadb ? "DATETIME" : "TIMESTAMP";
    for (std::size_t number = 0; number < tables_.size(); ++number) {
        const Table& table = tables_[number];
        std::string create = "CREATE TABLE " + table.name + " (id INTEGER NOT NULL";
        if (table.two_keys) create += ", id2 INTEGER NOT NULL";
        if (number == 0) create += ", created " + moment + ", seen " + moment;
        std::string keys;
        for (const Reference& each : table.references) {
            const std::string null = each.nullable ? "" : " NOT NULL";
            create += ", " + each.column + " INTEGER" + null;
            const bool two = tables_[each.target].two_keys;
            if (two) create += ", " + each.column + "_2 INTEGER" + null;
            if (each.on_delete.empty()) continue;
            const std::string key = "FOREIGN KEY (" + each.column + (two ? ", " + each.column + "_2" : "") +
                                    ") REFERENCES " + tables_[each.target].name + " (id" + (two ? ", id2" : "") +
                                    ") ON DELETE " + each.on_delete;
            if (product == Product::sqlite) {
                keys += ", " + key;
            } else {
                later.push_back("ALTER TABLE " + table.name + " ADD " + key);
            }
        }
        all.push_back(create + ", PRIMARY KEY (id" + (table.two_keys ? ", id2" : "") + ")" + keys + ")");
    }
    for (std::size_t number = 0; number < tables_.size(); ++number) {
        const Table& table = tables_[number];
        std::string inserted;
        for (const auto& [id, row] : table.rows) {
            std::string values = std::to_string(id);
            if (table.two_keys) values += ", " + text(second(number, id));
            if (number == 0) {
                values += ", '2010-01-01 00:00:00', ";
                values += due_.contains(id) ? "'2010-01-01 00:00:00'" : "CURRENT_TIMESTAMP";
            }
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::size_t target = table.references[i].target;
                values += ", " + text(row[i]);
                if (tables_[target].two_keys) values += ", " + (row[i] ? text(second(target, *row[i])) : "NULL");
            }
            inserted += (inserted.empty() ? "INSERT INTO " + table.name + " VALUES (" : ", (") + values + ")";
        }
        all.push_back(std::move(inserted));
    }
    all.insert(all.end(), later.begin(), later.end());
    return all;
}

RandomSchema::State RandomSchema::before() const { return after({}); }

RandomSchema::State RandomSchema::after(const std::set<int>& gone) const {
    Rows going(tables_.size());
    going[0] = gone;
    for (const auto& [steps, rows] : removed(gone)) going[steps.back().table].insert(rows.begin(), rows.end());
    going = with_cascades(std::move(going));
    State state(tables_.size());
    for (std::size_t number = 0; number < tables_.size(); ++number) {
        const Table& table = tables_[number];
        for (const auto& [id, row] : table.rows) {
            if (going[number].contains(id)) continue;
            Cells cells{std::to_string(id)};
            for (std::size_t i = 0; i < row.size(); ++i) {
                const Reference& reference = table.references[i];
                const bool emptied =
                    row[i] && reference.on_delete == "SET NULL" && going[reference.target].contains(*row[i]);
                cells.push_back(row[i] && !emptied ? std::to_string(*row[i]) : "");
            }
            state[number].insert(std::move(cells));
        }
    }
    return state;
}

std::set<int> RandomSchema::next(const std::set<int>& rows, std::size_t table, const Step& step) const {
    std::set<int> found;
    if (step.down) {
        for (const auto& [id, row] : tables_[step.table].rows) {
            if (row[step.reference] && rows.contains(*row[step.reference])) found.insert(id);
        }
    } else {
        for (const int each : rows) {
            if (const auto& there = tables_[table].rows.at(each)[step.reference]) found.insert(*there);
        }
    }
    return found;
}

std::set<int> RandomSchema::previous(const std::set<int>& rows, std::size_t table, const Step& step) const {
    std::set<int> found;
    for (const auto& [id, row] : tables_[table].rows) {
        if (!next({id}, table, step).empty()) {
            const std::set<int> there = next({id}, table, step);
            if (std::any_of(there.begin(), there.end(), [&](int each) { return rows.contains(each); }))
                found.insert(id);
        }
    }
    return found;
}

bool RandomSchema::is_link(const std::vector<Step>& steps) const {
    return steps.size() == 1 && std::any_of(ways_.begin(), ways_.end(), [&](const Way& way) {
               if (way.purge == "keep" || way.steps.front() != steps.front()) return false;
               return way.purge == "links" || (way.steps.size() > 1 && !way.steps[1].down);
           });
}

RandomSchema::Removals RandomSchema::candidates(const std::set<int>& gone) const {
    Removals all;
    for (const Way& way : ways_) {
        if (way.purge == "keep") continue;
        std::set<int> rows = gone;
        std::size_t table = 0;
        for (std::size_t i = 0; i < (way.purge == "links" ? 1 : way.steps.size()); ++i) {
            rows = next(rows, table, way.steps[i]);
            table = way.steps[i].table;
            all[{way.steps.begin(), way.steps.begin() + static_cast<std::ptrdiff_t>(i) + 1}] = rows;
        }
    }
    return all;
}

/// As many rows as can go when nothing goes that somebody else has a part in. `certainly`: rows that go only with what
/// they hold themselves hold it.
RandomSchema::Removals RandomSchema::removed(const std::set<int>& gone, bool certainly) const {
    Removals going = candidates(gone);
    for (bool changed = true; changed;) {
        changed = false;
        for (auto& [steps, rows] : going) {
            if (is_link(steps)) continue;
            const std::vector<Step> own = steps;
            Removals now = going;
            if (certainly) {
                std::erase_if(
                    now, [&](const auto& each) { return each.first.size() >= own.size() && !is_link(each.first); });
            }
            changed |= std::erase_if(rows, [&](int row) { return is_held(own.back().table, row, own, gone, now); }) > 0;
        }
    }
    return going;
}

bool RandomSchema::goes(std::size_t table, int row, const std::set<int>& gone, const Removals& removals) const {
    if (table == 0) return gone.contains(row);
    return std::any_of(removals.begin(), removals.end(),
                       [&](const auto& each) { return each.first.back().table == table && each.second.contains(row); });
}

bool RandomSchema::is_held(std::size_t table, int row, const std::vector<Step>& own, const std::set<int>& gone,
                           const Removals& removals) const {
    if (own.size() > 1 && own.back().down) {
        // A part of what goes: of one that others hold it stays.
        const std::vector<Step> whole(own.begin(), own.end() - 1);
        const std::size_t before = whole.back().table;
        const auto found = removals.find(whole);
        const auto of = previous({row}, before, own.back());
        if (std::none_of(of.begin(), of.end(), [&](int each) { return found->second.contains(each); })) return true;
    } else if (own.size() > 1) {
        const std::vector<Step> whole(own.begin(), own.end() - 1);
        const auto found = removals.find(whole);
        const auto of = previous({row}, whole.back().table, own.back());
        if (std::none_of(of.begin(), of.end(), [&](int each) { return found->second.contains(each); })) return true;
    }
    for (const Way& way : ways_) {
        const auto at =
            std::find_if(way.steps.begin(), way.steps.end(), [&](const Step& s) { return s.table == table; });
        if (at == way.steps.end()) continue;
        const auto length = static_cast<std::size_t>(at - way.steps.begin());
        if (length == 0 && own.size() == 1 && way.steps.front() == own.front()) continue;
        std::set<int> rows{row};
        bool reached = true;
        for (std::size_t i = length + 1; i-- > 0 && reached;) {
            // Back to the person, or to the first table of a longer way.
            if (i == 0 && length > 0) break;
            const std::size_t before = i == 0 ? 0 : way.steps[i - 1].table;
            rows = previous(rows, before, way.steps[i]);
            std::erase_if(rows, [&](int each) { return goes(before, each, gone, removals); });
            reached = !rows.empty();
        }
        if (reached) return true;
    }
    return false;
}

RandomSchema::Rows RandomSchema::with_cascades(Rows going) const {
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t number = 0; number < tables_.size(); ++number) {
            const Table& table = tables_[number];
            for (const auto& [id, row] : table.rows) {
                for (std::size_t i = 0; i < row.size(); ++i) {
                    const Reference& reference = table.references[i];
                    if (reference.on_delete != "CASCADE" || !row[i] || !going[reference.target].contains(*row[i]))
                        continue;
                    changed |= going[number].insert(id).second;
                }
            }
        }
    }
    return going;
}

bool RandomSchema::stands_alone(int person) const {
    Rows going(tables_.size());
    going[0] = {person};
    std::set<std::size_t> losing{0};
    for (const auto& [steps, rows] : candidates({person})) {
        losing.insert(steps.back().table);
        going[steps.back().table].insert(rows.begin(), rows.end());
    }
    const Rows certain = [&] {
        Rows rows(tables_.size());
        rows[0] = {person};
        for (const auto& [steps, each] : removed({person}, true))
            rows[steps.back().table].insert(each.begin(), each.end());
        return rows;
    }();
    const Rows all = with_cascades(going);
    for (std::size_t number = 0; number < tables_.size(); ++number) {
        for (const auto& [id, row] : tables_[number].rows) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                const Reference& reference = tables_[number].references[i];
                if (reference.on_delete.empty() || reference.on_delete == "SET NULL" || !row[i]) continue;
                if (!all[reference.target].contains(*row[i])) continue;
                const bool by_cascade = reference.on_delete == "CASCADE" && !losing.contains(number);
                if (!by_cascade && !certain[number].contains(id)) return false;
            }
        }
    }
    return true;
}

}  // namespace crmaudit::live
