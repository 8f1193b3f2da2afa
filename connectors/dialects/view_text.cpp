#include "connectors/dialects/view_text.h"

#include <algorithm>
#include <map>
#include <optional>

namespace crmaudit::connectors {
namespace {

/// A chain of names in backticks joined by dots, and whether another chain follows after nothing but a blank: then that
/// is its alias.
struct Chain {
    std::vector<std::string> names;
    bool has_alias = false;
};

std::string name_at(std::string_view text, std::size_t& at) {
    std::string name;
    for (++at; at < text.size(); ++at) {
        if (text[at] == '`') {
            if (at + 1 >= text.size() || text[at + 1] != '`') break;
            ++at;
        }
        name += text[at];
    }
    ++at;
    return name;
}

void skip_literal(std::string_view text, std::size_t& at) {
    const char quote = text[at];
    for (++at; at < text.size() && text[at] != quote; ++at) {
        if (text[at] == '\\') ++at;
    }
    ++at;
}

std::vector<Chain> chains_in(std::string_view text) {
    std::vector<Chain> chains;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '\'' || text[at] == '"') {
            skip_literal(text, at);
        } else if (text[at] == '`') {
            Chain chain;
            chain.names.push_back(name_at(text, at));
            while (at + 1 < text.size() && text[at] == '.' && text[at + 1] == '`')
                chain.names.push_back(name_at(text, ++at));
            chain.has_alias = at + 1 < text.size() && text[at] == ' ' && text[at + 1] == '`';
            chains.push_back(std::move(chain));
        } else {
            ++at;
        }
    }
    return chains;
}

}  // namespace

std::vector<ViewedColumn> columns_in_view(std::string_view text) {
    const auto chains = chains_in(text);
    std::vector<ViewedColumn> columns;
    std::multimap<std::string, TableName> aliases;
    for (std::size_t i = 0; i < chains.size(); ++i) {
        const auto& names = chains[i].names;
        if (names.size() == 3) columns.push_back({{names[0], names[1]}, names[2]});
        if (names.size() != 2) continue;
        columns.push_back({{names[0], names[1]}, ""});  // a table, or a column after an alias
        const bool is_named = chains[i].has_alias && i + 1 < chains.size() && chains[i + 1].names.size() == 1;
        // Columns of a view come after its name alone.
        aliases.emplace(is_named ? chains[i + 1].names[0] : names[1], TableName{names[0], names[1]});
    }
    for (const Chain& chain : chains) {
        if (chain.names.size() != 2) continue;
        const auto [first, last] = aliases.equal_range(chain.names[0]);
        for (auto alias = first; alias != last; ++alias) columns.push_back({alias->second, chain.names[1]});
    }
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

}  // namespace crmaudit::connectors
