// Codes of a consent column that the profile does not know: never a database in which nobody has agreed.
#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

Attribute coded(const char* name, Role role, std::vector<std::string> codes) {
    return {name, ValueType::flag, role, OwnCondition{{OneOf{column("status"), std::move(codes)}}}, false};
}

/// A CRM whose persons have a status, and who got mail.
class CodedColumns : public ::testing::Test {
protected:
    CodedColumns() {
        crm.profile.entities.pop_back();
        crm.unmap(Role::marketing_granted);
        crm.unmap(Role::marketing_refused);
        crm.sql("ALTER TABLE person ADD COLUMN status TEXT;");
        person().attributes.push_back(coded("agreed", Role::marketing_granted, {"yes please"}));
        person().attributes.push_back(coded("declined", Role::marketing_refused, {"no thanks"}));
    }

    Entity& person() { return crm.profile.entities.front(); }

    void persons(const std::string& values) {
        crm.sql("INSERT INTO person(id, status) VALUES " + values +
                "; INSERT INTO mail(person_id, kind, sent) SELECT id, 'news', '2026-05-01' FROM person;");
    }

    std::string marketing() { return summary(crm.audit("marketing_without_consent")); }

    SmallCrm crm;
};

TEST_F(CodedColumns, ThatMatchNothingAreNotJudged) {
    persons("('1', 'Ja'), ('2', 'Nein'), ('3', NULL)");
    const AuditResult result = crm.audit("marketing_without_consent");
    EXPECT_EQ(summary(result), "not_checked [person values_unmatched: person.status]");
    ASSERT_EQ(result.persons.size(), 1U);
    EXPECT_EQ(result.persons[0].affected, 0);
    for (const ConsentCount& count : result.consent) EXPECT_NE(count.purpose, "marketing");
}

TEST_F(CodedColumns, ThatMatchSomewhereAreJudged) {
    persons("('1', 'Ja'), ('2', 'No thanks'), ('3', NULL)");
    EXPECT_EQ(marketing(), "found 3/3 person refused=1 unknown=2");
}

TEST_F(CodedColumns, ThatAreEmptyAreJudged) {
    persons("('1', NULL), ('2', ' ')");
    EXPECT_EQ(marketing(), "found 2/2 person refused=0 unknown=2");
}

TEST_F(CodedColumns, ThatSayNothingEitherWayAreKnownByTheirOwnRole) {
    persons("('1', 'Ja')");
    person().attributes.push_back(coded("unset", Role::marketing_other, {"ja"}));
    EXPECT_EQ(marketing(), "found 1/1 person refused=0 unknown=1");
}

TEST_F(CodedColumns, OfHiddenRowsAreNotLookedAt) {
    persons("('1', 'Ja'), ('2', NULL)");
    crm.sql("UPDATE person SET deleted = 1 WHERE id = '1'");
    EXPECT_EQ(marketing(), "found 1/1 person refused=0 unknown=1");
}

TEST_F(CodedColumns, MayBeWordsForTrueAndFalse) {
    person().attributes.pop_back();
    person().attributes.pop_back();
    person().attributes.push_back(coded("declined", Role::marketing_refused, {"1"}));
    person().absent.push_back({Role::marketing_granted, "none"});
    persons("('1', '0')");
    EXPECT_EQ(marketing(), "found 1/1 person refused=0 unknown=1");
    crm.sql("UPDATE person SET status = 'abgemeldet'");
    EXPECT_EQ(marketing(), "not_checked [person values_unmatched: person.status]");
}

TEST_F(CodedColumns, MayStandInRelatedRows) {
    person().attributes.pop_back();
    person().attributes.pop_back();
    crm.sql("CREATE TABLE subscription (person_id TEXT, state TEXT);");
    person().paths.push_back({"subscription", {{{"", "subscription"}, {{"person_id", "id", false}}, {}}}});
    const auto add = [&](const char* name, Role role, const char* code) {
        person().attributes.push_back({name, ValueType::flag, role,
                                       Related{"subscription", Aggregate::any, {}, {OneOf{column("state"), {code}}}},
                                       false});
    };
    add("subscribed", Role::marketing_granted, "subscribed");
    add("left", Role::marketing_refused, "unsubscribed");
    persons("('1', NULL)");
    EXPECT_EQ(marketing(), "found 1/1 person refused=0 unknown=1");
    crm.sql("INSERT INTO subscription VALUES ('1', 'active')");
    EXPECT_EQ(marketing(), "not_checked [person values_unmatched: subscription.state]");
    crm.sql("INSERT INTO subscription VALUES ('1', 'unsubscribed')");
    EXPECT_EQ(marketing(), "found 1/1 person refused=1 unknown=0");
}

TEST_F(CodedColumns, OfOtherRulesStayJudged) {
    persons("('1', 'Ja')");
    EXPECT_EQ(summary(crm.audit("tracking_without_consent")), "clean");
    EXPECT_EQ(outcome(crm.audit("unknown_source")).status, OutcomeStatus::found);
}

}  // namespace
}  // namespace crmaudit::testing
