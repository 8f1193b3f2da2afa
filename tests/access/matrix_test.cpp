#include "auditor/access/matrix.h"

#include <gmock/gmock.h>

#include "tests/access/small_permissions.h"

namespace crmaudit::access {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Mail addresses and birth dates in persons, opens in letters; everybody may connect.
struct SmallDatabase : SmallPermissions {
    Catalog catalog;
    Classification classification;

    SmallDatabase() {
        facts.grants.push_back(
            {Permissions::everybody, 0, Permissions::none, Permissions::Level::server, rights::connect});
        classify("persons", "mail", Category::email);
        classify("persons", "born", Category::birth_date);
        classify("letters", "mail", Category::tracking);
    }
    void classify(const char* table, const char* column, Category category) {
        auto& each = classification.columns.emplace_back();
        each.table = {"open", table};
        each.column = column;
        each.category = category;
    }
    Evaluation evaluated() {
        catalog.permissions = std::make_shared<const Permissions>(facts);
        return {catalog, classification};
    }
    AccessMatrix matrix() { return matrix_of(evaluated()); }
};

const AccessRow* row_of(const AccessMatrix& matrix, const std::string& name) {
    for (const AccessRow& row : matrix.rows) {
        for (const AccessHolder& holder : row.holders) {
            if (holder.name == name) return &row;
        }
    }
    return nullptr;
}

TEST(AccessMatrix, SaysWhoSeesBirthDatesAndOnWhichWay) {
    SmallDatabase small;
    const Id anna = small.add("anna"), sales = small.add("sales");
    small.facts.principals[sales].can_login = false;
    small.join(sales, anna);
    small.grant_column(sales, small.persons, small.born, rights::read);
    small.add("bert");
    const AccessMatrix matrix = small.matrix();
    EXPECT_THAT(matrix.categories, ElementsAre(Category::email, Category::birth_date, Category::tracking));
    EXPECT_EQ(matrix.without, 1);
    ASSERT_EQ(matrix.rows.size(), 3U);
    EXPECT_EQ(matrix.rows[0].holders.front().name, "owner") << "who reaches most comes first";
    EXPECT_EQ(matrix.rows[1].holders.front().name, "anna");
    EXPECT_EQ(matrix.rows[2].holders.front().name, "sales") << "roles come last";
    const AccessCell* cell = find(matrix.rows[1], Category::birth_date, AccessRight::read);
    ASSERT_NE(cell, nullptr);
    EXPECT_THAT(cell->ways, ElementsAre(AccessWay{"inherited_role", "open.persons.born"}));
    EXPECT_TRUE(cell->all_rows);
    EXPECT_EQ(find(matrix.rows[1], Category::email, AccessRight::read), nullptr);
    EXPECT_EQ(find(matrix.rows[1], Category::birth_date, AccessRight::change), nullptr);
}

TEST(AccessMatrix, SharesRowsAmongThoseWhoCanDoTheSame) {
    SmallDatabase small;
    for (int i = 0; i < 10000; ++i) small.grant(small.add("account_" + std::to_string(i)), small.persons, rights::read);
    const AccessMatrix matrix = small.matrix();
    ASSERT_EQ(matrix.rows.size(), 2U);
    EXPECT_EQ(matrix.rows[1].holders.size(), 10000U);
    EXPECT_EQ(matrix.rows[1].cells.size(), 2U);
}

TEST(AccessMatrix, SaysWhereRowSecurityLetsSomeRowsThroughAndWhereNone) {
    SmallDatabase small;
    const Id anna = small.add("anna"), bert = small.add("bert");
    small.facts.relations[small.persons].row_security = true;
    small.facts.policies = {{small.persons, "mine", true, rights::read, {anna}}};
    for (const Id id : {anna, bert}) small.grant(id, small.persons, rights::read | rights::remove);
    const AccessMatrix matrix = small.matrix();
    const AccessRow* row = row_of(matrix, "anna");
    ASSERT_NE(row, nullptr);
    ASSERT_NE(find(*row, Category::email, AccessRight::read), nullptr);
    EXPECT_FALSE(find(*row, Category::email, AccessRight::read)->all_rows);
    EXPECT_EQ(find(*row, Category::email, AccessRight::remove), nullptr) << "no policy is for deleting";
    EXPECT_EQ(row_of(matrix, "bert"), nullptr);
    EXPECT_TRUE(find(*row_of(matrix, "owner"), Category::email, AccessRight::read)->all_rows);
}

TEST(AccessMatrix, CallsWhatAViewShowsByTheTableBehindIt) {
    SmallDatabase small;
    const Id anna = small.add("anna");
    small.grant(anna, small.add_view(small.owner, true, {small.mail}), rights::read);
    const AccessMatrix matrix = small.matrix();
    const AccessCell* cell = find(*row_of(matrix, "anna"), Category::email, AccessRight::read);
    ASSERT_NE(cell, nullptr);
    EXPECT_THAT(cell->ways, ElementsAre(AccessWay{"owner_view", "open.persons.mail"}));
}

TEST(AccessMatrix, SaysWhoCanTakeOutWhatItReads) {
    SmallDatabase small;
    const Id anna = small.add("anna");
    small.facts.principals[anna].exports = {"FILE"};
    small.grant_column(anna, small.persons, small.mail, rights::read | rights::update);
    const AccessMatrix matrix = small.matrix();
    const AccessRow& row = *row_of(matrix, "anna");
    EXPECT_NE(find(row, Category::email, AccessRight::take_out), nullptr);
    EXPECT_NE(find(row, Category::email, AccessRight::change), nullptr);
    EXPECT_EQ(find(row, Category::birth_date, AccessRight::take_out), nullptr);
}

TEST(AccessMatrix, LeavesOutWhoIsGoneTheProductsOwnAndWhoMayNotConnect) {
    SmallDatabase small;
    const Id gone = small.add("unknown (OID=7)"), own = small.add("pg_read_all_data"), shut = small.add("shut");
    small.facts.principals[gone].exists = false;
    small.facts.principals[own].is_predefined = true;
    small.facts.principals[own].everywhere = rights::read;
    small.facts.principals[own].can_login = false;
    for (const Id id : {gone, shut}) small.grant(id, small.persons, rights::read);
    small.join(own, small.add("anna"));
    EXPECT_EQ(row_of(small.matrix(), "unknown (OID=7)"), nullptr);
    EXPECT_EQ(row_of(small.matrix(), "pg_read_all_data"), nullptr);
    EXPECT_NE(row_of(small.matrix(), "shut"), nullptr);
    EXPECT_EQ(find(*row_of(small.matrix(), "anna"), Category::email, AccessRight::read)->ways.front().path,
              "predefined_role");
    small.facts.grants.pop_back();
    small.facts.grants.pop_back();
    std::erase_if(small.facts.grants, [](const auto& each) { return each.level == Permissions::Level::server; });
    EXPECT_EQ(row_of(small.matrix(), "anna"), nullptr);
}

TEST(AccessMatrix, EndsOnCirclesOfRolesAndNumbersThatNobodyHas) {
    SmallDatabase small;
    const Id one = small.add("one'\"%_"), other = small.add("other");
    small.join(one, other);
    small.join(other, one);
    small.join(4711, one);
    small.facts.memberships.push_back({one, 4711});
    small.grant(one, 4711, rights::read);
    small.grant(4711, small.persons, rights::read);
    small.grant(other, small.persons, rights::read);
    const AccessMatrix matrix = small.matrix();
    EXPECT_NE(row_of(matrix, "one'\"%_"), nullptr);
    EXPECT_NE(row_of(matrix, "other"), nullptr);
}

TEST(Evaluation, KnowsWhatEverybodyReachesAndWhatMayBePassedOn) {
    SmallDatabase small;
    const Id anna = small.add("anna");
    small.grant(Permissions::everybody, small.persons, rights::read);
    small.grant(anna, small.persons, rights::update, rights::update);
    const Evaluation evaluation = small.evaluated();
    ASSERT_EQ(evaluation.everybody().tables.size(), 1U);
    EXPECT_EQ(evaluation.everybody().tables[0].rights, rights::read);
    ASSERT_EQ(evaluation.of(anna).gives.size(), 1U);
    EXPECT_EQ(evaluation.of(anna).gives[0].rights, rights::update);
    EXPECT_THAT(evaluation.of(small.owner).gives, IsEmpty());
    EXPECT_THAT(evaluation.personal_relations(), ElementsAre(small.persons));
}

}  // namespace
}  // namespace crmaudit::access
