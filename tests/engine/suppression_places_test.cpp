// Places where a CRM remembers addresses, found in the catalog or left out.
#include "auditor/engine/suppression_places.h"

#include <gtest/gtest.h>

#include "tests/support/catalog_builder.h"

namespace crmaudit::engine {
namespace {

const SuppressionPlace place{{"", "no_mail"}, "mail", {{"", "active", "1"}}};

Catalog catalog() {
    return testing::catalog().schema("crm").table("NO_MAIL").column("Mail", "text").column("Active", "boolean").build();
}

Profile profile(SuppressionPlace stated) {
    Profile made;
    made.suppression = {std::move(stated)};
    return made;
}

TEST(SuppressionPlaces, AreSpelledAsInTheCatalog) {
    EXPECT_EQ(bound_places(profile(place), catalog()),
              (std::vector{SuppressionPlace{{"crm", "NO_MAIL"}, "Mail", {{"", "Active", "1"}}}}));
}

TEST(SuppressionPlaces, AreLeftOutWithoutTheirTableOrColumns) {
    SuppressionPlace changed = place;
    changed.table.name = "other";
    EXPECT_TRUE(bound_places(profile(changed), catalog()).empty());
    changed = place;
    changed.address = "phone";
    EXPECT_TRUE(bound_places(profile(changed), catalog()).empty());
    changed = place;
    changed.others.push_back({"", "company", "1"});
    EXPECT_TRUE(bound_places(profile(changed), catalog()).empty());
}

}  // namespace
}  // namespace crmaudit::engine
