#include "auditor/access/name_pattern.h"

#include <gtest/gtest.h>

namespace crmaudit::access {
namespace {

TEST(NamePattern, TakesWildcardsAndEscapes) {
    EXPECT_TRUE(fits("crm", "crm"));
    EXPECT_FALSE(fits("crm", "crm2"));
    EXPECT_TRUE(fits("crm_", "crm2"));
    EXPECT_TRUE(fits("crm%", "crm"));
    EXPECT_TRUE(fits("%r%m%", "xxrxxmxx"));
    EXPECT_FALSE(fits("%r%m", "xxrxxmxx"));
    EXPECT_TRUE(fits("crm\\_%", "crm_test"));
    EXPECT_FALSE(fits("crm\\_%", "crmxtest"));
    EXPECT_TRUE(fits("%", ""));
    EXPECT_FALSE(fits("", "crm"));
}

TEST(NamePattern, IsMorePreciseTheLaterItsWildcardComes) {
    EXPECT_GT(precision("crm\\_test"), precision("crm_test"));
    EXPECT_GT(precision("crm_test"), precision("cr%"));
    EXPECT_GT(precision("%"), precision(""));
    EXPECT_FALSE(is_pattern("crm\\_test"));
    EXPECT_TRUE(is_pattern("crm_test"));
}

}  // namespace
}  // namespace crmaudit::access
