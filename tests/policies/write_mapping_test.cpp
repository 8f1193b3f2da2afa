// A draft becomes a file that is valid, readable, and read back as the same profile, whatever the names in it.
#include "policies/write_mapping.h"

#include <gtest/gtest.h>

#include "policies/load.h"
#include "tests/discover/discovered.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

using testing::catalog;
using testing::discovered;
using testing::entities;

Profile read_back(const Draft& draft) {
    const TestFile file{write_mapping(draft)};
    return load_profile(file.path());
}

void expect_same(const Profile& read, const Profile& drafted) {
    EXPECT_EQ(read.name, drafted.name);
    EXPECT_EQ(read.title, drafted.title);
    EXPECT_EQ(read.entities, drafted.entities);
    ASSERT_EQ(read.signatures.size(), drafted.signatures.size());
    for (std::size_t i = 0; i < read.signatures.size(); ++i) {
        EXPECT_EQ(read.signatures[i].table, drafted.signatures[i].table);
        EXPECT_EQ(read.signatures[i].columns, drafted.signatures[i].columns);
    }
}

TEST(WriteMapping, IsReadBackAsTheSameProfile) {
    const Draft draft = discovered(catalog()
                                       .schema("crm")
                                       .table("contacts")
                                       .column("id", "integer")
                                       .key("id")
                                       .column("last_name", "varchar(40)")
                                       .column("email", "varchar(90)")
                                       .column("created_at", "timestamp")
                                       .column("opt_out", "boolean")
                                       .column("deleted", "boolean")
                                       .table("phone_calls")
                                       .column("id", "integer")
                                       .key("id")
                                       .column("contact_id", "integer")
                                       .column("call_date", "timestamp")
                                       .column("deleted", "boolean"));
    ASSERT_EQ(entities(draft), std::vector<std::string>{"contacts"});
    ASSERT_FALSE(draft.profile.entities.front().paths.empty());
    expect_same(read_back(draft), draft.profile);
    EXPECT_TRUE(read_back(draft).discovered) << "until a person takes the mark away";
}

TEST(WriteMapping, PutsTheReasonBeforeEveryPart) {
    Draft draft;
    draft.profile.name = "discovered";
    draft.profile.title = "Discovered mapping";
    draft.profile.signatures = {{"t", {"id"}}};
    Entity person;
    person.name = "t";
    person.kind = EntityKind::person;
    person.table = {"", "t"};
    person.key = {"id"};
    person.attributes = {{"created", ValueType::date, Role::created, OwnColumn{column("c")}, false}};
    draft.profile.entities = {person};
    draft.notes = {{"", "", "", "about everything", std::nullopt, false},
                   {"t", "entity", "", "about the table", 0.5, true},
                   {"t", "attribute", "created", "about the column", 0.9, false},
                   {"t", "", "", "left out", std::nullopt, true, person.attributes.front()}};
    draft.doubtful_columns = {{{"t", "x", Category::phone}, 0.4, "term 'x'"}};
    const std::string text = write_mapping(draft);
    const auto at = [&](const std::string& words) { return text.find(words); };
    EXPECT_LT(at("What to check first"), at("<profile"));
    EXPECT_LT(at("<!-- about everything -->"), at("<signature"));
    EXPECT_LT(at("<!-- doubtful: about the table (0.50) -->"), at("<entity"));
    EXPECT_LT(at("<!-- about the column (0.90) -->"), at("<attribute"));
    EXPECT_LT(at("<attribute"), at("<!-- doubtful: left out"));
    EXPECT_NE(at("<column table=\"t\" name=\"x\" category=\"phone\"/>"), std::string::npos);
    EXPECT_NE(at("term 'x' (0.40)"), std::string::npos);
    expect_same(read_back(draft), draft.profile);
}

TEST(WriteMapping, SurvivesHostileNames) {
    const std::string hostile = "cont--acts\"'<&>]]>--><x/>";
    const Draft draft = discovered(catalog()
                                       .schema("s--")
                                       .table(hostile)
                                       .column("the key--", "integer")
                                       .key("the key--")
                                       .column("first_name", "varchar(40)")
                                       .column("last_name--", "varchar(40)")
                                       .column("email\"<!--", "varchar(90)")
                                       .column("created_at--", "timestamp")
                                       .column("opt_out -->", "boolean")
                                       .table("\xC3\xA4\xE2\x82\xAC contacts")
                                       .column("id", "integer")
                                       .key("id")
                                       .column("last_name", "varchar(40)")
                                       .column("email", "varchar(90)")
                                       .column("created_\xF0\x9F\x93\x85_at", "timestamp"));
    ASSERT_EQ(draft.profile.entities.size(), 2U);
    expect_same(read_back(draft), draft.profile);
}

TEST(WriteMapping, MapsNothingWhoseNameNoFileCanHold) {
    const Draft draft = discovered(catalog()
                                       .schema("s")
                                       .table("contacts")
                                       .column("id", "integer")
                                       .key("id")
                                       .column("last_name", "varchar(40)")
                                       .column("email", "varchar(90)")
                                       .column("created_at\x01", "timestamp")
                                       .table("leads\xFF")
                                       .column("id", "integer")
                                       .key("id")
                                       .column("last_name", "varchar(40)")
                                       .column("email", "varchar(90)"));
    ASSERT_EQ(entities(draft), std::vector<std::string>{"contacts"});
    EXPECT_TRUE(draft.profile.entities.front().in_role(Role::created).empty());
    EXPECT_TRUE(testing::notes(draft, "", {"leads", "no file can hold"}));
    EXPECT_TRUE(testing::notes(draft, "", {"created_at", "no file can hold"}));
    expect_same(read_back(draft), draft.profile);
}

TEST(WriteMapping, WritesADraftWithoutPersonsToo) {
    expect_same(read_back(discovered(catalog())), discovered(catalog()).profile);
}

TEST(LoadDiscovery, RefusesACueThatNobodyKnows) {
    const std::string text = "<discovery><cue name=\"weather\"><words lang=\"en\">rain</words></cue></discovery>";
    EXPECT_NE(refusal(text, [](const std::string& path) { load_discovery(path); }).find("'weather' is no cue"),
              std::string::npos);
}

TEST(LoadDiscovery, HasWordsForEveryCueButCopies) {
    std::set<Cue> cues;
    for (const CueWord& word : load_discovery()) cues.insert(word.cue);
    EXPECT_FALSE(cues.contains(Cue::copy)) << "these come from the lexicons";
    EXPECT_EQ(cues.size(), 36U);
}

}  // namespace
}  // namespace crmaudit::policies
