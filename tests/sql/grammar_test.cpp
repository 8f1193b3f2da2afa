// What every grammar promises, without a database; tests/live/contract_test.cpp holds the same against servers.
#include "auditor/sql/grammar.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "connectors/database.h"

namespace crmaudit {
namespace {

using connectors::find_grammar;

const Date a_day{std::chrono::year{2026}, std::chrono::month{2}, std::chrono::day{28}};

class EveryGrammar : public ::testing::TestWithParam<std::string> {
protected:
    const sql::Grammar& grammar() const { return *find_grammar(GetParam()); }
    char quote_character() const { return grammar().quote("x").front(); }
};

/// The name that a quoted identifier stands for; fails the test when the identifier ends before its last character.
std::string unquoted(const std::string& quoted) {
    const char mark = quoted.front() == '[' ? ']' : quoted.front();
    std::string name;
    for (std::size_t i = 1; i < quoted.size(); ++i) {
        if (quoted[i] == mark) {
            if (i + 1 == quoted.size()) return name;
            EXPECT_EQ(quoted[i + 1], mark) << quoted;
            ++i;
        }
        name += quoted[i];
    }
    ADD_FAILURE() << "does not end: " << quoted;
    return name;
}

/// `name` is what begins a quoted identifier.
bool balanced(const std::string& sql, char name = '"') {
    int depth = 0;
    char inside = '\0';
    for (const char c : sql) {
        if (inside != '\0') {
            if (c == inside) inside = '\0';
        } else if (c == '\'' || c == '"' || c == '`') {
            inside = c;
        } else if (c == '[' && name == '[') {
            inside = ']';
        } else {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        if (depth < 0) return false;
    }
    return depth == 0 && inside == '\0';
}

TEST_P(EveryGrammar, IsFoundByItsName) {
    ASSERT_NE(find_grammar(GetParam()), nullptr);
    EXPECT_EQ(grammar().name(), GetParam());
}

TEST_P(EveryGrammar, QuotesHostileIdentifiersSoThatNoneEndsEarly) {
    for (const std::string name : {"plain", "closing]bracket]]", "weird \"\"name\"", "back`tick``", "o'clock", "select",
                                   "a:b", "Ümläut ☎", "x\"; DROP TABLE contacts; --", "back\\slash\\", "", "%s{}?"}) {
        EXPECT_EQ(unquoted(grammar().quote(name)), name);
    }
}

TEST_P(EveryGrammar, RefusesAnIdentifierWithANulByte) {
    EXPECT_THROW(grammar().quote(std::string{"a\0b", 3}), std::invalid_argument);
}

TEST_P(EveryGrammar, QuotesSchemaAndTableEachByItself) {
    EXPECT_EQ(grammar().quote(TableName{"my.schema", "my.table"}),
              grammar().quote("my.schema") + "." + grammar().quote("my.table"));
    EXPECT_EQ(grammar().quote(TableName{"", "t"}), grammar().quote("t"));
}

TEST_P(EveryGrammar, DoublesQuotesInTextLiterals) {
    const std::string national = GetParam() == "mssql" ? "N" : "";
    EXPECT_EQ(grammar().text_literal("it's"), national + "'it''s'");
    EXPECT_EQ(grammar().text_literal(""), national + "''");
}

TEST_P(EveryGrammar, WritesADayWithItsCentury) {
    EXPECT_NE(grammar().date_literal(a_day).find("'2026-02-28"), std::string::npos) << grammar().date_literal(a_day);
}

TEST_P(EveryGrammar, WritesBalancedExpressionsForEveryKind) {
    const std::string column = "b." + grammar().quote("it's (a \"name`");
    for (const ColumnKind kind :
         {ColumnKind::unknown, ColumnKind::text, ColumnKind::integer, ColumnKind::decimal, ColumnKind::boolean,
          ColumnKind::date, ColumnKind::timestamp, ColumnKind::time, ColumnKind::binary, ColumnKind::other}) {
        SCOPED_TRACE(to_string(kind));
        const std::string moment = grammar().moment_of("b.c", kind);
        const std::string text = grammar().as_text("b.c", kind);
        EXPECT_TRUE(balanced(moment)) << moment;
        EXPECT_TRUE(balanced(text)) << text;
        EXPECT_TRUE(balanced(grammar().folded(text)));
        EXPECT_TRUE(balanced(grammar().list_has(grammar().folded(text), "news")));
        EXPECT_TRUE(balanced(grammar().moment_plus(moment, {14, 3})));
        EXPECT_TRUE(balanced(grammar().day_text(moment)));
        EXPECT_TRUE(balanced(grammar().year_of(moment)));
        EXPECT_NE(grammar().as_text(column, kind).find(column), std::string::npos);
        EXPECT_TRUE(balanced(grammar().binary_is_empty(column), quote_character()));
    }
}

TEST_P(EveryGrammar, MovesByMonthsAndByDaysAndNotAtAll) {
    EXPECT_NE(grammar().moment_plus("m", {36, 0}).find("36"), std::string::npos);
    EXPECT_NE(grammar().moment_plus("m", {0, 30}).find("30"), std::string::npos);
    EXPECT_EQ(grammar().moment_plus("m", {0, 30}).find("1 months"), std::string::npos);
    EXPECT_TRUE(balanced(grammar().moment_plus("m", {})));
}

TEST_P(EveryGrammar, NeverFindsAListItemThatHoldsASeparator) {
    EXPECT_EQ(grammar().list_has("t", "a,b"), grammar().truth(false));
    EXPECT_EQ(grammar().list_has("t", "^a^"), grammar().truth(false));
    EXPECT_NE(grammar().list_has("t", "it's").find("it''s"), std::string::npos);
}

TEST_P(EveryGrammar, TellsTrueFromFalse) {
    EXPECT_NE(grammar().truth(true), grammar().truth(false));
    EXPECT_NE(grammar().boolean_is("x", true), grammar().boolean_is("x", false));
    EXPECT_EQ(grammar().flag("c"), "CASE WHEN c THEN 1 ELSE 0 END");
}

TEST_P(EveryGrammar, WritesNoColonOutsideQuotes) {
    char inside = '\0';
    const std::string sql = grammar().moment_of("x", ColumnKind::text) + grammar().moment_of("x", ColumnKind::integer) +
                            grammar().as_text("x", ColumnKind::text) + grammar().date_literal(a_day);
    for (const char c : sql) {
        if (inside == '\0') {
            EXPECT_NE(c, ':') << sql;
        }
        if (c == '\'' || c == '"' || c == '`') inside = inside == '\0' ? c : inside == c ? '\0' : inside;
    }
}

INSTANTIATE_TEST_SUITE_P(Of, EveryGrammar, ::testing::ValuesIn(connectors::dialect_names()),
                         [](const auto& instance) { return instance.param; });

TEST(Dialects, AreFourProductsAndTheStandard) {
    EXPECT_EQ(connectors::dialect_names(),
              (std::vector<std::string>{"sqlite", "postgresql", "mariadb", "mssql", "generic"}));
    EXPECT_EQ(find_grammar("oracle"), nullptr);
}

TEST(PostgresqlGrammar, WritesBackslashesAlikeWhateverTheServerTakesThemFor) {
    const auto& grammar = *find_grammar("postgresql");
    EXPECT_EQ(grammar.text_literal("a\\'b"), "E'a\\\\''b'");
}

TEST(PostgresqlGrammar, LetsNoTextHoldANulByte) {
    const auto& grammar = *find_grammar("postgresql");
    EXPECT_EQ(grammar.text_literal(std::string{"a\0b", 3}).find('\0'), std::string::npos);
}

TEST(MariadbGrammar, WritesNoBackslashAtAll) {
    const auto& grammar = *find_grammar("mariadb");
    EXPECT_EQ(grammar.text_literal("a\\'b"), "_utf8mb4 X'615C2762'");
    EXPECT_EQ(grammar.folded("x").find('\\'), std::string::npos);
    EXPECT_EQ(grammar.moment_of("x", ColumnKind::text).find('\\'), std::string::npos);
}

TEST(Grammars, WriteATextOnceForManyPatterns) {
    const std::vector<std::string> patterns{"a*", "b", "?c"};
    EXPECT_EQ(find_grammar("postgresql")->like_some("x", patterns), "x LIKE ANY (ARRAY['a%', 'b', '_c'])");
    EXPECT_EQ(find_grammar("mariadb")->like_some("x", patterns), "x REGEXP '(?s)^(a.*|b|.c)$'");
    EXPECT_EQ(find_grammar("sqlite")->like_some("y", patterns),
              "(SELECT x LIKE 'a%' ESCAPE '!' OR x LIKE 'b' ESCAPE '!' OR x LIKE '_c' ESCAPE '!' FROM (SELECT y AS x "
              "LIMIT -1 OFFSET 0))");
}

TEST(MariadbGrammar, QuotesWithBackticks) { EXPECT_EQ(find_grammar("mariadb")->quote("a`b"), "`a``b`"); }

TEST(MssqlGrammar, QuotesWithBrackets) {
    EXPECT_EQ(find_grammar("mssql")->quote("a]b[c"), "[a]]b[c]");
    EXPECT_EQ(find_grammar("mssql")->quote(TableName{"d.bo", "]"}), "[d.bo].[]]]");
}

TEST(MssqlGrammar, HoldsNothingInALiteralThatTheClientTakesForItsOwn) {
    const auto& grammar = *find_grammar("mssql");
    EXPECT_EQ(grammar.text_literal("a\nGO\n"), "(N'a' + NCHAR(10) + N'GO' + NCHAR(10) + N'')");
    EXPECT_EQ(grammar.text_literal("$(x)"), "(N'$' + NCHAR(40) + N'x)')");
    EXPECT_EQ(grammar.text_literal("\n"), "(N'' + NCHAR(10) + N'')");
    EXPECT_EQ(grammar.text_literal("(a$b)"), "N'(a$b)'");
}

TEST(MssqlGrammar, FindsTheLatestOfMomentsWithoutASubquery) {
    const auto& grammar = *find_grammar("mssql");
    EXPECT_EQ(grammar.latest_of({"a"}), "a");
    EXPECT_EQ(grammar.latest_of({"a", "b", "c"}), "CASE WHEN a >= b AND a >= c THEN a WHEN b >= c THEN b ELSE c END");
}

TEST(SqliteGrammar, MakesNulBytesByAFunction) {
    const auto& grammar = *find_grammar("sqlite");
    EXPECT_EQ(grammar.text_literal(std::string{"a\0b", 3}), "('a' || char(0) || 'b')");
}

}  // namespace
}  // namespace crmaudit
