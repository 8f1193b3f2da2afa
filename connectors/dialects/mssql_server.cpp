// Rights on the whole server. They are told of the users of the database whose logins have them, and of logins that
// need no user there.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "connectors/dialects/mssql_access.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Id = Permissions::Id;

constexpr std::string_view principals = R"sql(
SELECT p.principal_id, p.name, p.type, p.is_disabled, CONVERT(varchar(200), p.sid, 2)
FROM sys.server_principals AS p ORDER BY p.name)sql";

constexpr std::string_view memberships = R"sql(
SELECT m.role_principal_id, m.member_principal_id FROM sys.server_role_members AS m ORDER BY 1, 2)sql";

// Class 100 is the server; 101 are logins, whom others may act as.
constexpr std::string_view permissions = R"sql(
SELECT p.grantee_principal_id, p.permission_name, p.state, t.name
FROM sys.server_permissions AS p
LEFT JOIN sys.server_principals AS t ON p.class = 101 AND t.principal_id = p.major_id
WHERE p.class IN (100, 101) ORDER BY 1, 2, 4)sql";

constexpr const char* server_public = "2";

template <std::size_t count>
bool is_among(const std::array<std::string_view, count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// What one login may do on the server, by whatever roles.
struct Standing {
    bool is_superuser = false;
    bool reads_all = false;
    bool connects = false;
    std::vector<std::string> powers;
    std::vector<std::string> exports;

    bool is_plain() const { return !is_superuser && !reads_all && powers.empty() && exports.empty(); }

    void learn_role(const std::string& role) {
        constexpr std::array<std::string_view, 8> strong{
            "sysadmin",  "securityadmin", "serveradmin",         "setupadmin",
            "dbcreator", "diskadmin",     "##MS_LoginManager##", "##MS_DatabaseManager##"};
        is_superuser = is_superuser || role == "sysadmin";
        connects = connects || role == "##MS_DatabaseConnector##";
        if (is_among(strong, role)) powers.push_back(role);
        if (role == "bulkadmin") exports.push_back(role);
    }

    /// `target` is a login that the permission is about, if it is about one.
    void learn_permission(const std::string& name, const std::string& target) {
        constexpr std::array<std::string_view, 10> strong{
            "CONTROL SERVER",       "ALTER ANY LOGIN",         "IMPERSONATE ANY LOGIN", "ALTER ANY DATABASE",
            "ALTER ANY CREDENTIAL", "ALTER ANY LINKED SERVER", "ALTER ANY SERVER ROLE", "ALTER SERVER STATE",
            "UNSAFE ASSEMBLY",      "EXTERNAL ACCESS ASSEMBLY"};
        if (!target.empty()) {
            if (name == "IMPERSONATE" || name == "CONTROL" || name == "ALTER") powers.push_back(name + " " + target);
            return;
        }
        is_superuser = is_superuser || name == "CONTROL SERVER";
        reads_all = reads_all || name == "SELECT ALL USER SECURABLES";
        connects = connects || name == "CONNECT ANY DATABASE";
        if (is_among(strong, name)) powers.push_back(name);
        if (name == "ADMINISTER BULK OPERATIONS") exports.push_back(name);
    }
};

class Server {
public:
    Server(const CatalogQuery& query, PlacesOfMssql& places, MssqlAccess& access)
        : query_(query), places_(places), access_(access), found_(access.permissions) {}

    void read() {
        std::map<std::string, std::string> names;
        const auto all = rows(principals);
        for (const auto& row : all) names[text_at(row, 0)] = text_at(row, 1);
        std::map<std::string, std::vector<std::string>> roles;
        for (const auto& row : rows(memberships)) roles[text_at(row, 1)].push_back(text_at(row, 0));
        std::map<std::string, std::vector<sql::Row>> granted;
        bool is_denied = false;
        for (const auto& row : rows(permissions)) {
            const std::string state = text_at(row, 2).substr(0, 1);
            is_denied = is_denied || state == "D";
            if (state == "G" || state == "W") granted[text_at(row, 0)].push_back(row);
        }
        if (is_denied) access_.doubts.push_back("DENY on the whole server is recorded and not subtracted");
        for (const auto& row : all) {
            const std::string type = text_at(row, 2).substr(0, 1);
            if (type != "S" && type != "U" && type != "G" && type != "E" && type != "X") continue;
            Standing standing;
            for (const std::string& id : with_roles(text_at(row, 0), roles)) {
                standing.learn_role(names[id]);
                for (const auto& each : granted[id]) standing.learn_permission(text_at(each, 1), text_at(each, 3));
            }
            take(row, std::move(standing));
        }
    }

private:
    std::vector<sql::Row> rows(std::string_view statement) {
        try {
            return query_(std::string{statement});
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            access_.doubts.push_back(std::string{"who has rights on the whole server: "} + error.what());
            return {};
        }
    }

    /// Oneself, every role that one is in directly or through others, and the one that everybody is in.
    static std::vector<std::string> with_roles(const std::string& login,
                                               const std::map<std::string, std::vector<std::string>>& roles) {
        std::vector<std::string> reached{login, server_public};
        for (std::size_t i = 0; i < reached.size(); ++i) {
            const auto found = roles.find(reached[i]);
            if (found == roles.end()) continue;
            for (const std::string& role : found->second) {
                if (std::find(reached.begin(), reached.end(), role) == reached.end()) reached.push_back(role);
            }
        }
        return reached;
    }

    void take(const sql::Row& row, Standing standing) {
        const std::string sid = text_at(row, 4);
        Id id = places_.sids.at(sid);
        if (id == Permissions::none) {
            if (standing.is_plain()) return;  // it can come in as guest at most, who is told of
            id = static_cast<Id>(found_.principals.size());
            Permissions::Principal login;
            login.name = text_at(row, 1);
            login.is_predefined = login.name.starts_with("##MS_");
            found_.principals.push_back(std::move(login));
            places_.sids.set(sid, id);
        }
        auto& principal = found_.principals[id];
        principal.can_login = true;
        principal.is_locked = truth_at(row, 3);
        principal.superuser = principal.superuser || standing.is_superuser;
        if (standing.reads_all) principal.everywhere |= rights::read;
        add(standing.powers, principal.powers);
        add(standing.exports, principal.exports);
        const std::string type = text_at(row, 2).substr(0, 1);
        if (type != "S") principal.logins.push_back({type == "U" || type == "G" ? "windows" : "entra"});
        if (standing.connects)
            found_.grants.push_back(
                {id, 0, Permissions::none, Permissions::Level::server, rights::connect, 0, false, Permissions::none});
    }

    static void add(std::vector<std::string>& more, std::vector<std::string>& to) {
        std::sort(more.begin(), more.end());
        more.erase(std::unique(more.begin(), more.end()), more.end());
        to.insert(to.end(), more.begin(), more.end());
    }

    const CatalogQuery& query_;
    PlacesOfMssql& places_;
    MssqlAccess& access_;
    Permissions& found_;
};

}  // namespace

void read_mssql_server(const CatalogQuery& query, PlacesOfMssql& places, bool sees_server, MssqlAccess& access) {
    if (!sees_server) {
        access.doubts.push_back(
            "who has rights on the whole server is hidden; the account needs VIEW ANY DEFINITION, which "
            "scripts/grants/sqlserver.sql gives");
    }
    Server{query, places, access}.read();
}

std::vector<std::string_view> mssql_server_statements() { return {principals, memberships, permissions}; }

}  // namespace crmaudit::connectors
