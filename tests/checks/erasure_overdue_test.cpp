#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> a_week{{"undue_delay", "P7D"}, {"in_time", "medium"}};
const std::vector<Role> roles{Role::request_erasure, Role::received, Role::answered};

TEST(ErasureOverdue, HitFromTheDayItCameIn) {
    SmallCrm crm;
    crm.add(EntityKind::request, "request", roles);
    crm.sql(
        "INSERT INTO request(request_erasure, received, answered) VALUES (1, '2026-06-15', 0), (1, '2026-06-08', 0),"
        " (1, '2020-01-01', 1), (0, '2020-01-01', 0);");
    const AuditResult result = crm.audit("erasure_overdue", a_week);
    EXPECT_EQ(summary(result), "found 2/3 request overdue=0");
    EXPECT_EQ(result.findings.at(0).severity, Severity::medium);
    EXPECT_EQ(result.findings.at(0).oldest, parse_date("2026-06-08"));
}

TEST(ErasureOverdue, HitIsAsSevereAsTheRuleSaysOnceTheDelayIsOver) {
    SmallCrm crm;
    crm.add(EntityKind::request, "request", roles);
    crm.sql(
        "INSERT INTO request(request_erasure, received, answered) VALUES (1, '2026-06-15', 0),"
        " (1, '2026-06-07 23:59:59', NULL);");
    const AuditResult result = crm.audit("erasure_overdue", a_week);
    EXPECT_EQ(summary(result), "found 2/2 request overdue=1");
    EXPECT_EQ(result.findings.at(0).severity, Severity::high);
}

TEST(ErasureOverdue, CleanWhenAllAreAnswered) {
    SmallCrm crm;
    crm.add(EntityKind::request, "request", roles);
    crm.sql(
        "INSERT INTO request(request_erasure, received, answered, deleted) VALUES (1, '2020-01-01', 1, 0),"
        " (1, '2020-01-01', 0, 1);");
    EXPECT_EQ(summary(crm.audit("erasure_overdue", a_week)), "clean");
}

TEST(ErasureOverdue, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("erasure_overdue", a_week)), "not_checked [ not_mapped: request]");
    crm.add(EntityKind::request, "request", roles);
    crm.unmap(Role::answered);
    EXPECT_EQ(summary(crm.audit("erasure_overdue", a_week)), "not_checked [request not_mapped: answered]");
    crm.has_profile = false;
    EXPECT_EQ(summary(crm.audit("erasure_overdue", a_week)), "not_checked [ no_profile]");
}

TEST(ErasureOverdue, NotApplicableWhereTheCrmKeepsNoRequests) {
    SmallCrm crm;
    crm.declare_absent(EntityKind::request);
    EXPECT_EQ(outcome(crm.audit("erasure_overdue", a_week)).reason, "no_requests");
    crm.add(EntityKind::request, "request", roles);
    crm.declare_absent(Role::request_erasure);
    EXPECT_EQ(outcome(crm.audit("erasure_overdue", a_week)).reason, "no_such_requests");
}

}  // namespace
}  // namespace crmaudit::testing
