// Who may do what in a database, as the database records it: facts by number, nothing concluded yet. Everything refers
// to everything by its place in the lists below, so that ten thousand roles stay small. No password's hash is in here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"

namespace crmaudit {

/// What a grant allows, as bits. remove is DELETE; use is what a schema asks for before anything in it can be named;
/// connect opens the database; execute calls a function.
using Rights = std::uint8_t;
namespace rights {
constexpr Rights read = 1;
constexpr Rights insert = 2;
constexpr Rights update = 4;
constexpr Rights remove = 8;
constexpr Rights on_rows = read | insert | update | remove;
constexpr Rights use = 16;
constexpr Rights execute = 32;
constexpr Rights connect = 64;
constexpr Rights give = 128;  // the option to give what one has, where it is a right of its own (MariaDB)
}  // namespace rights

/// What gaps of the permissions are about where rules ask for them by name.
namespace fact_kinds {
inline constexpr const char* logins = "logins";          // secrets, how long they last, locks, encryption of accounts
inline constexpr const char* host_rules = "host rules";  // who may come from where
inline constexpr const char* transport = "transport";    // encryption of the server and of the audit's own connection
}  // namespace fact_kinds

struct Permissions {
    using Id = std::uint32_t;
    static constexpr Id none = UINT32_MAX;
    static constexpr Id everybody = UINT32_MAX - 1;  // a holder: PUBLIC

    /// Whether the rights of an active role come on top of one's own (MariaDB) or stand in their place (PostgreSQL).
    bool roles_add_to_own = false;
    /// MariaDB: INSERT through a view also reads its other columns, DELETE asks only about the table at the bottom,
    /// and a view with its reader's rights that another view reads is checked against that one's owner.
    bool views_as_mariadb = false;
    /// MariaDB: a function with its owner's rights runs only if the owner may call it as well.
    bool owners_need_execute = false;
    /// Whether those who create roles may give any that is no superuser (PostgreSQL before 16).
    bool creators_give_roles = false;

    /// One way in which an account proves who it is. The secret itself is never here.
    struct Login {
        enum class Secret : std::uint8_t { unknown, none, set, unusable };
        std::string method;  // the kind of hash (PostgreSQL) or the plugin (MariaDB), in the product's own words
        Secret secret = Secret::unknown;
    };

    struct Principal {
        std::string name;  // as in the catalog: 'user'@'host' on MariaDB
        bool can_login = false;
        bool superuser = false;
        bool bypasses_row_security = false;
        bool creates_roles = false;
        /// What a role of the product's own, or a right on the whole server, brings without any grant in a list.
        Rights everywhere = 0;
        bool is_predefined = false;  // the product's own
        bool exists = true;          // false: something is granted to this name, and nobody has it
        std::string valid_until{};   // of the password, ISO; empty: for ever
        /// A password runs out so many days after it was set; 0: never. Absent: not known, or said by valid_until.
        std::optional<std::int64_t> password_days{};
        std::vector<Login> logins{};      // one of them suffices; empty: not known
        std::optional<bool> is_locked{};  // nobody logs in as it, whatever its secret; absent: not known
        bool replicates = false;          // may have the whole server copied to another one
        /// Whether the account may only connect over an encrypted line, where that is a property of accounts.
        std::optional<bool> needs_encryption{};
        std::vector<std::string> powers{};   // over the server and its accounts, in the product's own words
        std::vector<std::string> exports{};  // what carries data off to files or programs, in the product's own words
        std::string user{};                  // the parts of a name that has a host
        std::string host{};
        Id default_role = none;
    };

    struct Membership {
        Id role = none;
        Id member = none;
        bool inherits = true;  // has the role's rights without asking for them
        bool may_set = true;   // may become the role: SET ROLE
        bool may_pass_on = false;
        Id grantor = none;  // where the product records one
    };

    struct Schema {
        std::string name;
        Id owner = none;
    };

    /// Columns of a relation that a view or a function touches; none: the relation without any column, as COUNT(*).
    struct Use {
        Id relation = none;
        std::vector<Id> columns;
        Rights rights = rights::read;
    };

    struct Relation {
        Id schema = none;
        std::string name;
        TableKind kind = TableKind::table;
        Id owner = none;
        std::vector<std::string> columns;
        bool row_security = false;
        bool row_security_for_owner = false;
        bool has_owner_rights = true;  // of a view: what it reads is checked against its owner, not its reader
        std::vector<Use> reads{};      // of a view
        Rights writable = 0;           // of a view: what can be written through it
    };

    struct Function {
        Id schema = none;
        std::string name;  // with its arguments where they are needed to tell it from others
        Id owner = none;
        bool has_owner_rights = false;
        bool is_guessed = false;  // what it touches is taken from words in its text
        std::vector<Use> uses;
        std::string plain_name{};  // without arguments; empty: the same
        bool is_procedure = false;
    };

    enum class Level : std::uint8_t { server, schema, relation, column, function };

    struct Grant {
        Id holder = none;
        Id object = none;  // in the list of its level
        Id column = none;
        Level level = Level::relation;
        Rights rights = 0;
        Rights may_pass_on = 0;
        bool by_default = false;  // would come about by default privileges
        Id grantor = none;        // where the product records one
    };

    /// A right on every database whose name fits, '_' and '%' being wildcards unless escaped.
    struct SchemaPattern {
        Id holder = none;
        std::string pattern;
        Rights rights = 0;
    };

    /// What tables that `creator` makes from now on come with; in one schema or, with none, in all.
    struct DefaultPrivilege {
        Id creator = none;
        Id schema = none;
        Id holder = none;
        Rights rights = 0;
        Rights may_pass_on = 0;
    };

    /// One policy of row-level security: for whom and for which rights rows pass it.
    struct RowPolicy {
        Id relation = none;
        std::string name;
        bool permissive = true;
        Rights rights = rights::on_rows;
        std::vector<Id> holders;
    };

    /// One line of the list of who may log in from where, and how (PostgreSQL). The first one that fits decides.
    struct HostRule {
        std::int64_t line = 0;
        std::string type;  // "local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"
        std::vector<std::string> databases;
        std::vector<std::string> users;
        std::string address;  // "10.0.0.0/8", "all", "samehost", a name; empty for local ones
        std::string method;
        bool asks_certificate = false;  // besides what the method asks
    };

    /// Something that carries data out of the database.
    struct Outlet {
        std::string what;  // "user_mapping", "publication", "replication_slot", "replication_account", "remote_table",
                           // "dblink", "subscription", "linked_server", "server_program"
        std::string name;
        std::string target{};  // where to, as far as it is known
    };

    /// How connections come in; absent: not known.
    struct Transport {
        std::optional<bool> offered{};            // encryption
        std::optional<bool> required{};           // of everybody who comes over the network
        std::optional<bool> own_is_protected{};   // this audit's own: encrypted, or within one machine
        std::optional<std::string> listens_on{};  // addresses in the server's own words; empty: none
    };

    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    std::vector<Schema> schemas;
    std::vector<Relation> relations;
    std::vector<Function> functions;
    std::vector<Grant> grants;
    std::vector<SchemaPattern> patterns;
    std::vector<DefaultPrivilege> default_privileges;
    /// Creators whose default privileges in all schemas replace the product's own, which give them everything.
    std::vector<Id> replaced_defaults;
    std::vector<RowPolicy> policies;
    std::vector<HostRule> host_rules;
    std::vector<Outlet> outlets;
    Transport transport;
    std::vector<CatalogGap> gaps;  // what could not be read, with the reason
};

}  // namespace crmaudit
