#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> placeholders{{"placeholders", "other\nunbekannt\nN/A"}};

TEST(UnknownSource, HitForEmptyAndPlaceholderSources) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, source) VALUES ('a', 'Trade fair'), ('b', NULL), ('c', ''), ('d', '  '),"
        " ('e', 'OTHER'), ('f', ' unbekannt '), ('g', 'n/a'), ('h', 'Another');");
    EXPECT_EQ(summary(crm.audit("unknown_source", placeholders)), "found 6/8 person");
}

TEST(UnknownSource, CleanWhenEverySourceIsNamed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql("INSERT INTO person(id, source) VALUES ('a', 'Trade fair');");
    EXPECT_EQ(summary(crm.audit("unknown_source", placeholders)), "clean");
}

TEST(UnknownSource, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::source);
    EXPECT_EQ(summary(crm.audit("unknown_source", placeholders)), "not_checked [person not_mapped: source]");
}

}  // namespace
}  // namespace crmaudit::testing
