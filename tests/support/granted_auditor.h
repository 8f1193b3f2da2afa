// An account that the shipped scripts of scripts/grants made, as an administrator would run them, for one database.
// Each test has its own: what one may see is no other's business.
#pragma once

#include <string>

#include "tests/support/live.h"

namespace crmaudit::live {

class GrantedAuditor {
public:
    enum class Parts {
        none,   // an account that may connect and was given nothing for the audit
        audit,  // the first script
        both,   // and the one that shows how everybody logs in
    };

    GrantedAuditor(Scratch& scratch, Parts parts);
    ~GrantedAuditor();
    GrantedAuditor(const GrantedAuditor&) = delete;
    GrantedAuditor& operator=(const GrantedAuditor&) = delete;

    const std::string& name() const { return name_; }
    /// How the catalog names it.
    std::string principal() const;
    std::string connection() const;

private:
    void run_script(const std::string& script) const;

    Scratch& scratch_;
    std::string name_;
};

/// Runs the second script of PostgreSQL in a database for the account `auditor` that all tests share. MariaDB keeps
/// what it makes beside all databases; scripts/servers ran it there.
void show_logins(Scratch& scratch);

}  // namespace crmaudit::live
