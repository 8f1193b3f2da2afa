// What counts as agreed, refused and unknown, from flags and dated events together.
#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

/// The state of a single person, from the counts of the report.
std::string state_of(const AuditResult& result, const std::string& purpose) {
    for (const ConsentCount& count : result.consent) {
        if (count.purpose != purpose) continue;
        if (count.granted + count.refused + count.unknown != 1) return "not one person";
        return count.granted == 1 ? "granted" : count.refused == 1 ? "refused" : "unknown";
    }
    return "not told";
}

struct Case {
    const char* says;
    const char* values;  // consent, optout, marketing_granted_at, optout_at
    const char* state;
};

TEST(Consent, ARefusalThatStandsWinsAndOfEventsTheLatest) {
    const Case cases[] = {
        {"consent alone", "1, 0, NULL, NULL", "granted"},
        {"a date alone", "NULL, NULL, '2026-01-01', NULL", "granted"},
        {"nothing", "NULL, NULL, NULL, NULL", "unknown"},
        {"not opted out", "0, 0, NULL, NULL", "unknown"},
        {"opted out", "0, 1, NULL, NULL", "refused"},
        {"objection after consent", "1, 0, '2026-01-01', '2026-02-01'", "refused"},
        {"consent anew after an objection", "1, 0, '2026-03-01', '2026-02-01'", "granted"},
        {"consent anew by its date alone", "NULL, NULL, '2026-03-01', '2026-02-01'", "granted"},
        {"both at the same moment", "1, 0, '2026-02-01 10:00:00', '2026-02-01 10:00:00'", "refused"},
        {"an objection and a consent without a date", "1, 0, NULL, '2026-02-01'", "refused"},
        {"opted out in spite of a later consent", "1, 1, '2026-03-01', '2026-02-01'", "refused"},
        {"an objection in the future", "1, 0, '2026-01-01', '2027-01-01'", "granted"},
        {"a consent in the future", "NULL, NULL, '2027-01-01', '2026-01-01'", "refused"},
        {"only a consent in the future", "NULL, NULL, '2027-01-01', NULL", "unknown"},
        {"an objection before 1900", "1, 0, NULL, '1899-12-31'", "granted"},
    };
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_granted_at);
    for (const Case& each : cases) {
        crm.sql(std::string{"DELETE FROM person; INSERT INTO person(id, consent, optout, marketing_granted_at, "
                            "optout_at) VALUES ('p', "} +
                each.values + ");");
        EXPECT_EQ(state_of(crm.audit("contradictory_consent"), "marketing"), each.state) << each.says;
    }
}

TEST(Consent, TheLatestOfSeveralSourcesDecides) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_granted_at);
    crm.map(Role::marketing_granted_at, "informed");
    crm.map(Role::marketing_objected, "deleted_at");
    crm.sql(
        "INSERT INTO person(id, marketing_granted_at, informed, optout_at, deleted_at)"
        " VALUES ('p', '2026-01-01', '2026-04-01', '2026-02-01', '2026-03-01');");
    EXPECT_EQ(state_of(crm.audit("contradictory_consent"), "marketing"), "granted");
    crm.sql("UPDATE person SET deleted_at = '2026-05-01'");
    EXPECT_EQ(state_of(crm.audit("contradictory_consent"), "marketing"), "refused");
}

TEST(Consent, TrackingIsAPurposeOfItsOwn) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::tracking_granted_at);
    crm.map(Role::tracking_refused_at);
    crm.sql(
        "INSERT INTO person(id, optout, tracking_granted_at, tracking_refused_at)"
        " VALUES ('p', 1, '2026-03-01', '2026-02-01');");
    const AuditResult result = crm.audit("contradictory_consent");
    EXPECT_EQ(state_of(result, "marketing"), "refused");
    EXPECT_EQ(state_of(result, "tracking"), "granted");
}

TEST(Consent, ADateIsEnoughWhereNoFlagIsMapped) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::marketing_granted);
    EXPECT_EQ(outcome(crm.audit("bulk_mail_without_consent")).status, OutcomeStatus::not_checked);
    crm.map(Role::marketing_granted_at);
    EXPECT_EQ(outcome(crm.audit("bulk_mail_without_consent")).status, OutcomeStatus::clean);
}

}  // namespace
}  // namespace crmaudit::testing
