#include "auditor/app/hold_list.h"

#include <algorithm>

#include "auditor/app/files.h"
#include "auditor/app/settings.h"
#include "auditor/model/suggestion.h"

namespace crmaudit::app {
namespace {

constexpr std::size_t longest_key = 255;
// All of them stand in one statement; the database has a table for more.
constexpr std::size_t most_keys = 10000;

[[noreturn]] void refuse(const HoldFile& file, int line, const std::string& what) {
    throw Failure(ExitCode::bad_configuration,
                  "the hold file " + file.path + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what);
}

bool is_garbage(char c) {
    constexpr std::string_view separators = " \t,;\"'|";
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || separators.find(c) != std::string_view::npos;
}

bool is_number(const std::string& key) {
    const std::string digits = key.starts_with('-') ? key.substr(1) : key;
    return !digits.empty() && digits.size() < 19 &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

const Column* key_column(const Entity& entity, const Catalog& catalog) {
    const Table* table = entity.key.size() == 1 ? catalog.find(entity.table) : nullptr;
    return table == nullptr ? nullptr : table->find(entity.key.front());
}

}  // namespace

HoldList read_hold_list(const HoldFile& file) {
    std::string text = read_secret_file(file.path, "hold file", false);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    HoldList list{file, {}};
    int number = 0;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        const std::string line = text.substr(start, end - start);
        start = end + 1;
        ++number;
        const std::string key = trimmed(line);
        if (key.empty() || key.front() == '#') continue;
        if (key.size() > longest_key || std::any_of(key.begin(), key.end(), is_garbage)) {
            refuse(file, number, "this line is no key; write one key a line and nothing else");
        }
        list.keys.push_back({key, number});
        if (list.keys.size() > most_keys) {
            refuse(file, number,
                   "more than " + std::to_string(most_keys) + " keys; put them into a table and name it with --hold");
        }
    }
    if (list.keys.empty()) refuse(file, 0, "it holds no key; remove it from the configuration");
    return list;
}

sql::KeyLists keys_by_entity(const std::vector<HoldList>& lists, const std::vector<Entity>& entities,
                             const Catalog& catalog) {
    sql::KeyLists by_entity;
    for (const HoldList& list : lists) {
        const auto entity = std::find_if(entities.begin(), entities.end(),
                                         [&](const Entity& each) { return each.name == list.file.entity; });
        if (entity == entities.end()) {
            std::vector<std::string> names;
            for (const Entity& each : entities) names.push_back(each.name);
            refuse(list.file, 0,
                   "the profile has no entity '" + list.file.entity + "' in this database" +
                       (names.empty() ? "; no profile fits it, name one with --profile"
                                      : suggestion(list.file.entity, names)));
        }
        const Column* key = key_column(*entity, catalog);
        const bool numeric = key != nullptr && (key->kind == ColumnKind::integer || key->kind == ColumnKind::decimal);
        for (const HeldKey& each : list.keys) {
            if (numeric && !is_number(each.key)) {
                refuse(list.file, each.line, "the keys of '" + entity->name + "' are numbers, this line holds none");
            }
            by_entity[entity->name].push_back(each.key);
        }
    }
    return by_entity;
}

}  // namespace crmaudit::app
