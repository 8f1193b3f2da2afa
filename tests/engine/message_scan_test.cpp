// Which messages are read, what of them is counted, and what becomes of what cannot be read.
#include "auditor/engine/message_scan.h"

#include <gtest/gtest.h>

#include "auditor/checks/check.h"
#include "policies/load.h"
#include "tests/support/plain_grammar.h"

namespace crmaudit::engine {
namespace {

class TailGrammar : public testing::PlainGrammar {
public:
    std::string tail_of(const std::string& expression, ColumnKind, std::size_t) const override {
        return "TAIL(" + expression + ")";
    }
};

/// Gives rows as they were put in, whatever is asked.
class MessagesInMemory : public sql::TextPort {
public:
    TableSample read_texts(const sql::TextQuery& query, const sql::TextRequest& request,
                           const sql::ValueSink& sink) override {
        asked.push_back(request);
        where = query.where();
        if (refuse) throw *refuse;
        for (const sql::Row& row : rows) sink(row);
        return {query.table().name, SampleMethod::everything, static_cast<std::int64_t>(rows.size()), stored};
    }

    std::vector<sql::Row> rows;  // outbound, template, bulk, first, sender, head, tail
    std::int64_t stored = 0;
    std::optional<sql::QueryError> refuse;
    std::vector<sql::TextRequest> asked;
    std::string where;
};

Attribute flag(const char* name, Role role) {
    return {name, ValueType::flag, role, OwnCondition{{OneOf{column(name), {"1"}}}}, false};
}

class Messages : public ::testing::Test {
protected:
    Messages() {
        Table table;
        table.name = {"", "mail"};
        for (const char* name : {"id", "body", "out", "many", "user"}) {
            Column each;
            each.name = name;
            each.kind = ColumnKind::text;
            table.columns.push_back(each);
        }
        catalog.tables.push_back(table);
        Entity mail;
        mail.name = "mail";
        mail.kind = EntityKind::message;
        mail.table = {"", "mail"};
        mail.attributes = {{"body", ValueType::text, Role::body, OwnColumn{column("body")}, false},
                           {"user", ValueType::text, Role::sender, OwnColumn{column("user")}, false},
                           flag("out", Role::outbound),
                           flag("many", Role::bulk)};
        entities = {mail};
        port.rows = {{"1", "0", "1", "0", "17", "<p>Hallo", "<img src=\"https://mltrk.io/pixel/1\">"},
                     {"1", "0", "0", "0", std::nullopt, "<p>Hallo", std::nullopt},
                     {"1", "0", "1", "0", "17", std::nullopt, std::nullopt}};
        port.stored = 900;
    }

    MessageScan scan(ContentExtent extent = ContentExtent::sample) {
        const classify::MailScanner scanner{policies::shipped_trackers(),
                                            {{"out", classify::LinkQuestion::What::way_out, {"abmelden"}, {}}}};
        return scan_messages(entities, catalog, scanner, grammar, port, {.extent = extent, .seed = 3, .as_of = {}});
    }

    Catalog catalog;
    std::vector<Entity> entities;
    MessagesInMemory port;
    TailGrammar grammar;
};

TEST_F(Messages, AreCountedByVendorAndSender) {
    const MessageScan result = scan();
    ASSERT_EQ(result.entities.size(), 1U);
    const ScannedMessages& mail = result.entities[0];
    EXPECT_EQ(mail.stored, 900);
    EXPECT_EQ(mail.read, 2) << "one has no text";
    EXPECT_EQ(mail.column, "body");
    ASSERT_EQ(mail.vendors.size(), 1U);
    EXPECT_EQ(mail.vendors[0], (VendorCount{"Hunter MailTracker", false, 1, 1, 0, 0, {{"17", 1}}}));
    EXPECT_EQ(mail.links.at("out"), (LinkCount{1, 1, 0})) << "one of them went to many";
}

TEST_F(Messages, AreReadAsTheExtentSays) {
    scan();
    scan(ContentExtent::full);
    EXPECT_TRUE(scan(ContentExtent::none).entities.empty());
    ASSERT_EQ(port.asked.size(), 2U);
    EXPECT_FALSE(port.asked[0].everything);
    EXPECT_EQ(port.asked[0].seed, 3U);
    EXPECT_TRUE(port.asked[1].everything);
    EXPECT_GE(port.asked[1].longest, 65536U);
}

TEST_F(Messages, ThatCameInAreNeverAskedFor) {
    scan();
    EXPECT_EQ(port.where, R"((t."out" IS NOT NULL AND FOLD(TEXT(t."out")) = '1'))");
    std::erase_if(entities[0].attributes, [](const Attribute& each) { return each.role == Role::outbound; });
    port.asked.clear();
    EXPECT_TRUE(scan().entities.empty());
    EXPECT_TRUE(port.asked.empty());
}

TEST_F(Messages, ThatCannotBeReadAreGaps) {
    port.refuse = sql::QueryError(sql::QueryError::Reason::forbidden, "42501", "no");
    MessageScan result = scan();
    EXPECT_EQ(result.gaps, (std::vector<Gap>{{"mail", "forbidden: 42501"}}));
    EXPECT_TRUE(result.entities.empty());
    port.refuse = sql::QueryError(sql::QueryError::Reason::connection_lost, "08S01", "gone");
    EXPECT_THROW(scan(), sql::QueryError);
}

TEST_F(Messages, AreAGapWhereTheEndsOfTextsCannotBeRead) {
    const classify::MailScanner scanner{{}, {}};
    const testing::PlainGrammar plain;
    const MessageScan result = scan_messages(entities, catalog, scanner, plain, port, {});
    EXPECT_EQ(result.gaps, (std::vector<Gap>{{"mail", "no_text_ends"}}));
    EXPECT_TRUE(port.asked.empty());
}

TEST(MessageRules, AreAskedForOnlyWhereOneRuns) {
    std::vector<std::string> known;
    for (const checks::Check& check : checks::all_checks()) known.emplace_back(check.id);
    const Policy policy = policies::load_policy("gdpr", known);
    EXPECT_TRUE(asks_for_messages(policy, {}, {}));
    EXPECT_TRUE(asks_for_messages(policy, {"no_opt_*"}, {}));
    EXPECT_FALSE(asks_for_messages(policy, {"stale_person"}, {}));
    EXPECT_FALSE(asks_for_messages(policy, {}, {"no_opt_out_link", "no_privacy_notice_link", "tracking_pixel*"}));
}

TEST(MessageRules, SayWhatIsLookedFor) {
    Policy policy;
    policy.rules = {{"a", "no_opt_out_link", Severity::high, {}, {}, {{"terms", "weg\nopt out"}}},
                    {"b", "no_privacy_notice_link", Severity::high, {}, {}, {{"privacy_address", "example.org/p"}}},
                    {"c", "stale_person", Severity::high, {}, {}, {}}};
    const auto questions = link_questions(policy, "example.com/q");
    ASSERT_EQ(questions.size(), 2U);
    EXPECT_EQ(questions[0].rule, "a");
    EXPECT_EQ(questions[0].terms, (std::vector<std::string>{"weg", "opt out"}));
    EXPECT_EQ(questions[1].addresses, (std::vector<std::string>{"example.org/p", "example.com/q"}));
    EXPECT_EQ(questions[1].what, classify::LinkQuestion::What::notice);
}

}  // namespace
}  // namespace crmaudit::engine
