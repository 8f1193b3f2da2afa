// Accounts that one gets into without a secret, or with one that is kept or sent so that others can find it out. Which
// ways are weak, and how long a password may last, is the policy's to say.
#include <algorithm>
#include <array>

#include "auditor/checks/logins.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

using Login = Permissions::Login;

/// A login of SQL Server whose password need not meet the server's demands.
constexpr std::string_view without_policy = "sql_login_without_policy";

/// Methods that ask for a password and for nothing else: an empty one lets everybody in.
bool asks_password_only(std::string_view method) {
    constexpr std::array<std::string_view, 8> known{
        "mysql_native_password", "mysql_old_password", "ed25519",   "parsec",
        "caching_sha2_password", "sha256_password",    "sql_login", without_policy};
    return std::find(known.begin(), known.end(), method) != known.end();
}

/// What the rule says.
class Demands {
public:
    explicit Demands(const Rule& rule) : weak_(rule.words("weak")) {
        if (!rule.parameter("longest").empty()) longest_ = rule.period("longest");
    }

    bool is_weak(const std::string& method) const {
        return std::find(weak_.begin(), weak_.end(), method) != weak_.end();
    }

    std::vector<std::string> objections(const Permissions::Principal& principal, Date as_of) const {
        std::vector<std::string> facts;
        bool has_password = false;
        for (const Login& login : principal.logins) {
            const bool is_empty = login.secret == Login::Secret::none;
            if (is_empty && asks_password_only(login.method)) facts.emplace_back("no_password");
            const bool is_used = login.secret == Login::Secret::set || login.secret == Login::Secret::unknown;
            const char* kind = login.method == without_policy ? "weak_method: " : "weak_hash: ";
            if (is_used && is_weak(login.method)) facts.push_back(kind + login.method);
            has_password = has_password || login.secret == Login::Secret::set;
        }
        if (has_password && longest_ && lasts_too_long(principal, as_of)) facts.emplace_back("no_expiry");
        std::sort(facts.begin(), facts.end());
        facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
        return facts;
    }

    /// A line that asks for hashes of the old kind takes better ones as well: the hash decides, not the line. A
    /// password that is sent as it is needs a line that is encrypted.
    std::vector<std::string> objections(const Permissions::HostRule& rule) const {
        const bool is_covered =
            rule.asks_certificate || rule.method == "md5" || (rule.method == "password" && rule.type == "hostssl");
        if (is_covered || !is_weak(rule.method)) return {};
        return {"weak_method: " + rule.method};
    }

private:
    bool lasts_too_long(const Permissions::Principal& principal, Date as_of) const {
        const Date last = add(as_of, *longest_);
        if (const auto until = parse_date(principal.valid_until)) return *until > last;
        if (!principal.password_days) return false;
        const auto longest = std::chrono::sys_days{last} - std::chrono::sys_days{as_of};
        return *principal.password_days == 0 || *principal.password_days > longest.count();
    }

    std::vector<std::string> weak_;
    std::optional<Period> longest_;
};

Plan plan_weak(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    add_gap_about(input, fact_kinds::logins, plan);
    add_gap_about(input, fact_kinds::host_rules, plan);
    static_cast<void>(Demands{input.rule});  // a period that is none fails the rule before anything is judged
    return plan;
}

std::vector<Finding> judge_weak(const CheckInput& input, const Plan& plan,
                                std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    const Demands demands{input.rule};
    auto findings =
        findings_about_lines(input, [&](const Permissions::HostRule& rule) { return demands.objections(rule); });
    for (const access::Id id : accounts_at_stake(input)) {
        auto facts = demands.objections(input.access->facts().principals[id], input.as_of);
        if (!facts.empty()) findings.push_back(finding_about_account(input, id, std::move(facts)));
    }
    return findings;
}

}  // namespace

Check weak_authentication() { return {"weak_authentication", plan_weak, judge_weak}; }

}  // namespace crmaudit::checks
