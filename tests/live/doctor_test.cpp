// What `crmaudit doctor` says of real servers and accounts, and that it agrees with what an audit then leaves
// unchecked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/audited.h"
#include "tests/support/granted_auditor.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Parts = GrantedAuditor::Parts;

class Doctor : public ::testing::TestWithParam<Product> {
protected:
    support::ProcessResult examine(const std::string& connection, const std::vector<std::string>& more = {}) {
        audited_.connect_with(connection);
        std::vector<std::string> arguments{"doctor", "--connect-file", audited_.connection_file(), "--profile", "none"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return support::run_crmaudit(arguments, audited_.job());
    }

    Audited audited_{GetParam()};
};

TEST_P(Doctor, TellsAnAccountThatCouldWrite) {
    const auto ended = examine(audited_.scratch.connection());
    EXPECT_EQ(ended.code, 2) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("could also write"));
    EXPECT_THAT(ended.out, HasSubstr("Letters of all scripts"));
    EXPECT_THAT(ended.out, HasSubstr("this session is read-only"));
    EXPECT_THAT(ended.out, HasSubstr("sees everything"));
    EXPECT_THAT(ended.out, Not(HasSubstr("PWD")));
}

TEST_P(Doctor, SpeaksGerman) {
    const auto ended = examine(audited_.scratch.connection(), {"--lang", "de"});
    EXPECT_EQ(ended.code, 2) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("Es könnte auch schreiben"));
}

class DoctorOfServers : public Doctor {};

TEST_P(DoctorOfServers, FindsNothingWrongWithBothParts) {
    const GrantedAuditor auditor{audited_.scratch, Parts::both};
    const auto ended = examine(auditor.connection());
    EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("sees everything"));
    EXPECT_THAT(ended.out, HasSubstr("could not write"));
}

TEST_P(DoctorOfServers, NamesTheRulesAndTheScriptThatIsMissing) {
    const GrantedAuditor auditor{audited_.scratch, Parts::audit};
    const auto ended = examine(auditor.connection());
    EXPECT_EQ(ended.code, 3) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("- weak_authentication, "));
    EXPECT_THAT(ended.out, HasSubstr("- unprotected_transport, "));
    EXPECT_THAT(ended.out, Not(HasSubstr("- broad_grant, ")));
    EXPECT_THAT(ended.out, HasSubstr("scripts/grants/" + to_string(GetParam()) + "-audit-permissions.sql"));
}

TEST_P(DoctorOfServers, NamesATableThatTheAccountMayNotRead) {
    const GrantedAuditor auditor{audited_.scratch, Parts::both};
    if (GetParam() == Product::postgresql) {
        audited_.scratch.admin().run("CREATE TABLE people_copy (id integer PRIMARY KEY, email varchar(100))");
        audited_.scratch.admin().run("REVOKE ALL ON people_copy FROM " + auditor.name());
    } else {
        audited_.scratch.admin().run("REVOKE SELECT ON " + audited_.scratch.name() + ".* FROM " + auditor.principal());
        audited_.scratch.admin().run("GRANT SELECT (id) ON contacts_bak_2019 TO " + auditor.principal());
    }
    const auto ended = examine(auditor.connection());
    EXPECT_EQ(ended.code, 3) << ended.out << ended.err;
    EXPECT_THAT(ended.out, HasSubstr(GetParam() == Product::postgresql ? "people_copy" : "contacts_bak_2019"));
    EXPECT_THAT(ended.out, HasSubstr("incomplete"));
}

TEST_P(DoctorOfServers, SaysThatAServerOrAnAccountIsNotThere) {
    const auto wrong = examine(with(audited_.scratch.auditor_connection(), "PWD", "wrong"));
    EXPECT_EQ(wrong.code, 77) << wrong.err;
    const auto gone = examine(with(audited_.scratch.auditor_connection(), "PORT", "1"));
    EXPECT_EQ(gone.code, 69) << gone.err;
    EXPECT_THAT(gone.err, Not(HasSubstr("PWD")));
}

const auto product_name = [](const auto& instance) { return to_string(instance.param); };
INSTANTIATE_TEST_SUITE_P(On, Doctor, ::testing::ValuesIn(all_products), product_name);
INSTANTIATE_TEST_SUITE_P(On, DoctorOfServers, ::testing::Values(Product::postgresql, Product::mariadb), product_name);

}  // namespace
}  // namespace crmaudit::live
