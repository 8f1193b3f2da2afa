#include "auditor/model/attribute_use.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

Entity entity() {
    Entity made;
    made.name = "person";
    made.attributes = {{"flag", ValueType::flag, std::nullopt, OwnCondition{}, false},
                       {"day", ValueType::date, std::nullopt, OwnColumn{column("day")}, false},
                       {"text", ValueType::text, std::nullopt, OwnColumn{column("text")}, false}};
    return made;
}

std::string wrong(const Condition& condition) { return misuse(condition, entity()).value_or("fine"); }

TEST(AttributeUse, TakesEachForWhatItIs) {
    EXPECT_EQ(wrong(all({holds("flag"),
                         {OneOf{attribute("text"), {"a"}}},
                         {OlderThan{attribute("day"), Period{12, 0}}},
                         missing(attribute("day")),
                         missing(attribute("flag"))})),
              "fine");
    EXPECT_EQ(wrong(holds("unknown")), "fine") << "whether it is there is another question";
    EXPECT_EQ(wrong({OlderThan{column("day"), Period{12, 0}}}), "fine");
}

TEST(AttributeUse, SeesWhatDoesNotFitAtAnyDepth) {
    EXPECT_NE(wrong(negate(any({holds("flag"), holds("day")}))).find("'day' is a date"), std::string::npos);
    EXPECT_NE(wrong({Like{attribute("flag"), {"*"}}}).find("'flag' is a flag"), std::string::npos);
    EXPECT_NE(wrong({LaterThan{attribute("day"), attribute("text"), {}}}).find("'text' is a text"), std::string::npos);
    EXPECT_NE(wrong({Implausible{column("ok", ColumnKind::boolean)}}).find("holds no date"), std::string::npos)
        << "it would be silently false";
}

}  // namespace
}  // namespace crmaudit
