#include "connectors/dialects/mariadb_access.h"

#include <algorithm>
#include <utility>

#include "connectors/dialects/access_reading.h"
#include "connectors/dialects/logins.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/outlets.h"
#include "connectors/dialects/reading.h"
#include "connectors/dialects/view_text.h"

namespace crmaudit::connectors {
namespace {

using Id = Permissions::Id;
using Level = Permissions::Level;

// Never a hash: the plugin says how somebody logs in. One statement for both products: each runs the comment that is
// meant for it.
constexpr std::string_view principals =
    "SELECT user, host, /*M! is_role, default_role, */ /*!50708 'N', '', */ plugin, file_priv, create_user_priv, "
    "(select_priv = 'Y') + 2 * (insert_priv = 'Y') + 4 * (update_priv = 'Y') + 8 * (delete_priv = 'Y') "
    "+ 32 * (execute_priv = 'Y') + 128 * (grant_priv = 'Y'), super_priv FROM mysql.user ORDER BY user, host";
constexpr std::string_view memberships =
    "SELECT /*M! role, user, host, admin_option, '' FROM mysql.roles_mapping */ "
    "/*!80000 from_user, to_user, to_host, with_admin_option, from_host FROM mysql.role_edges */ ORDER BY 1, 2, 3";
constexpr std::string_view databases =
    "SELECT user, host, db, (select_priv = 'Y') + 2 * (insert_priv = 'Y') + 4 * (update_priv = 'Y') "
    "+ 8 * (delete_priv = 'Y') + 32 * (execute_priv = 'Y') + 128 * (grant_priv = 'Y') "
    "FROM mysql.db ORDER BY user, host, db";

constexpr std::string_view relations =
    "SELECT t.table_name, t.table_type, v.definer, v.security_type, v.is_updatable, v.view_definition "
    "FROM information_schema.tables t LEFT JOIN information_schema.views v "
    "ON v.table_schema = t.table_schema AND v.table_name = t.table_name "
    "WHERE t.table_schema = DATABASE() ORDER BY t.table_name";
constexpr std::string_view columns =
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE() "
    "ORDER BY table_name, ordinal_position";
constexpr std::string_view functions =
    "SELECT routine_type, routine_name, definer, security_type, routine_definition FROM information_schema.routines "
    "WHERE routine_schema = DATABASE() ORDER BY routine_type, routine_name";

constexpr std::string_view table_grants =
    "SELECT user, host, table_name, '', table_priv FROM mysql.tables_priv WHERE db = DATABASE() AND table_priv <> '' "
    "UNION ALL SELECT user, host, table_name, column_name, column_priv FROM mysql.columns_priv "
    "WHERE db = DATABASE() AND column_priv <> ''";
constexpr std::string_view function_grants =
    "SELECT user, host, routine_type, routine_name, proc_priv FROM mysql.procs_priv WHERE db = DATABASE()";

/// "Select,Insert,Grant" as bits.
Rights listed(const std::string& list) {
    constexpr std::pair<std::string_view, Rights> known[] = {{"Select", rights::read},     {"Insert", rights::insert},
                                                             {"Update", rights::update},   {"Delete", rights::remove},
                                                             {"Execute", rights::execute}, {"Grant", rights::give}};
    Rights found = 0;
    for (const auto& [name, bits] : known) {
        if (("," + list + ",").find("," + std::string{name} + ",") != std::string::npos) found |= bits;
    }
    return found;
}

bool holds_word(const std::string& text, const std::string& word) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [&](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

/// Whether a text names something, as it is or as it stands between backticks.
bool names(const std::string& text, const std::string& name) {
    std::string doubled;
    for (const char c : name) doubled += c == '`' ? "``" : std::string(1, c);
    return holds_word(text, name) || holds_word(text, doubled);
}

class Reader {
public:
    explicit Reader(const CatalogQuery& query) : query_(query) {}

    Permissions read() && {
        found_.roles_add_to_own = true;
        found_.views_as_mariadb = true;
        found_.owners_need_execute = true;
        for (const auto& row : query_("SELECT DATABASE()")) found_.schemas.push_back({text_at(row, 0)});
        read_principals();
        read_objects();
        read_grants();
        read_mariadb_outlets(query_, found_);
        read_mariadb_logins(query_, found_);
        return std::move(found_);
    }

private:
    std::vector<sql::Row> rows(std::string_view statement, const std::string& what) {
        return rows_or_gap(query_, std::string{statement}, what, found_);
    }

    Id holder(const std::string& user, const std::string& host) {
        const std::string name = mariadb_account(user, host);
        if (name == "PUBLIC" && host.empty()) return Permissions::everybody;
        if (principals_.at(name) == Permissions::none) {
            add(user, host);
            found_.principals.back().exists = false;  // something is left of one who was dropped
        }
        return principals_.at(name);
    }

    /// "user@host" as views and functions name their owner; a host has no "@", a user may.
    Id definer(const std::string& text) {
        const auto at = text.rfind('@');
        return at == std::string::npos ? holder(text, "") : holder(text.substr(0, at), text.substr(at + 1));
    }

    void add(const std::string& user, const std::string& host) {
        principals_.set(mariadb_account(user, host), found_.principals.size());
        Permissions::Principal principal;
        principal.name = mariadb_account(user, host);
        principal.user = user;
        principal.host = host;
        found_.principals.push_back(std::move(principal));
    }

    void read_principals() {
        const auto accounts = rows(principals, facts::principals);
        for (const auto& row : accounts) {
            const bool is_role = truth_at(row, 2);
            if (text_at(row, 0) == "PUBLIC" && is_role) {
                give({Permissions::everybody, 0, Permissions::none, Level::server, rights_at(row, 7)});
                continue;
            }
            add(text_at(row, 0), text_at(row, 1));
            auto& principal = found_.principals.back();
            principal.can_login = !is_role;
            if (principal.can_login) principal.logins.push_back({text_at(row, 4)});
            if (truth_at(row, 5)) principal.exports.emplace_back("FILE");
            principal.creates_roles = truth_at(row, 6);
            // The product's own account for its system views is locked and has no password.
            principal.is_predefined = principal.user == "mariadb.sys" && principal.host == "localhost";
            if (truth_at(row, 8)) principal.powers.emplace_back("SUPER");
            if (principal.creates_roles) principal.powers.emplace_back("CREATE USER");
            if ((rights_at(row, 7) & rights::give) != 0) principal.powers.emplace_back("GRANT OPTION");
            const auto id = static_cast<Id>(found_.principals.size() - 1);
            give({id, 0, Permissions::none, Level::server, rights_at(row, 7)});
        }
        for (const auto& row : accounts) {
            if (text_at(row, 3).empty() || truth_at(row, 2)) continue;
            found_.principals[holder(text_at(row, 0), text_at(row, 1))].default_role = holder(text_at(row, 3), "");
        }
        for (const auto& row : rows(memberships, facts::memberships)) {
            // A role has its roles' rights; a person has to take them on. On MySQL roles have hosts, so the two look
            // alike.
            const bool is_role = text_at(row, 2).empty() || !text_at(row, 4).empty();
            found_.memberships.push_back({holder(text_at(row, 0), text_at(row, 4)),
                                          holder(text_at(row, 1), text_at(row, 2)), is_role, true, truth_at(row, 3)});
        }
    }

    void give(const Permissions::Grant& grant) {
        if (grant.rights != 0) found_.grants.push_back(grant);
    }

    void read_objects() {
        const auto tables = rows(relations, "relations");
        for (const auto& row : tables) {
            relations_.set(text_at(row, 0), found_.relations.size());
            Permissions::Relation relation;
            relation.schema = 0;
            relation.name = text_at(row, 0);
            if (text_at(row, 1) == "VIEW") {
                relation.kind = TableKind::view;
                relation.owner = definer(text_at(row, 2));
                relation.has_owner_rights = text_at(row, 3) != "INVOKER";
                if (text_at(row, 4) == "YES") relation.writable = rights::insert | rights::update | rights::remove;
            }
            found_.relations.push_back(std::move(relation));
        }
        for (const auto& row : rows(columns, "columns")) {
            const Id relation = relations_.at(text_at(row, 0));
            if (relation == Permissions::none) continue;
            columns_.set(text_at(row, 0) + "." + text_at(row, 1), found_.relations[relation].columns.size());
            found_.relations[relation].columns.push_back(text_at(row, 1));
        }
        for (const auto& row : tables) {
            if (text_at(row, 1) == "VIEW") read_view(text_at(row, 0), text_at(row, 5));
        }
        for (const auto& row : rows(functions, "functions")) read_function(row);
    }

    void read_view(const std::string& name, const std::string& text) {
        if (text.empty()) {
            found_.gaps.push_back({name, "what the view reads is hidden from the account; it needs SHOW VIEW"});
            return;
        }
        auto& reads = found_.relations[relations_.at(name)].reads;
        for (const ViewedColumn& viewed : columns_in_view(text)) {
            const Id relation =
                viewed.table.schema == found_.schemas[0].name ? relations_.at(viewed.table.name) : Permissions::none;
            if (relation == Permissions::none) continue;
            if (reads.empty() || reads.back().relation != relation) reads.push_back({relation, {}});
            const Id column = columns_.at(viewed.table.name + "." + viewed.column);
            if (!viewed.column.empty() && column != Permissions::none) reads.back().columns.push_back(column);
        }
    }

    /// What the words of its text name; the product records nothing else.
    void read_function(const sql::Row& row) {
        Permissions::Function function{.schema = 0,
                                       .name = text_at(row, 1),
                                       .owner = definer(text_at(row, 2)),
                                       .has_owner_rights = text_at(row, 3) == "DEFINER",
                                       .is_guessed = true,
                                       .uses = {}};
        function.is_procedure = text_at(row, 0) == "PROCEDURE";
        const std::string text = text_at(row, 4);
        Rights rights = 0;
        if (holds_word(text, "select")) rights |= rights::read;
        if (holds_word(text, "insert") || holds_word(text, "replace")) rights |= rights::insert;
        if (holds_word(text, "update")) rights |= rights::update;
        if (holds_word(text, "delete") || holds_word(text, "truncate")) rights |= rights::remove;
        if (text.empty()) found_.gaps.push_back({function.name, "what the function does is hidden from the account"});
        for (Id id = 0; id < found_.relations.size(); ++id) {
            const auto& relation = found_.relations[id];
            if (!names(text, relation.name)) continue;
            Permissions::Use use{id, {}, rights};
            for (Id column = 0; column < relation.columns.size(); ++column) {
                if (names(text, relation.columns[column]) || text.find('*') != std::string::npos)
                    use.columns.push_back(column);
            }
            function.uses.push_back(std::move(use));
        }
        functions_.set(text_at(row, 0) + " " + function.name, found_.functions.size());
        found_.functions.push_back(std::move(function));
    }

    void read_grants() {
        for (const auto& row : rows(databases, facts::database_grants))
            found_.patterns.push_back({holder(text_at(row, 0), text_at(row, 1)), text_at(row, 2), rights_at(row, 3)});
        for (const auto& row : rows(table_grants, facts::table_grants)) {
            const Id relation = relations_.at(text_at(row, 2));
            if (relation == Permissions::none) continue;
            const bool is_column = !text_at(row, 3).empty();
            give({holder(text_at(row, 0), text_at(row, 1)), relation,
                  is_column ? columns_.at(text_at(row, 2) + "." + text_at(row, 3)) : Permissions::none,
                  is_column ? Level::column : Level::relation, listed(text_at(row, 4))});
        }
        for (const auto& row : rows(function_grants, "grants on functions")) {
            const Id function = functions_.at(text_at(row, 2) + " " + text_at(row, 3));
            if (function == Permissions::none) continue;
            give({holder(text_at(row, 0), text_at(row, 1)), function, Permissions::none, Level::function,
                  listed(text_at(row, 4))});
        }
    }

    const CatalogQuery& query_;
    Permissions found_;
    Places principals_, relations_, columns_, functions_;
};

}  // namespace

Permissions read_mariadb_access(const CatalogQuery& query) { return Reader{query}.read(); }

bool is_mysql(const CatalogQuery& query) {
    const auto rows = query("SELECT /*M! 0 */ /*!50708 1 */");
    return !rows.empty() && truth_at(rows.front(), 0);
}

}  // namespace crmaudit::connectors
