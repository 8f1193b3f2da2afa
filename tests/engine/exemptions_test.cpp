// Who is left out and who is held back, through the engine and real SQL.
#include <gtest/gtest.h>

#include "auditor/engine/exemptions.h"
#include "auditor/engine/holds.h"
#include "tests/support/plain_grammar.h"
#include "tests/support/small_crm.h"

namespace crmaudit::engine {
namespace {

using crmaudit::testing::SmallCrm;
using crmaudit::testing::summary;

const Residency swiss{"CH",
                      {"DE", "FR"},
                      {"CH", "Schweiz", "US", "USA", "United States", "Vereinigte Staaten"},
                      {"49", "33"},
                      {".de", ".fr", ".eu"}};

Attribute own(const char* name, Role role) { return {name, ValueType::text, role, OwnColumn{column(name)}, false}; }

/// Persons without a source, with a residence and what may contradict it.
class LeavingOut : public ::testing::Test {
protected:
    LeavingOut() {
        crm.sql(
            "ALTER TABLE person ADD COLUMN country TEXT; ALTER TABLE person ADD COLUMN nationality TEXT; "
            "ALTER TABLE person ADD COLUMN phone TEXT; ALTER TABLE person ADD COLUMN mobile INTEGER; "
            "CREATE TABLE address (id INTEGER PRIMARY KEY, person_id TEXT, country TEXT, gone INTEGER DEFAULT 0);");
        Entity& person = crm.profile.entities.front();
        person.paths.push_back({"address", {{{"", "address"}, {{"person_id", "id", false}}, {}}}});
        for (const Attribute& each : {own("country", Role::residence), own("nationality", Role::nationality),
                                      own("phone", Role::phone), own("mobile", Role::phone)}) {
            person.attributes.push_back(each);
        }
        person.attributes.push_back(
            {"other", ValueType::text, Role::other_country,
             Related{"address", Aggregate::first, column("country"), {OneOf{column("gone"), {"0"}}}}, false});
        crm.residency = swiss;
    }

    /// One person in a table of its own: "out" or "in".
    std::string judged(const std::string& columns, const std::string& values, const std::string& more = "") {
        crm.sql("DELETE FROM person; DELETE FROM address; INSERT INTO person (id" +
                (columns.empty() ? "" : ", " + columns) + ") VALUES ('p'" + (values.empty() ? "" : ", " + values) +
                "); " + more);
        const AuditResult result = crm.audit("unknown_source");
        EXPECT_EQ(result.persons.front().total + result.left_out.front().persons, 1) << values;
        EXPECT_EQ(result.findings.empty(), result.left_out.front().persons == 1) << values;
        return result.left_out.front().persons == 1 ? "out" : "in";
    }

    SmallCrm crm;
};

TEST_F(LeavingOut, TakesAResidenceThatIsKnownToBeOutside) {
    EXPECT_EQ(judged("country", "'US'"), "out");
    EXPECT_EQ(judged("country", "'  usa '"), "out");
    EXPECT_EQ(judged("country", "'VEREINIGTE STAATEN'"), "out");
    EXPECT_EQ(judged("country, nationality, phone, email", "'US', 'Schweiz', '+1 212 5550100', 'x@example.com'"),
              "out");
}

TEST_F(LeavingOut, CountsWhatIsUnknownAsInside) {
    EXPECT_EQ(judged("", ""), "in");
    EXPECT_EQ(judged("country", "''"), "in");
    EXPECT_EQ(judged("country", "'Amerika?'"), "in");
    EXPECT_EQ(judged("country", "'DE'"), "in");
    EXPECT_EQ(judged("phone", "'+1 212 5550100'"), "in");
    EXPECT_EQ(judged("nationality", "'US'"), "in");
}

TEST_F(LeavingOut, CountsWhatIsContradictedAsInside) {
    EXPECT_EQ(judged("country, nationality", "'US', 'DE'"), "in");
    EXPECT_EQ(judged("country, nationality", "'US', 'deutsch'"), "in");
    for (const char* phone :
         {"+49 30 1234", "(+49) 30", "0049301234", "00 49 30", "011-49-30", "Tel. +4930", "+ 33 1"}) {
        EXPECT_EQ(judged("country, phone", "'US', '" + std::string{phone} + "'"), "in") << phone;
    }
    EXPECT_EQ(judged("country, phone", "'US', '212 490 0100'"), "out");
    EXPECT_EQ(judged("country, mobile", "'US', 491701234567"), "in");
    EXPECT_EQ(judged("country, mobile", "'US', 12125550100"), "out");
    EXPECT_EQ(judged("country, email", "'US', 'x@Example.DE'"), "in");
    EXPECT_EQ(judged("country, email", "'US', 'x@example.dev'"), "out");
}

TEST_F(LeavingOut, LooksAtEveryRowOfAnotherTable) {
    const auto address = [](const std::string& country, const std::string& gone = "0") {
        return "INSERT INTO address (person_id, country, gone) VALUES ('p', '" + country + "', " + gone + ");";
    };
    EXPECT_EQ(judged("country", "'US'", address("US")), "out");
    EXPECT_EQ(judged("country", "'US'", address("CH") + address("Allemagne")), "in");
    EXPECT_EQ(judged("country", "'US'", address("Allemagne", "1")), "out");
}

TEST_F(LeavingOut, AlsoByAResidenceInAnotherTable) {
    Entity& person = crm.profile.entities.front();
    for (Attribute& each : person.attributes) {
        if (each.name == "country") each.role = std::nullopt;
        if (each.name == "other") each.role = Role::residence;
    }
    EXPECT_EQ(judged("", "", "INSERT INTO address (person_id, country) VALUES ('p', 'US'), ('p', NULL);"), "out");
    EXPECT_EQ(judged("", "", "INSERT INTO address (person_id, country) VALUES ('p', 'US'), ('p', 'DE');"), "in");
    EXPECT_EQ(judged("", "", "INSERT INTO address (person_id, country) VALUES ('p', NULL);"), "in");
}

TEST_F(LeavingOut, ReachesEveryCountOfTheEntityAndItsEvidence) {
    crm.sql(
        "INSERT INTO person (id, country, consent, deleted) VALUES ('a', 'US', 1, 0), ('b', 'US', 0, 1), "
        "('c', 'DE', 1, 0), ('d', NULL, 0, 0);");
    const AuditResult result = crm.audit("unknown_source");
    EXPECT_EQ(summary(result), "found [lead not_mapped: source] 2/2 person");
    EXPECT_EQ(result.persons.front().total, 2);
    EXPECT_EQ(result.left_out.front().persons, 2);
    EXPECT_EQ(result.consent.front().granted, 1);
    EXPECT_EQ(result.consent.front().unknown, 1);
    EXPECT_NE(result.findings.front().evidence_sql.find("lives outside"), std::string::npos);
    ASSERT_TRUE(result.residency);
    EXPECT_EQ(result.residency->controller, "CH");
    EXPECT_EQ(result.left_out.front().facts,
              (std::vector<std::string>{"person.country", "person.nationality", "address.country", "address.gone",
                                        "person.phone", "person.mobile", "person.email"}));
}

TEST_F(LeavingOut, LeavesNobodyOutWhereResidenceIsNotMapped) {
    crm.sql("INSERT INTO lead (id, name) VALUES (1, 'x');");
    const AuditResult result = crm.audit("unknown_source");
    EXPECT_EQ(result.left_out.back().entity, "lead");
    EXPECT_EQ(result.left_out.back().reason, "not_mapped: residence");
    EXPECT_EQ(result.persons.back().total, 1);
}

TEST_F(LeavingOut, LeavesNobodyOutWhereWhatMayPointInsideCannotBeRead) {
    crm.sql("INSERT INTO person (id, country) VALUES ('a', 'US'); DROP TABLE address;");
    const AuditResult result = crm.audit("unknown_source");
    EXPECT_EQ(result.left_out.front().reason, "not_in_catalog: address");
    EXPECT_EQ(result.left_out.front().persons, 0);
    EXPECT_EQ(result.persons.front().total, 1);
}

TEST_F(LeavingOut, DoesNothingUnlessItIsAskedFor) {
    crm.sql("INSERT INTO person (id, country) VALUES ('a', 'US');");
    crm.residency.reset();
    const AuditResult result = crm.audit("unknown_source");
    EXPECT_EQ(summary(result), "found [lead not_mapped: source] 1/1 person");
    EXPECT_TRUE(result.left_out.empty());
    EXPECT_FALSE(result.residency);
}

class Holding : public ::testing::Test {
protected:
    Holding() {
        crm.sql(
            "INSERT INTO person (id) VALUES ('a'), ('b'), ('c'), ('d'), ('e'); "
            "INSERT INTO person (id, deleted) VALUES ('gone', 1); "
            "CREATE TABLE legal (id INTEGER PRIMARY KEY, who TEXT, until DATE); "
            "INSERT INTO legal (who, until) VALUES ('a', NULL), ('a', '2020-01-01'), ('b', '2026-06-15'), "
            "('c', '2030-01-01'), ('d', '2026-06-14'), ('gone', NULL), ('nobody', NULL), (NULL, NULL);");
    }

    std::string refusal() {
        try {
            crm.audit("unknown_source");
        } catch (const HoldError& error) {
            return error.what();
        }
        return "accepted";
    }

    SmallCrm crm;
};

TEST_F(Holding, CountsLivePersonsWhomATableHolds) {
    crm.hold_tables = {{"person", "legal", "who", "until", ""}, {"person", "legal", "who", "", ""}};
    const AuditResult result = crm.audit("unknown_source");
    EXPECT_EQ(result.held_back,
              (std::vector<HeldBack>{{"person", "hold", "legal.who", 3}, {"person", "hold", "legal.who", 4}}));
    EXPECT_EQ(summary(result), "found [lead not_mapped: source] 5/5 person");
}

TEST_F(Holding, CountsThoseInAListAndNamesNoKey) {
    crm.holds = {{"person", {"b", "E", "gone", "nobody"}}};
    const AuditResult result = crm.audit("unknown_source");
    EXPECT_EQ(result.held_back, (std::vector<HeldBack>{{"person", "hold", "", 2}}));
    const Entity& person = result.entities.front();
    const sql::KeyLists secret{{"person", {"k3ycanary"}}};
    const crmaudit::testing::PlainGrammar grammar;
    const sql::Renderer renderer{grammar, *parse_date("2026-06-15"), secret};
    const std::string evidence = renderer.evidence(person, {"person", holds("hold list"), {}});
    EXPECT_NE(evidence.find("<keys in person>"), std::string::npos) << evidence;
    EXPECT_EQ(evidence.find("k3ycanary"), std::string::npos) << evidence;
    EXPECT_NE(renderer.measure(person, {{sql::Measure::What::count, holds("hold list"), ""}}).text().find("k3ycanary"),
              std::string::npos);
}

TEST_F(Holding, OverrulesAProfileThatKnowsNoHolds) {
    crm.declare_absent(Role::hold);
    crm.holds = {{"person", {"b"}}};
    EXPECT_EQ(crm.audit("unknown_source").entities.front().absence(Role::hold), nullptr);
}

TEST_F(Holding, CountsRetentionDutiesOfTheProfile) {
    crm.profile.entities.front().attributes.push_back(
        {"billed", ValueType::flag, Role::retention_duty, Related{"deal", Aggregate::any, {}, {}}, false});
    crm.sql("INSERT INTO deal (person_id, open) VALUES ('a', 0);");
    EXPECT_EQ(crm.audit("unknown_source").held_back, (std::vector<HeldBack>{{"person", "retention_duty", "deal", 1}}));
}

TEST_F(Holding, IsRefusedWhereItDoesNotFit) {
    const auto refused = [&](HoldTable hold) {
        crm.hold_tables = {std::move(hold)};
        return refusal();
    };
    EXPECT_EQ(refused({"persn", "legal", "who", "", "crm.conf:3"}),
              "crm.conf:3: the profile has no entity 'persn' in this database; did you mean 'person'?");
    EXPECT_EQ(refused({"person", "legl", "who", "", "--hold"}),
              "--hold: the database shows this account no table 'legl'; check its name and its grants");
    EXPECT_EQ(refused({"person", "legal", "woh", "", "--hold"}),
              "--hold: the table legal has no column 'woh'; did you mean 'who'?");
    EXPECT_EQ(refused({"person", "legal", "who", "unti", "--hold"}),
              "--hold: the table legal has no column 'unti'; did you mean 'until'?");
    crm.hold_tables.clear();
    crm.profile.entities.front().key = {"id", "name"};
    crm.holds = {{"person", {"b"}}};
    EXPECT_EQ(refusal(),
              "rows of 'person' are told apart by 2 columns, a hold needs an entity with a key of one column");
}

}  // namespace
}  // namespace crmaudit::engine
