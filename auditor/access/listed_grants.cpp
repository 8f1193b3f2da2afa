#include "auditor/access/listed_grants.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace crmaudit::access {
namespace {

using Level = Permissions::Level;

std::vector<std::string> words(Rights rights) {
    constexpr std::pair<Rights, std::string_view> known[] = {{rights::remove, "DELETE"},
                                                             {rights::execute, "EXECUTE"},
                                                             {rights::insert, "INSERT"},
                                                             {rights::read, "SELECT"},
                                                             {rights::update, "UPDATE"}};
    std::vector<std::string> found;
    for (const auto& [bit, word] : known) {
        if ((rights & bit) != 0) found.emplace_back(word);
    }
    return found;
}

class Teller {
public:
    explicit Teller(const Permissions& facts) : facts_(facts) {}

    Grantee grantee(Id holder) const {
        if (holder >= facts_.principals.size()) return {};
        const auto& principal = facts_.principals[holder];
        if (principal.host.empty()) return {principal.name, "", ""};
        return {principal.name, principal.user, principal.host};
    }

    std::string name(Id principal) const {
        return principal < facts_.principals.size() ? facts_.principals[principal].name : std::string{};
    }

    std::string schema(Id id) const { return id < facts_.schemas.size() ? facts_.schemas[id].name : std::string{}; }

    /// False for what no statement can name.
    bool tell_object(const Permissions::Grant& grant, ListedGrant& told) const {
        switch (grant.level) {
            case Level::server: told.on = GrantedOn::server; return true;
            case Level::schema:
                told.on = GrantedOn::schema;
                told.schema = schema(grant.object);
                return true;
            case Level::relation:
            case Level::column: {
                const auto& relation = facts_.relations[grant.object];
                told.schema = schema(relation.schema);
                told.name = relation.name;
                if (grant.level == Level::column) told.columns = {relation.columns.at(grant.column)};
                return true;
            }
            case Level::function: return tell_function(facts_.functions[grant.object], told);
        }
        return false;
    }

private:
    bool tell_function(const Permissions::Function& function, ListedGrant& told) const {
        const auto plain = [](const Permissions::Function& each) {
            return each.plain_name.empty() ? each.name : each.plain_name;
        };
        told.on = function.is_procedure ? GrantedOn::procedure : GrantedOn::function;
        told.schema = schema(function.schema);
        told.name = plain(function);
        return std::count_if(facts_.functions.begin(), facts_.functions.end(), [&](const auto& each) {
                   return each.schema == function.schema && each.is_procedure == function.is_procedure &&
                          plain(each) == told.name;
               }) == 1;
    }

    const Permissions& facts_;
};

/// The parts of one entry: rights, and rights of which only the option goes.
std::vector<ListedGrant> parts(const Permissions& facts, const Entry& entry, Rights may_pass_on,
                               const ListedGrant& told) {
    std::vector<ListedGrant> found;
    if (entry.rights != 0) {
        ListedGrant& part = found.emplace_back(told);
        part.privileges = words(entry.rights);
        part.optional = words(static_cast<Rights>(entry.rights & may_pass_on));
    }
    const auto options = static_cast<Rights>(entry.options & ~entry.rights);
    if (options != 0) {
        ListedGrant& part = found.emplace_back(told);
        part.option = true;
        if (!facts.roles_add_to_own) part.privileges = words(options);
    }
    return found;
}

std::vector<ListedGrant> told_membership(const Permissions& facts, const Entry& entry) {
    const Teller teller{facts};
    const auto& membership = facts.memberships[entry.place];
    ListedGrant told;
    told.on = GrantedOn::role;
    told.name = teller.name(membership.role);
    told.holder = teller.grantee(membership.member);
    told.grantor = teller.name(membership.grantor);
    told.option = entry.rights == 0;
    if (membership.may_pass_on) told.optional = {"ADMIN"};
    const bool has_options = !facts.roles_add_to_own && !facts.creators_give_roles;
    if (has_options && !told.option) {
        told.privileges = {membership.inherits ? "INHERIT TRUE" : "INHERIT FALSE",
                           membership.may_set ? "SET TRUE" : "SET FALSE"};
    }
    return {told};
}

}  // namespace

std::vector<ListedGrant> listed_grants(const Permissions& facts, const Entry& entry) {
    const Teller teller{facts};
    ListedGrant told;
    switch (entry.list) {
        case List::grant: {
            const auto& grant = facts.grants[entry.place];
            if (!teller.tell_object(grant, told)) return {};
            told.holder = teller.grantee(grant.holder);
            told.grantor = teller.name(grant.grantor);
            return parts(facts, entry, grant.may_pass_on, told);
        }
        case List::pattern: {
            const auto& pattern = facts.patterns[entry.place];
            told.on = GrantedOn::pattern;
            told.schema = pattern.pattern;
            told.holder = teller.grantee(pattern.holder);
            return parts(facts, entry, 0, told);
        }
        case List::default_privilege: {
            const auto& given = facts.default_privileges[entry.place];
            told.on = GrantedOn::future;
            told.schema = teller.schema(given.schema);
            told.holder = teller.grantee(given.holder);
            told.creator = teller.name(given.creator);
            return parts(facts, entry, given.may_pass_on, told);
        }
        case List::membership: return told_membership(facts, entry);
        case List::exports:
            told.on = GrantedOn::server;
            told.holder = teller.grantee(entry.place);
            told.privileges = {"FILE"};
            return {told};
    }
    return {};
}

}  // namespace crmaudit::access
