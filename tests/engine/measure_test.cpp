#include "auditor/engine/measure.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/support/plain_grammar.h"

namespace crmaudit::engine {
namespace {

using sql::QueryError;

/// Answers every cell with the same number and remembers what it was asked.
class RecordingPort : public sql::QueryPort {
public:
    std::vector<sql::Row> select(const sql::Query& query) override {
        asked.push_back(query.text());
        if (refuse) refuse(query);
        return {sql::Row(query.width(), sql::Cell{cell})};
    }

    std::string cell = "1";
    std::function<void(const sql::Query&)> refuse;
    std::vector<std::string> asked;
};

bool reads(const sql::Query& query, const std::string& table) {
    return std::any_of(query.tables().begin(), query.tables().end(),
                       [&](const TableName& name) { return name.name == table; });
}

Entity person_entity() {
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = {"", "person"};
    person.key = {"id"};
    person.paths = {{"calls", {{{"", "call"}, {{"person_id", "id", false}}, {}}}},
                    {"mails", {{{"", "mail"}, {{"person_id", "id", false}}, {}}}}};
    person.attributes = {{"called", ValueType::flag, std::nullopt, Related{"calls", Aggregate::any, {}, {}}, false},
                         {"mailed", ValueType::flag, std::nullopt, Related{"mails", Aggregate::any, {}, {}}, false}};
    return person;
}

class Measure : public ::testing::Test {
protected:
    void ask(const Entity& entity, Condition affected) {
        rules.push_back({"rule" + std::to_string(rules.size()), "check", Severity::high, {}, {}, {}});
        checks::Probe probe;
        probe.entity = entity;
        probe.affected = std::move(affected);
        probe.object.entity = entity.name;
        RuleRun run;
        run.plan.probes.push_back(probe);
        runs.push_back(run);
    }

    Counted measure() {
        for (std::size_t i = 0; i < runs.size(); ++i) runs[i].rule = &rules[i];
        return engine::measure(runs, {person_entity()}, renderer, port);
    }

    RecordingPort port;
    crmaudit::testing::PlainGrammar grammar;
    sql::Renderer renderer{grammar, parse_date("2026-06-15").value()};
    std::vector<Rule> rules;
    std::vector<RuleRun> runs;
};

TEST_F(Measure, AsksOneStatementPerEntityHoweverManyRules) {
    ask(person_entity(), holds("called"));
    const Counted few = measure();
    ASSERT_EQ(port.asked.size(), 1U);
    for (int i = 0; i < 30; ++i) ask(person_entity(), i % 2 == 0 ? holds("mailed") : negate(holds("called")));
    port.asked.clear();
    measure();
    ASSERT_EQ(port.asked.size(), 1U);
    EXPECT_EQ(few.persons.size(), 1U);
    EXPECT_EQ(runs.back().measured[0]->affected, 1);
}

TEST_F(Measure, GivesAHistogramOnlyToProbesOfTheDatesThatTheStatementWasGroupedBy) {
    Entity person = person_entity();
    for (const char* name : {"made", "met"}) {
        person.attributes.push_back(
            {name, ValueType::date, std::nullopt, OwnColumn{column(name, ColumnKind::timestamp)}, false});
    }
    for (int i = 0; i < 3; ++i) ask(person, negate(holds("called")));
    runs[0].plan.probes[0].ages = {"made"};
    runs[1].plan.probes[0].ages = {"met"};
    runs[2].plan.probes[0].ages = {"made"};
    port.cell = "2020";
    measure();
    EXPECT_EQ(runs[0].measured[0]->ages, (std::vector<AgeBar>{{2020, 2020, 2020, 2020}}));
    EXPECT_TRUE(runs[1].measured[0]->ages.empty());
    EXPECT_EQ(runs[2].measured[0]->ages, runs[0].measured[0]->ages);
}

TEST_F(Measure, TakesOutOnlyWhatNeedsALockedTable) {
    ask(person_entity(), holds("called"));
    ask(person_entity(), holds("mailed"));
    port.refuse = [](const sql::Query& query) {
        if (reads(query, "call")) throw QueryError(QueryError::Reason::locked, "55P03", "locked");
    };
    const Counted counted = measure();
    EXPECT_FALSE(runs[0].measured[0]);
    ASSERT_EQ(runs[0].gaps.size(), 1U);
    EXPECT_EQ(runs[0].gaps[0].reason, "locked: call 55P03");
    ASSERT_TRUE(runs[1].measured[0]);
    EXPECT_TRUE(runs[1].gaps.empty());
    EXPECT_EQ(counted.persons.size(), 1U);
}

TEST_F(Measure, TriesRulesOneByOneWhenNoTableExplainsTheFailure) {
    ask(person_entity(), {OneOf{column("odd"), {"x"}}});
    ask(person_entity(), holds("mailed"));
    port.refuse = [](const sql::Query& query) {
        if (query.text().find("odd") != std::string::npos) {
            throw QueryError(QueryError::Reason::other, "22P02", "odd value");
        }
    };
    measure();
    EXPECT_EQ(runs[0].failure, "statement_failed: person 22P02");
    EXPECT_TRUE(runs[1].measured[0]);
}

TEST_F(Measure, ATimeoutIsNotTriedAgain) {
    ask(person_entity(), holds("called"));
    port.refuse = [](const sql::Query&) { throw QueryError(QueryError::Reason::timeout, "57014", "too long"); };
    const Counted counted = measure();
    EXPECT_EQ(port.asked.size(), 1U);
    EXPECT_EQ(runs[0].gaps.at(0).reason, "timeout: person 57014");
    EXPECT_TRUE(counted.persons.empty());
}

TEST_F(Measure, ALostConnectionEndsTheRun) {
    ask(person_entity(), holds("called"));
    port.refuse = [](const sql::Query&) { throw QueryError(QueryError::Reason::connection_lost, "08S01", "gone"); };
    EXPECT_THROW(measure(), QueryError);
}

TEST_F(Measure, AnUnreadableBaseTableLeavesNothingToCount) {
    ask(person_entity(), holds("called"));
    port.refuse = [](const sql::Query& query) {
        if (reads(query, "person")) throw QueryError(QueryError::Reason::forbidden, "42501", "no");
    };
    const Counted counted = measure();
    EXPECT_EQ(runs[0].gaps.at(0).reason, "forbidden: person 42501");
    EXPECT_TRUE(counted.persons.empty());
}

TEST_F(Measure, ACountThatIsNoNumberNeverPassesAsZero) {
    ask(person_entity(), holds("called"));
    class OddPort : public sql::QueryPort {
        std::vector<sql::Row> select(const sql::Query& query) override {
            return {sql::Row(query.width(), sql::Cell{})};
        }
    } odd;
    for (std::size_t i = 0; i < runs.size(); ++i) runs[i].rule = &rules[i];
    engine::measure(runs, {}, renderer, odd);
    EXPECT_TRUE(runs[0].failure);
    EXPECT_FALSE(runs[0].measured[0]);
}

}  // namespace
}  // namespace crmaudit::engine
