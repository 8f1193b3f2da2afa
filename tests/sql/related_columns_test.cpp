// How a statement looks at the columns of a joined table.
#include "auditor/sql/related_columns.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/plain_grammar.h"

namespace crmaudit::sql {
namespace {

const testing::PlainGrammar grammar;
const Date as_of{std::chrono::year{2026}, std::chrono::month{6}, std::chrono::day{15}};
const Operand status = column("status", ColumnKind::text);
const Condition held{OneOf{status, {" Held", "done"}}};

/// What the statement evaluates where `conditions` are asked of the column and its folded text is named.
std::string evaluated(std::vector<Condition> conditions, std::vector<Operand> shown = {}) {
    RelatedColumns columns{grammar, as_of, "j1", std::move(conditions), std::move(shown)};
    return columns.named_in(columns.value(status).folded);
}

const std::string folded = "CASE WHEN j1.\"status\" IS NULL THEN '' ELSE FOLD(j1.\"status\") END";

TEST(RelatedColumns, TakeAWordThatIsWrittenAsItIsComparedWithoutFoldingIt) {
    EXPECT_EQ(evaluated({held, missing(status)}),
              ",\n             CASE j1.\"status\" WHEN 'done' THEN 'done' WHEN 'held' THEN 'held' ELSE " + folded +
                  " END AS \"~1\"");
    EXPECT_EQ(evaluated({}), ",\n             " + folded + " AS \"~1\"");
}

TEST(RelatedColumns, FoldWhatIsLookedAtInAnotherWayToo) {
    EXPECT_EQ(evaluated({held, negate({Like{status, {"h*"}}})}), ",\n             " + folded + " AS \"~1\"");
    EXPECT_EQ(evaluated({held, {ListHas{status, {"x"}}}}), ",\n             " + folded + " AS \"~1\"");
    EXPECT_EQ(evaluated({held}, {status}), ",\n             " + folded + " AS \"~1\"");
}

TEST(RelatedColumns, LeaveWordsBeyondAsciiToTheDatabase) {
    EXPECT_EQ(evaluated({{OneOf{status, {"Geändert"}}}}), ",\n             " + folded + " AS \"~1\"");
}

TEST(RelatedColumns, AreNamedOnlyWhereTheStatementAsks) {
    RelatedColumns columns{grammar, as_of, "j1", {}, {}};
    const Value value = columns.value(column("at", ColumnKind::timestamp));
    EXPECT_EQ(columns.named_in("nothing"), "");
    EXPECT_EQ(columns.named_in(value.sql), ",\n             j1.\"at\" AS \"v1\"");
    EXPECT_NE(columns.named_in(value.plausible).find("< DATE '2026-06-16'"), std::string::npos);
}

TEST(RelatedColumns, HaveNoAttributes) {
    RelatedColumns columns{grammar, as_of, "j1", {}, {}};
    EXPECT_THROW(columns.value(attribute("status")), std::logic_error);
}

}  // namespace
}  // namespace crmaudit::sql
