// The copy of one person's data from a SuiteCRM of invented persons: their row, and no address, telephone number or
// birthday of any other person.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/support/purge_crm.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;

class SubjectSuiteCrm : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam(), 200};
    TemporaryDirectory place;

    std::set<std::string> lines(const std::string& query) {
        std::istringstream text(crm.rows(query));
        std::set<std::string> all;
        for (std::string line; std::getline(text, line);) {
            if (line.size() > 5 && line != "NULL") all.insert(line);
        }
        return all;
    }

    std::string answer_to(const std::string& request) {
        support::write_text(place.path() / "connection", crm.scratch.connection());
        support::write_text(place.path() / "request", request);
        support::ProcessOptions job;
        job.environment = support::bare_environment();
        const auto ended =
            support::run_crmaudit({"subject", "--connect-file", place.path() / "connection", "--label", "crm",
                                   "--subject-file", place.path() / "request", "--out", place.path() / "answer"},
                                  job);
        EXPECT_EQ(ended.code, 0) << ended.err;
        return support::read_text(place.path() / "answer/subject.xml");
    }
};

TEST_P(SubjectSuiteCrm, HoldsThePersonAndNobodyElse) {
    // Somebody whose address nobody else has, with calls.
    const std::string id = crm.cell(
        "SELECT MIN(c.id) FROM contacts c JOIN calls k ON k.parent_id = c.id JOIN email_addr_bean_rel r ON r.bean_id = "
        "c.id WHERE (SELECT COUNT(DISTINCT s.bean_id) FROM email_addr_bean_rel s WHERE s.email_address_id = "
        "r.email_address_id) = 1");
    const std::string address = crm.cell(
        "SELECT MIN(a.email_address) FROM email_addresses a JOIN email_addr_bean_rel r ON r.email_address_id = a.id "
        "WHERE r.bean_id = '" +
        id + "'");
    const std::string xml = answer_to("email: " + address + "\n");
    EXPECT_THAT(xml, HasSubstr("<key>" + id + "</key>"));
    std::set<std::string> own{address};
    for (const char* column : {"first_name", "last_name", "phone_mobile", "phone_work", "primary_address_street",
                               "primary_address_city", "date_entered"}) {
        const std::string value = crm.cell(std::string{"SELECT "} + column + " FROM contacts WHERE id = '" + id + "'");
        own.insert(value);
        EXPECT_THAT(xml, HasSubstr(value)) << column;
    }
    const std::set<std::string> calls = lines("SELECT id FROM calls WHERE parent_id = '" + id + "'");
    EXPECT_FALSE(calls.empty());
    for (const std::string& each : calls) EXPECT_THAT(xml, HasSubstr(each));

    std::set<std::string> others = lines("SELECT email_address FROM email_addresses");
    for (const std::string table : {"contacts", "leads", "prospects"}) {
        for (const std::string column : {"phone_mobile", "phone_work"}) {
            others.merge(lines("SELECT " + column + " FROM " + table + " WHERE id <> '" + id + "'"));
        }
    }
    EXPECT_GT(others.size(), 100U);
    for (const std::string& each : others) {
        if (!own.contains(each)) {
            EXPECT_EQ(xml.find(each), std::string::npos) << each;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Products, SubjectSuiteCrm, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
