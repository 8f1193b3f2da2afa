#include "reports/purge/share.h"

#include <gtest/gtest.h>

namespace crmaudit::reports::purge {
namespace {

const TableName person{"", "person"};

AuditResult counted(std::int64_t rows) {
    AuditResult result;
    ColumnClassification email;
    email.table = person;
    email.column = "email";
    email.counts = ColumnCounts{rows, 10, 10};
    result.inventory = {email};
    return result;
}

std::optional<std::string> share(const AuditResult& result, std::int64_t max_share) {
    Finding finding;
    finding.affected = 100;
    return excessive_share(result, finding, person, max_share);
}

TEST(PurgeShare, IsOfAllRowsOfTheTable) {
    EXPECT_EQ(share(counted(199), 50), "50 %");
    EXPECT_EQ(share(counted(200), 50), std::nullopt);
    EXPECT_EQ(share(counted(200), 49), "50 %");
    EXPECT_EQ(share(counted(100), 99), "100 %");
    EXPECT_EQ(share(counted(100), 100), std::nullopt);
}

TEST(PurgeShare, IsNotKnownWhereNobodyCounted) {
    AuditResult result = counted(100);
    result.inventory.front().counts.reset();
    EXPECT_EQ(share(result, 1), std::nullopt);
    result = counted(100);
    result.inventory.front().table.name = "other";
    EXPECT_EQ(share(result, 1), std::nullopt);
    // Rows that hold a field say nothing about the rest of their table.
    result = counted(100);
    result.inventory.front().field = LogicalField{};
    EXPECT_EQ(share(result, 1), std::nullopt);
}

}  // namespace
}  // namespace crmaudit::reports::purge
