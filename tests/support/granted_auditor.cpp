#include "tests/support/granted_auditor.h"

#include <stdexcept>

#include "tests/support/command.h"

namespace crmaudit::live {
namespace {

const std::string grants = std::string{CRMAUDIT_SOURCE_DIR} + "/scripts/grants/";

void must(const std::string& command) {
    if (support::run(command).code != 0) throw std::runtime_error("failed: " + command);
}

std::string client(const Scratch& scratch) {
    return scratch.product() == Product::postgresql
               ? "psql -X -q -v ON_ERROR_STOP=1 -d " + scratch.name() + " >/dev/null"
               : "mariadb --defaults-file=" + support::quoted(required("CRMAUDIT_TEST_MARIADB_DEFAULTS"));
}

}  // namespace

GrantedAuditor::GrantedAuditor(Scratch& scratch, Parts parts) : scratch_(scratch), name_("au_" + scratch.name()) {
    const bool postgresql = scratch.product() == Product::postgresql;
    const std::string product = to_string(scratch.product());
    if (parts == Parts::none && postgresql) {
        scratch.admin().run("CREATE ROLE " + name_ + " LOGIN");
    } else if (parts == Parts::none) {
        scratch.admin().run("CREATE USER " + name_ + "@'%'");
        scratch.admin().run("GRANT SHOW VIEW ON " + scratch.name() + ".* TO " + name_ + "@'%'");
    } else {
        run_script(product + ".sql");
    }
    if (parts == Parts::both) run_script(product + "-audit-permissions.sql");
    const std::string secret = "'of_" + name_ + "'";
    scratch.admin().run(postgresql ? "ALTER ROLE " + name_ + " PASSWORD " + secret
                                   : "ALTER USER " + name_ + "@'%' IDENTIFIED BY " + secret + " ACCOUNT UNLOCK");
}

GrantedAuditor::~GrantedAuditor() {
    const bool postgresql = scratch_.product() == Product::postgresql;
    if (postgresql) scratch_.admin().run("DROP OWNED BY " + name_);
    scratch_.admin().run(postgresql ? "DROP ROLE " + name_ : "DROP USER " + name_ + "@'%'");
}

void GrantedAuditor::run_script(const std::string& script) const {
    must("sed 's/\\bauditor\\b/" + name_ + "/g; s/`crm`/`" + scratch_.name() + "`/g' " +
         support::quoted(grants + script) + " | " + client(scratch_));
}

std::string GrantedAuditor::principal() const {
    return scratch_.product() == Product::postgresql ? name_ : "'" + name_ + "'@'%'";
}

std::string GrantedAuditor::connection() const {
    return with(with(scratch_.auditor_connection(), "UID", name_), "PWD", "of_" + name_);
}

void show_logins(Scratch& scratch) {
    if (scratch.product() != Product::postgresql) return;
    must(client(scratch) + " -f " + support::quoted(grants + "postgresql-audit-permissions.sql"));
}

}  // namespace crmaudit::live
