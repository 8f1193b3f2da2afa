// The scripts for SQL Server, which no server has run: parsed whole, read as goldens, and held to what keeps a client
// that goes on after errors from deleting anything.
#include "reports/purge/sqlserver_script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <sstream>

#include "connectors/database.h"
#include "reports/purge/files.h"
#include "tests/support/golden.h"
#include "tests/support/purge_result.h"
#include "tests/support/tsql.h"

namespace crmaudit::reports::purge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const sql::Grammar& grammar() { return *connectors::find_grammar("mssql"); }

std::vector<PurgeFile> files_of(const AuditResult& result) {
    Limits limits{.valid_until = parse_date("2026-06-22").value(), .pause = 61'250};
    if (result.evidence_kept) limits.suppression_key = "/keys/o'clock.txt";
    Plan plan = make_plan(result, limits);
    refuse_misread(result.source, grammar(), plan);
    return purge_files(result, "c0ffee", plan, limits, grammar(), "en");
}

std::string file(const AuditResult& result, const std::string& name) {
    for (const PurgeFile& each : files_of(result)) {
        if (each.name == name) return each.content;
    }
    return {};
}

AuditResult result() { return test::purge_result("mssql", "dbo"); }

AuditResult objecting() { return test::objecting_purge_result("mssql", "dbo"); }

std::vector<std::string> batches_of(const std::string& script) {
    std::vector<std::string> batches{""};
    std::istringstream lines{script};
    for (std::string line; std::getline(lines, line);) {
        if (line == "GO") {
            batches.emplace_back();
        } else {
            batches.back() += line + "\n";
        }
    }
    return batches;
}

/// Not from tables of keys of its own.
bool deletes_from_the_crm(const std::string& line) {
    return line.starts_with("DELETE t FROM [dbo].") ||
           (line.starts_with("DELETE TOP") && line.find(" t FROM [dbo].") < 20) ||
           line.starts_with("DELETE FROM [dbo].");
}

constexpr const char* names[] = {"1-dry-run.sql", "2-purge.sql", "3-verify.sql"};

/// 'c' for each character of code, 't' of a text, 'n' of a name in brackets. What is written twice to be meant within
/// ends both and begins the next.
std::string kinds_of(const std::string& sql) {
    std::string kinds;
    char kind = 'c';
    for (const char c : sql) {
        const char before = kind;
        if (c == '\'' && kind != 'n') kind = kind == 't' ? 'c' : 't';
        if (c == '[' && kind == 'c') kind = 'n';
        if (c == ']' && kind == 'n') kind = 'c';
        kinds += before == 'c' ? kind : before;
    }
    return kinds;
}

/// What stands in the parentheses that open at `open`.
std::string enclosed(const std::string& sql, std::size_t open) {
    const std::string kinds = kinds_of(sql);
    int depth = 0;
    for (std::size_t at = open; at < sql.size(); ++at) {
        if (kinds[at] != 'c') continue;
        if (sql[at] == '(') ++depth;
        if (sql[at] == ')' && --depth == 0) return sql.substr(open + 1, at - open - 1);
    }
    ADD_FAILURE() << "no end of " << sql.substr(open, 80);
    return {};
}

bool changes_rows(const std::string& line) {
    return line.starts_with("INSERT ") || line.starts_with("UPDATE ") || line.starts_with("DELETE ");
}

/// Statements of a batch that can be parsed by themselves; those that a loop runs, apart from the loop.
std::vector<std::string> statements_of(const std::string& batch) {
    const bool is_loop = batch.find("WHILE ") != std::string::npos;
    std::vector<std::string> pieces{""};
    std::size_t into = 0;
    std::istringstream lines{batch};
    for (std::string line; std::getline(lines, line);) {
        const bool is_apart =
            is_loop ? into == 0 && changes_rows(line) : line == "SET @passed = 0;" || line.starts_with("SELECT N'");
        if (is_apart) {
            if (is_loop) pieces.front() += "SELECT 1;\n";
            into = pieces.size();
            pieces.emplace_back();
        }
        pieces[into] += line + "\n";
        if (is_loop && line.ends_with(";")) into = 0;
    }
    return pieces;
}

/// The same, with persons that are counted or joined, and functions of functions, apart from what does that: nested,
/// they cost the parser most.
std::vector<std::string> pieces_of(const std::string& batch) {
    std::vector<std::string> pieces = statements_of(batch);
    // Of a block of the key, the first four bytes stand for the others.
    const std::regex others{R"( \+ CAST\(CAST\(SUBSTRING\(s\.block, \d+, 4\) AS int\) \^ \d+ AS binary\(4\)\))"};
    for (std::string& piece : pieces) piece = std::regex_replace(piece, others, "");
    for (const std::string nested : {"LOWER(LTRIM(", "LOWER(CONVERT(", "TRANSLATE(TRIM("}) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            for (std::size_t at = 0; (at = pieces[i].find(nested, at)) != std::string::npos; ++at) {
                const std::size_t open = at + nested.find('(');
                const std::string within = enclosed(pieces[i], open);
                pieces[i].replace(open + 1, within.size(), "'x'");
                pieces.push_back("SELECT " + within + ";\n");
            }
        }
    }
    for (const auto& [opener, instead] :
         std::vector<std::pair<std::string, std::string>>{{"(SELECT COUNT(*) FROM (SELECT ", "VALUES (1)"},
                                                          {"(SELECT STRING_AGG", "SELECT 1"},
                                                          {"FROM (SELECT b.", "VALUES (1)"},
                                                          {"FROM (SELECT x.", "VALUES (1)"}}) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            for (std::size_t at; (at = pieces[i].find(opener)) != std::string::npos;) {
                const std::size_t open = at + opener.rfind('(');
                const std::string within = enclosed(pieces[i], open);
                pieces[i].replace(open + 1, within.size(), instead);
                pieces.push_back(within + ";\n");
            }
        }
    }
    return pieces;
}

/// What the parser sees but for what stands within texts.
std::string shape_of(const std::string& statement) {
    const std::string kinds = kinds_of(statement);
    std::string shape;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] != 't') shape += statement[i];
    }
    return shape;
}

/// The parser takes minutes for all: each of these looks at some of the statements.
constexpr std::size_t slices = 8;

class ParsedScript : public ::testing::TestWithParam<std::size_t> {};

TEST_P(ParsedScript, IsWellFormedWithNamesThatEndStringsAndComments) {
    // Brackets within names, which the parser does not know, are held by goldens and by the test of quoting.
    AuditResult hostile = test::objecting_purge_result("mssql", "dbo", "'; DROP TABLE x; -- */ %s");
    // Conditions within conditions cost the parser most. They are parsed by themselves where statements for SQL Server
    // are tested; here it is about what surrounds them.
    std::vector<Attribute>& asked = hostile.entities.front().attributes;
    asked.erase(asked.begin() + 3, asked.end() - 2);
    asked[1].role = Role::relationship;
    asked[3].value = OwnColumn{std::get<Related>(asked[3].value).column, {}};
    // Statements that differ within texts only are parsed once.
    std::map<std::string, std::string> statements;
    for (const char* name : names) {
        for (const std::string& batch : batches_of(file(hostile, name))) {
            for (std::string& piece : pieces_of(batch)) statements.try_emplace(shape_of(piece), std::move(piece));
        }
    }
    ASSERT_GT(statements.size(), 2 * slices);
    std::string text;
    std::size_t number = 0;
    for (const auto& [shape, statement] : statements) {
        if (number++ % slices == GetParam()) text += statement + "GO\n";
    }
    EXPECT_THAT(text, HasSubstr("%s"));
    EXPECT_EQ(support::unparsable_tsql(text), "");
}

INSTANTIATE_TEST_SUITE_P(Slices, ParsedScript, ::testing::Range(std::size_t{0}, slices));

TEST(SqlserverScript, IsWhatSomebodyHasRead) {
    for (const char* name : names) {
        EXPECT_TRUE(test::matches_golden(std::string{"sqlserver-"} + name, file(result(), name)));
        EXPECT_THAT(file(result(), name), HasSubstr("NEVER RUN THIS ON A LIVE SERVER"));
    }
}

TEST(SqlserverScript, IsWhatSomebodyHasReadWhereObjectionsAreKept) {
    EXPECT_TRUE(test::matches_golden("sqlserver-objections-2-purge.sql", file(objecting(), "2-purge.sql")));
}

TEST(SqlserverScript, LeavesNoTableOfObjectionsOfASingleRunBehind) {
    const std::string text = file(objecting(), "3-verify.sql");
    for (const char* name : {"work", "over", "objector", "objected"}) {
        EXPECT_THAT(text, HasSubstr("IF EXISTS (SELECT 1 FROM #crmaudit_token) DROP TABLE IF EXISTS [dbo].[crmaudit_" +
                                    std::string{name} + "_"));
    }
    EXPECT_THAT(text, HasSubstr("persons deleted who had objected and are not on the suppression list"));
    EXPECT_THAT(text, Not(HasSubstr("DROP TABLE IF EXISTS [dbo].[crmaudit_suppression]")));
}

/// The number of the batch that makes the token.
std::size_t making_token(const std::vector<std::string>& batches) {
    std::size_t made = 0;
    while (made < batches.size() &&
           batches[made].find("INTO #crmaudit_token FROM #crmaudit_counted") == std::string::npos)
        ++made;
    return made;
}

TEST(SqlserverScript, LetsNoBatchChangeAnythingWithoutTheTokenOfTheGuard) {
    const auto batches = batches_of(file(result(), "2-purge.sql"));
    const std::size_t made = making_token(batches);
    ASSERT_LT(made, batches.size());
    int deleting = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        std::istringstream lines{batches[i]};
        for (std::string line; std::getline(lines, line);) {
            if (!deletes_from_the_crm(line)) continue;
            ++deleting;
            EXPECT_GT(i, made);
            EXPECT_THAT(line, HasSubstr("EXISTS (SELECT 1 FROM #crmaudit_token)"));
        }
    }
    EXPECT_EQ(deleting, 4);  // visits, links, addresses, persons
}

TEST(SqlserverScript, DropsTheTokenBeforeAnythingThatMayFail) {
    const auto batches = batches_of(file(result(), "2-purge.sql"));
    EXPECT_THAT(batches.at(1), HasSubstr("DROP TABLE IF EXISTS #crmaudit_token"));
    for (const std::size_t i : {0U, 1U}) EXPECT_THAT(batches.at(i), Not(HasSubstr("[dbo]")));
    // Names of columns stand in no batch before the one that says whether they are there.
    EXPECT_THAT(batches.at(2), Not(HasSubstr("FROM [dbo]")));
    EXPECT_THAT(batches.at(2), HasSubstr("the columns of dbo.person"));
    EXPECT_THAT(batches.at(3), HasSubstr("FROM #crmaudit_structure"));
    for (const std::size_t i : {4U, 6U}) EXPECT_THAT(batches.at(i), HasSubstr("SET NOEXEC ON"));
}

TEST(SqlserverScript, MakesTheTokenOnceThereIsAKey) {
    const auto batches = batches_of(file(objecting(), "2-purge.sql"));
    const std::size_t made = making_token(batches);
    ASSERT_LT(made, batches.size());
    ASSERT_GT(made, 1U);
    EXPECT_THAT(batches[made - 1], HasSubstr("OPENROWSET(BULK N'/keys/o''clock.txt', SINGLE_CLOB)"));
    // An older key of the session counts for nothing.
    EXPECT_THAT(batches[made - 1], StartsWith("EXEC sp_set_session_context N'crmaudit_inner_pad', NULL;"));
    const std::string& last = batches[made];
    EXPECT_LT(last.find("SESSION_CONTEXT(N'crmaudit_inner_pad') IS NOT NULL"), last.find("CREATE TABLE"));
    EXPECT_LT(last.rfind("THROW"), last.find("INTO #crmaudit_token"));
    EXPECT_THAT(last, Not(HasSubstr("FROM #crmaudit_token")));
    for (const std::string& each : batches) {
        const bool makes = each.find("CREATE TABLE [dbo].[crmaudit_suppression]") != std::string::npos;
        EXPECT_EQ(makes, &each == &last);
    }
    // Even where the client has gone on.
    EXPECT_THAT(batches.at(batches.size() - 2), StartsWith("EXEC sp_set_session_context"));
    EXPECT_THAT(batches.at(batches.size() - 3), StartsWith("SET NOEXEC OFF"));
}

TEST(SqlserverScript, ReadsTheKeyInThePurgeAlone) {
    for (const char* name : {"1-dry-run.sql", "3-verify.sql"}) {
        EXPECT_THAT(file(objecting(), name), Not(HasSubstr("OPENROWSET")));
    }
    EXPECT_THAT(file(objecting(), "README.en.txt"), HasSubstr("SQL Server itself reads the key"));
}

TEST(SqlserverScript, KeepsNamesOfAllCodePagesInItsTables) {
    const std::string text = file(objecting(), "2-purge.sql");
    EXPECT_THAT(text, HasSubstr("came_from NVARCHAR(400)"));
    EXPECT_THAT(text, HasSubstr("changed NVARCHAR(MAX),"));
    EXPECT_THAT(text, Not(HasSubstr(" VARCHAR(")));
}

TEST(SqlserverScript, WritesABracketInANameTwice) {
    const std::string text = file(test::purge_result("mssql", "dbo", "]; DROP TABLE note; --"), "2-purge.sql");
    EXPECT_THAT(text, HasSubstr("DELETE t FROM [dbo].[person]]; DROP TABLE note; --] t JOIN"));
    EXPECT_THAT(text, HasSubstr("OBJECT_ID(N'[dbo].[person]]; DROP TABLE note; --]', N'U')"));
}

TEST(SqlserverScript, GivesNoScriptForNamesThatTheClientReadsAsItsOwn) {
    for (const char* affix : {"\nGO\n", "$(x)", "\r:r file"}) {
        const AuditResult hostile = test::purge_result("mssql", "dbo", affix);
        EXPECT_EQ(file(hostile, "2-purge.sql"), "");
        EXPECT_THAT(file(hostile, "README.en.txt"), HasSubstr("would take the name"));
    }
}

TEST(SqlserverScript, WritesNoVariableOfTheClientButTheOneThatTellsWhetherItReplacesThem) {
    AuditResult hostile = result();
    hostile.source.database = "$(USERNAME)";
    hostile.run.label = "a\nGO\n:r x";
    const std::string text = file(hostile, "2-purge.sql");
    EXPECT_THAT(text, HasSubstr("DB_NAME() COLLATE Latin1_General_100_BIN2 = (N'$' + NCHAR(40) + N'USERNAME)')"));
    int variables = 0;
    for (std::size_t at = 0; (at = text.find("$(", at)) != std::string::npos; ++at) {
        const auto start = text.rfind('\n', at) + 1;
        if (text.compare(start, 2, "--") != 0) ++variables;
    }
    EXPECT_EQ(variables, 1);
    EXPECT_THAT(text, Not(HasSubstr("\n:r")));
}

TEST(SqlserverScript, WaitsBetweenBatchesAndForLocks) {
    const std::string text = file(result(), "2-purge.sql");
    EXPECT_THAT(text, HasSubstr("WAITFOR DELAY '00:01:01.250';"));
    EXPECT_THAT(text, HasSubstr("IF ERROR_NUMBER() NOT IN (1205, 1222) THROW;"));
    EXPECT_THAT(text, HasSubstr("DELETE TOP (2000) t FROM [dbo].[visit] t"));
}

TEST(UnparsableTsql, RefusesWhatIsBroken) {
    for (const char* broken : {"SELECT FROM WHERE;", "SELECT (1;", "SELECT 'a;", "DELETE FROM a WHERE WHERE b = 1;",
                               "IF 1 = 1 BEGIN SELECT 1;", "SELECT 1 LIMIT 5 OFFSET;"}) {
        EXPECT_NE(support::unparsable_tsql(broken), "") << broken;
    }
    EXPECT_EQ(support::unparsable_tsql("SELECT 1;\nGO\n"), "");
    // However long it is.
    EXPECT_NE(support::unparsable_tsql("-- " + std::string(30'000, 'x') + "\nSELECT FROM WHERE;\n"), "");
}

}  // namespace
}  // namespace crmaudit::reports::purge
