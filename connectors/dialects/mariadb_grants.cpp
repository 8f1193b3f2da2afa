#include "connectors/dialects/mariadb_grants.h"

#include <algorithm>
#include <array>
#include <optional>

namespace crmaudit::connectors {
namespace {

/// A cursor over a line; reads what fits and stays where it is otherwise.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool accept(std::string_view token) {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
        if (rest_.substr(0, token.size()) != token) return false;
        rest_.remove_prefix(token.size());
        return true;
    }

    /// A name in backticks, or a bare word such as * or PUBLIC.
    std::optional<std::string> name() {
        if (accept("`")) {
            std::string text;
            while (!rest_.empty()) {
                const char c = rest_.front();
                rest_.remove_prefix(1);
                if (c == '`') {
                    if (rest_.empty() || rest_.front() != '`') return text;
                    rest_.remove_prefix(1);
                }
                text += c;
            }
            return std::nullopt;
        }
        return word(" .,()`@");
    }

    /// Words up to a comma, a bracket or " ON ": the name of a privilege.
    std::optional<std::string> privilege() {
        std::string text;
        while (!ends_privilege()) {
            const auto next = word(" ,(");
            if (!next) return std::nullopt;
            text += (text.empty() ? "" : " ") + *next;
        }
        return text.empty() ? std::nullopt : std::optional{text};
    }

private:
    bool ends_privilege() {
        accept("");
        return rest_.empty() || rest_.front() == ',' || rest_.front() == '(' || rest_.substr(0, 3) == "ON ";
    }

    std::optional<std::string> word(std::string_view ends) {
        accept("");
        const auto end = std::min(rest_.find_first_of(ends), rest_.size());
        if (end == 0) return std::nullopt;
        std::string text{rest_.substr(0, end)};
        rest_.remove_prefix(end);
        return text;
    }

    std::string_view rest_;
};

struct Right {
    std::string privilege;
    std::vector<std::string> columns;
};

std::optional<std::vector<Right>> parse_rights(Scanner& scanner) {
    std::vector<Right> rights;
    do {
        const auto privilege = scanner.privilege();
        if (!privilege) return std::nullopt;
        Right right{*privilege, {}};
        if (scanner.accept("(")) {
            do {
                const auto column = scanner.name();
                if (!column) return std::nullopt;
                right.columns.push_back(*column);
            } while (scanner.accept(","));
            if (!scanner.accept(")")) return std::nullopt;
        }
        rights.push_back(std::move(right));
    } while (scanner.accept(","));
    return rights;
}

bool like(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '%') {
        for (std::size_t skip = 0; skip <= text.size(); ++skip) {
            if (like(pattern.substr(1), text.substr(skip))) return true;
        }
        return false;
    }
    const bool is_escaped = pattern.front() == '\\' && pattern.size() > 1;
    if (is_escaped) pattern.remove_prefix(1);
    if (text.empty() || ((is_escaped || pattern.front() != '_') && pattern.front() != text.front())) return false;
    return like(pattern.substr(1), text.substr(1));
}

}  // namespace

std::string mariadb_account(std::string_view user, std::string_view host) {
    if (host.empty()) return std::string{user};
    return "'" + std::string{user} + "'@'" + std::string{host} + "'";
}

std::vector<Grant> parse_grant(std::string_view line) {
    Scanner scanner{line};
    if (!scanner.accept("GRANT ")) return {};
    const auto rights = parse_rights(scanner);
    if (!rights || !scanner.accept("ON ")) return {};
    scanner.accept("TABLE ");
    const auto schema = scanner.name();
    if (!schema || !scanner.accept(".")) return {};
    const auto table = scanner.name();
    if (!table || !scanner.accept("TO ")) return {};
    const auto user = scanner.name();
    if (!user) return {};
    const auto host = scanner.accept("@") ? scanner.name() : std::optional<std::string>{""};
    const bool is_grantable = line.find(" WITH GRANT OPTION") != std::string_view::npos;

    std::vector<Grant> grants;
    for (const Right& right : *rights) {
        if (right.privilege == "USAGE") continue;
        Grant grant;
        grant.grantee = mariadb_account(*user, host.value_or(""));
        grant.is_public = grant.grantee == "PUBLIC";
        grant.privilege = right.privilege;
        grant.object = {*schema == "*" ? "" : *schema, *table == "*" ? "" : *table};
        grant.grantable = is_grantable;
        if (right.columns.empty()) grants.push_back(grant);
        for (const std::string& column : right.columns) {
            grants.push_back(grant);
            grants.back().column = column;
        }
    }
    return grants;
}

bool covers_schema(std::string_view pattern, std::string_view database) {
    return pattern.empty() || like(pattern, database);
}

bool is_writing_privilege(std::string_view privilege) {
    static constexpr std::array<std::string_view, 18> writing{
        "ALL PRIVILEGES", "ALTER",   "ALTER ROUTINE",     "CREATE", "CREATE ROUTINE", "CREATE USER", "CREATE VIEW",
        "DELETE",         "DROP",    "DELETE HISTORY",    "EVENT",  "FILE",           "INDEX",       "INSERT",
        "SUPER",          "TRIGGER", "CREATE TABLESPACE", "UPDATE"};
    return std::find(writing.begin(), writing.end(), privilege) != writing.end();
}

}  // namespace crmaudit::connectors
