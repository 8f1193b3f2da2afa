// A request to be erased, to its end with the databases' own clients: that person goes and nobody else, and whoever
// must be kept gets no script.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Erasure : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam()};

    /// All persons of this CRM have one address; so nothing could be looked for by it.
    void have_no_addresses() { crm.sql("UPDATE person SET email = NULL"); }

    bool has_scripts() const { return std::filesystem::exists(crm.script("2-purge.sql")); }
};

TEST_P(Erasure, DeletesThatPersonAndNobodyElse) {
    have_no_addresses();
    // In contact a hundred days ago and on the day of the request: no rule would find this person.
    crm.sql("INSERT INTO visit VALUES (999, 'active10', CURRENT_TIMESTAMP)");
    const auto written = crm.erase("key: person=active10\n", {"--accept-lost-objections"});
    EXPECT_EQ(written.code, 0) << written.err;
    const std::string before = crm.persons();
    const std::string others = crm.others();

    EXPECT_EQ(crm.run("1-dry-run.sql").code, 0);
    EXPECT_EQ(crm.persons(), before);
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    std::string left = before;
    left.erase(left.find("active10 "), 9);
    EXPECT_EQ(crm.persons(), left);
    EXPECT_EQ(crm.others(), others);
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM visit WHERE person_id = 'active10'"), "0");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM address WHERE id = 1"), "1");  // somebody else has it too
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM crmaudit_deletion_log WHERE rule_id = 'erasure_request' AND deleted = 1"),
              "1");
}

TEST_P(Erasure, IsRefusedWhereSomebodyMustBeKept) {
    have_no_addresses();
    const auto refused = [&](const std::string& id, const std::string& why, std::vector<std::string> more = {}) {
        const auto ended = crm.erase("key: person=" + id + "\n", more);
        EXPECT_EQ(ended.code, 3) << id;
        EXPECT_THAT(ended.err, HasSubstr(why)) << id;
        EXPECT_THAT(ended.err, Not(HasSubstr(id))) << id;
        EXPECT_FALSE(has_scripts()) << id;
    };
    const std::vector<std::string> everything{"--accept-relationship", "--accept-lost-objections", "--accept-triggers"};
    refused("invoice11", "documents must be kept by law", everything);
    refused("hold11", "under a legal hold", everything);
    refused("deal12", "in a running relationship");
    crm.sql("UPDATE person SET objected = 1 WHERE id = 'active11'");
    refused("active11", "their objection would be lost");
    crm.sql("CREATE TABLE held (id INTEGER PRIMARY KEY, person_id VARCHAR(36))");
    crm.sql("INSERT INTO held VALUES (1, 'active12')");
    refused("active12", "under a legal hold", {"--hold", "person:held.person_id"});
    EXPECT_EQ(crm.erase("key: person=deal12\n", {"--accept-relationship"}).code, 0);
    EXPECT_TRUE(has_scripts());
}

TEST_P(Erasure, SparesWhoComesUnderAHoldBeforeTheScriptRuns) {
    have_no_addresses();
    EXPECT_EQ(crm.erase("key: person=active13\n").code, 0);
    crm.sql("UPDATE person SET held = 1 WHERE id = 'active13'");
    const std::string before = crm.persons();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(crm.persons(), before);
}

TEST_P(Erasure, IsNotWrittenForSeveralWhomNobodyChose) {
    const auto ended = crm.erase("email: erika@example.org\n");
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("persons match the request, so no data was written"));
    EXPECT_FALSE(has_scripts());
}

INSTANTIATE_TEST_SUITE_P(Products, Erasure, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
