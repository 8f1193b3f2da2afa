// A result whose every name is hostile, through XML, to the scripts of each client: what a client reads as SQL holds no
// part of a name outside of quotes and comments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/database.h"
#include "reports/purge/files.h"
#include "reports/result_xml.h"

namespace crmaudit::reports::purge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Ends strings, quoted names, comments and lines, each followed by a word that must never stand alone.
const std::vector<std::string> breakouts{"a'; EVIL; --",
                                         "a\"; EVIL; --",
                                         "a`; EVIL; --",
                                         "a]; EVIL; --",
                                         "a\\'; EVIL; --",
                                         "a\\",
                                         "a*/ EVIL /*",
                                         "a\nEVIL",
                                         "a\r\n.EVIL\n",
                                         "$crmaudit$ EVIL",
                                         "//\nEVIL//",
                                         "a\n\\! EVIL",
                                         "a'' EVIL '",
                                         "\t; EVIL",
                                         "a\xE2\x80\xA8"
                                         "EVIL",
                                         ":EVIL ${EVIL} &EVIL",
                                         "%EVIL%s",
                                         "a'||EVIL||'"};

AuditResult result(const std::string& dialect, const std::string& name) {
    AuditResult made;
    made.run.as_of = *parse_date("2026-06-15");
    made.run.label = made.run.policy = made.run.tool_version = name;
    made.run.policy_digest = made.run.profile_digest = made.run.options_digest = std::string(64, '0');
    made.source.structure_hash = std::string(64, '0');
    made.source.dialect = dialect;
    made.source.database = made.source.schema = name;
    Rule rule;
    rule.id = rule.check = name;
    rule.purge = PurgeAction::person;
    made.rules = {rule};
    const TableName persons{name, name + "p"};
    const TableName visits{name, name + "v"};
    Entity person;
    person.name = name;
    person.kind = EntityKind::person;
    person.table = persons;
    person.key = {name};
    person.paths = {
        {name, {{visits, {{name, name, false}}, {OneOf{column(name, ColumnKind::text), {name}}}}}, PathPurge::rows}};
    person.attributes = {
        {name + "r", ValueType::flag, Role::relationship, OwnCondition{{OneOf{column(name), {name}}}}, false},
        {name + "a", ValueType::date, Role::activity,
         Related{name, Aggregate::latest, column(name, ColumnKind::timestamp), {}}, false},
    };
    made.entities = {person};
    for (const TableName& each : {persons, visits}) {
        made.tables.push_back({each, {name}, {}, {}, {}, {{name, name, false}}});
    }
    Finding finding;
    finding.rule = finding.check = name;
    finding.object.table = persons;
    finding.object.entity = name;
    finding.affected = 100;
    finding.total = 900;
    finding.fingerprint = std::string(64, '1');
    finding.rows = RowSet{name, {Like{column(name, ColumnKind::text), {name}}}};
    made.findings = {finding};
    return made;
}

/// What is left when everything that a client takes for a text, a quoted name or a comment is taken out.
std::string bare(const std::string& sql, const std::string& dialect) {
    std::string left;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        const char c = sql[at];
        if (sql.compare(at, 2, "--") == 0) {
            at = std::min(sql.find('\n', at), sql.size());
        } else if (sql.compare(at, 2, "/*") == 0) {
            at = std::min(sql.find("*/", at + 2), sql.size() - 2) + 1;
        } else if (c == '\'' || c == '"' || c == '`') {
            const bool with_prefix = at > 0 && (sql[at - 1] == 'E' || sql[at - 1] == 'e');
            const bool escapes = dialect == "mariadb" ? c != '`' : c == '\'' && dialect == "postgresql" && with_prefix;
            for (++at; at < sql.size(); ++at) {
                if (escapes && sql[at] == '\\') {
                    ++at;
                } else if (sql[at] == c) {
                    if (at + 1 >= sql.size() || sql[at + 1] != c) break;
                    ++at;
                }
            }
        } else {
            left += c;
        }
    }
    return left;
}

class PurgeHostile : public ::testing::TestWithParam<std::string> {};

TEST_P(PurgeHostile, NamesStayWithinTheirQuotes) {
    const std::string dialect = GetParam();
    for (const std::string& name : breakouts) {
        const std::string xml = write_result_xml(result(dialect, name));
        const AuditResult read = read_result_xml("report.xml", xml);
        const Limits limits{.valid_until = read.run.as_of};
        const Plan plan = make_plan(read, limits);
        ASSERT_EQ(plan.steps.size(), 1U) << name;
        for (const char* language : {"en", "de"}) {
            const auto files =
                purge_files(read, checksum_of(xml), plan, limits, *connectors::find_grammar(dialect), language);
            ASSERT_GE(files.size(), 2U);
            EXPECT_EQ(files[1].name, "2-purge.sql");
            EXPECT_THAT(files[1].content, HasSubstr("DELETE FROM"));
            for (const PurgeFile& file : files) {
                if (!file.name.ends_with(".sql")) continue;
                EXPECT_THAT(bare(file.content, dialect), Not(HasSubstr("EVIL"))) << file.name << ": " << name;
            }
        }
    }
}

TEST_P(PurgeHostile, NamesPretendToBeNoLineOfTheirOwnInTexts) {
    for (const std::string& name : breakouts) {
        const AuditResult made = result(GetParam(), name);
        const Limits limits{.valid_until = made.run.as_of};
        for (const PurgeFile& file :
             purge_files(made, "", make_plan(made, limits), limits, *connectors::find_grammar(GetParam()), "en")) {
            if (!file.name.ends_with(".txt")) continue;
            EXPECT_THAT(file.content, Not(HasSubstr("\nEVIL"))) << file.name;
            EXPECT_THAT(file.content, Not(HasSubstr("\n\\!"))) << file.name;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Clients, PurgeHostile, ::testing::Values("sqlite", "postgresql", "mariadb"),
                         [](const auto& parameter) { return parameter.param; });

TEST(PurgeHostileLexer, SeesWhatStandsOutsideOfQuotes) {
    EXPECT_THAT(bare("SELECT 'a'; EVIL; --'", "sqlite"), HasSubstr("EVIL"));
    EXPECT_THAT(bare("SELECT 'a''; EVIL; --'", "sqlite"), Not(HasSubstr("EVIL")));
    EXPECT_THAT(bare("SELECT 'a\\'; EVIL; --'", "sqlite"), HasSubstr("EVIL"));
    EXPECT_THAT(bare("SELECT 'a\\'; EVIL; --'", "mariadb"), Not(HasSubstr("EVIL")));
    EXPECT_THAT(bare("-- a\nEVIL", "sqlite"), HasSubstr("EVIL"));
}

}  // namespace
}  // namespace crmaudit::reports::purge
