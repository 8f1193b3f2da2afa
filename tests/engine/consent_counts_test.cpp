// Who agreed, and which column said so: on a real database.
#include "auditor/engine/consent_counts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const ConsentCount& marketing(const AuditResult& result) {
    return *std::find_if(result.consent.begin(), result.consent.end(), [](const ConsentCount& each) {
        return each.entity == "person" && each.purpose == "marketing";
    });
}

TEST(ConsentCounts, NameTheColumnThatDecided) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, consent, optout) VALUES ('yes', 1, 0), ('no', 0, 1), ('both', 1, 1), ('none', 0, 0),"
        " ('null', NULL, NULL);"
        "INSERT INTO person(id, consent, deleted) VALUES ('gone', 1, 1);");
    const AuditResult result = crm.audit("consent_without_evidence");
    const ConsentCount& count = marketing(result);
    EXPECT_EQ(count.granted, 1);
    EXPECT_EQ(count.refused, 2);
    EXPECT_EQ(count.unknown, 2);
    EXPECT_EQ(count.granted_by, (std::vector<NamedCount>{{"person.consent", 1}}));
    EXPECT_EQ(count.refused_by, (std::vector<NamedCount>{{"person.optout", 2}}));
}

TEST(ConsentCounts, CountEachPersonForTheFirstColumnThatSaysSo) {
    SmallCrm crm;
    Attribute religious{"pious", ValueType::flag, Role::marketing_refused,
                        OwnCondition{{OneOf{column("religion"), {"no mail"}}}}, false};
    crm.profile.entities.front().attributes.push_back(religious);
    crm.sql(
        "INSERT INTO person(id, optout, religion) VALUES ('a', 1, 'no mail'), ('b', 0, 'no mail'), ('c', 1, NULL);");
    const AuditResult result = crm.audit("consent_without_evidence");
    EXPECT_EQ(marketing(result).refused_by, (std::vector<NamedCount>{{"person.optout", 2}, {"person.religion", 1}}));
}

}  // namespace
}  // namespace crmaudit::testing
