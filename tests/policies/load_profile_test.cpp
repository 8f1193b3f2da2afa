// Profiles are read whole, entities take over what they share, and whatever is wrong is told with its line.
#include <gtest/gtest.h>

#include <set>

#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

const std::string small = R"(<profile name="small" title="Small CRM" versions="1 to 2">
  <signature table="people" columns="id born"/>
  <entity name="person" kind="person" table="people" key="id">
    <let name="module" value="People"/>
    <live><one-of column="deleted" value="0"/></live>
    <path name="calls">
      <join table="calls">
        <on column="parent_id" previous="id"/>
        <where><one-of column="parent_type" value="{module}"/></where>
      </join>
    </path>
    <attribute name="created" role="created" column="made_at"/>
    <attribute name="last_call" role="activity" via="calls" aggregate="latest" column="at"/>
    <attribute name="called" via="calls" aggregate="any"/>
    <absent role="notice" reason="no place"/>
  </entity>
  <entity name="lead" like="person" kind="lead" table="leads">
    <let name="module" value="Leads"/>
    <attribute name="created" role="created" column="entered_at"/>
    <attribute name="converted" role="converted" column="converted"/>
  </entity>
  <statement topic="tracking" source="the manual">
    <text lang="en">It
      tracks.</text>
    <text lang="de">Es misst.</text>
  </statement>
</profile>
)";

Profile load(const std::string& text) {
    const TestFile file{text};
    return load_profile(file.path());
}

std::string refused(const std::string& from, const std::string& to) {
    return refusal(changed(small, from, to), [](const std::string& path) { load_profile(path); });
}

TEST(LoadProfile, ReadsEverythingThatIsThere) {
    const Profile profile = load(small);
    EXPECT_EQ(profile.name, "small");
    EXPECT_EQ(profile.title, "Small CRM");
    EXPECT_EQ(profile.versions, "1 to 2");
    ASSERT_EQ(profile.signatures.size(), 1U);
    EXPECT_EQ(profile.signatures.front().table, "people");
    EXPECT_EQ(profile.signatures.front().columns, (std::vector<std::string>{"id", "born"}));
    ASSERT_EQ(profile.statements.size(), 1U);
    EXPECT_EQ(profile.statements.front().topic, "tracking");
    EXPECT_EQ(in_language(profile.statements.front().texts, "en"), "It tracks.");
    EXPECT_EQ(profile.statements.front().source, "the manual");
    EXPECT_EQ(profile.digest.size(), 64U);
    ASSERT_EQ(profile.entities.size(), 2U);
    const Entity& person = profile.entities.front();
    EXPECT_EQ(person.key, (std::vector<std::string>{"id"}));
    EXPECT_EQ(person.attributes.size(), 3U);
    EXPECT_EQ(person.find("created")->type, ValueType::date);
}

TEST(LoadProfile, ReadsWaysOutOfTheCrm) {
    const std::string with_outlet =
        changed(small, "  <statement", R"(  <outlet what="webhook" name="hook" table="hooks" key="id">
    <live><one-of column="active" value="1"/></live>
    <attribute name="url" role="outlet_target" column="url"/>
  </outlet>
  <statement)");
    const Profile profile = load(with_outlet);
    ASSERT_EQ(profile.outlets.size(), 1U);
    EXPECT_EQ(profile.outlets.front().what, "webhook");
    EXPECT_EQ(profile.outlets.front().entity.kind, EntityKind::outlet);
    EXPECT_EQ(profile.outlets.front().entity.find("url")->role, Role::outlet_target);
    EXPECT_EQ(profile.entities.size(), 2U);
    const auto refuse = [&](const std::string& from, const std::string& to) {
        return refusal(changed(with_outlet, from, to), [](const std::string& path) { load_profile(path); });
    };
    EXPECT_NE(refuse("what=\"webhook\"", "what=\"pigeon\"").find("pigeon"), std::string::npos);
    EXPECT_NE(refuse("name=\"hook\"", "name=\"person\"").find("second entity"), std::string::npos);
}

TEST(LoadProfile, FillsInTheNamesOfAnEntity) {
    const Entity person = load(small).entities.front();
    EXPECT_EQ(person.path("calls")->joins.front().where, (Condition{OneOf{column("parent_type"), {"People"}}}));
}

TEST(LoadProfile, TakesOverWhatAnotherEntityHas) {
    const Entity lead = load(small).entities.back();
    EXPECT_EQ(lead.kind, EntityKind::lead);
    EXPECT_EQ(lead.table.name, "leads");
    EXPECT_EQ(lead.key, (std::vector<std::string>{"id"}));
    EXPECT_EQ(lead.live, (Condition{OneOf{column("deleted"), {"0"}}}));
    EXPECT_EQ(lead.path("calls")->joins.front().where, (Condition{OneOf{column("parent_type"), {"Leads"}}}));
    EXPECT_NE(lead.absence(Role::notice), nullptr);
    std::vector<std::string> names;
    for (const Attribute& attribute : lead.attributes) names.push_back(attribute.name);
    EXPECT_EQ(names, (std::vector<std::string>{"created", "last_call", "called", "converted"}));
    EXPECT_EQ(std::get<OwnColumn>(lead.find("created")->value).column.name, "entered_at");
}

TEST(LoadProfile, LeavesOutWhatAnEntityIsWithout) {
    const Entity lead =
        load(changed(small, "value=\"Leads\"/>", "value=\"Leads\"/><without name=\"calls\"/>")).entities.back();
    EXPECT_EQ(lead.path("calls"), nullptr);
    EXPECT_EQ(lead.find("last_call"), nullptr) << "it goes through the path";
    EXPECT_EQ(lead.attributes.size(), 2U);
    EXPECT_EQ(refused("value=\"Leads\"/>", "value=\"Leads\"/>\n<without name=\"mails\"/>"),
              "19: entity 'person' has no path or attribute 'mails'");
    EXPECT_EQ(refused("value=\"People\"/>", "value=\"People\"/>\n<without name=\"calls\"/>"),
              "5: <without> needs like=\"…\"");
}

TEST(LoadProfile, LetsAnAbsenceReplaceAttributesAndTheOtherWayRound) {
    const Entity without_calls =
        load(changed(small, "<attribute name=\"converted\" role=\"converted\" column=\"converted\"/>",
                     "<absent role=\"activity\" reason=\"none\"/>"))
            .entities.back();
    EXPECT_TRUE(without_calls.in_role(Role::activity).empty());
    const Entity with_notice =
        load(changed(small, "role=\"converted\" column=\"converted\"", "role=\"notice\" column=\"told_at\""))
            .entities.back();
    EXPECT_EQ(with_notice.absence(Role::notice), nullptr);
    EXPECT_EQ(with_notice.in_role(Role::notice).size(), 1U);
}

TEST(LoadProfile, LeavesBracesAloneWhereNothingIsFilledIn) {
    const std::string text = R"(<profile name="p" title="P" versions="">
      <signature table="{odd}"/>
      <entity name="e" kind="plain" table="{odd}"><attribute name="a" column="{x}"/></entity></profile>)";
    EXPECT_EQ(load(text).entities.front().table.name, "{odd}");
}

TEST(LoadProfile, MissesValuesForNamesInBraces) {
    EXPECT_EQ(refused("value=\"{module}\"", "value=\"{modul}\""),
              "3: entity 'person' has no value for {modul}; add <let name=\"modul\" value=\"…\"/>");
}

TEST(LoadProfile, SuggestsTheEntityThatWasMeant) {
    EXPECT_EQ(refused("like=\"person\"", "like=\"persn\""),
              "17: like=\"persn\": there is no such entity further up; did you mean 'person'?");
    EXPECT_EQ(refused("name=\"lead\"", "name=\"person\""), "17: a second entity named 'person'; names must differ");
}

TEST(LoadProfile, RefusesPathsThatMissTheKey) {
    EXPECT_EQ(refused("previous=\"id\"", "previous=\"account_id\""),
              "6: path 'calls': the first <join> must pair with the entity's key, 'id', and only with it");
    EXPECT_EQ(refused(" key=\"id\"", ""), "3: entity 'person' needs a key, for instance key=\"id\"");
    EXPECT_EQ(refused("key=\"id\"", "key=\"id tenant\""),
              "6: path 'calls': the first <join> must pair with the entity's key, 'id', 'tenant', and only with it");
}

TEST(LoadProfile, RefusesPathsThatDoNotExist) {
    EXPECT_EQ(refused("role=\"activity\" via=\"calls\"", "role=\"activity\" via=\"call\""),
              "13: attribute 'last_call': there is no path 'call'; did you mean 'calls'?");
}

TEST(LoadProfile, RefusesNamesThatAreUsedTwice) {
    EXPECT_EQ(refused("name=\"called\"", "name=\"last_call\""), "14: a second attribute named 'last_call'");
    EXPECT_EQ(refused("<attribute name=\"created\" role=\"created\" column=\"made_at\"/>",
                      "<path name=\"calls\"><join table=\"x\"><on column=\"y\" previous=\"id\"/></join></path>"),
              "12: a second path named 'calls'");
}

TEST(LoadProfile, RefusesTypesThatDoNotFit) {
    EXPECT_EQ(refused("role=\"activity\" via=\"calls\" aggregate=\"latest\" column=\"at\"",
                      "role=\"activity\" via=\"calls\" aggregate=\"count\""),
              "13: attribute 'last_call': role activity needs a date, not a number");
    EXPECT_EQ(
        refused("name=\"called\"", "name=\"called\" type=\"date\""),
        "14: attribute 'called': type date does not fit; conditions and 'any' give flags, 'count' numbers, 'first' "
        "texts, 'latest' and 'earliest' dates");
    EXPECT_EQ(refused("role=\"notice\" reason", "role=\"created\" reason"),
              "12: attribute 'created': role created is said to be absent; remove one");
}

TEST(LoadProfile, RefusesConditionsAboutAttributes) {
    EXPECT_EQ(refused("<one-of column=\"deleted\" value=\"0\"/>", "<one-of attribute=\"created\" value=\"0\"/>"),
              "5: conditions here are about columns: write column=\"…\"");
    EXPECT_EQ(
        refused("<one-of column=\"parent_type\" value=\"{module}\"/>", "<not><holds column=\"open\"/></not>"),
        "6: path 'calls': <holds> is for attributes; write <one-of column=\"…\" value=\"1\"/> for a column that is a "
        "flag");
}

TEST(LoadProfile, RefusesWhatTheSchemaDoesNotAllow) {
    EXPECT_EQ(refused("role=\"activity\"", "role=\"activty\"").substr(0, 4), "13: ");
    EXPECT_EQ(refused("kind=\"lead\"", "kind=\"leed\"").substr(0, 4), "17: ");
    EXPECT_EQ(refused("<one-of column=\"deleted\" value=\"0\"/>", "<sometimes/>").substr(0, 3), "5: ");
    EXPECT_EQ(refused("<on column=\"parent_id\" previous=\"id\"/>", "<on column=\"parent_id\"/>").substr(0, 3), "8: ");
    EXPECT_EQ(refused("  <signature table=\"people\" columns=\"id born\"/>", "").substr(0, 3), "3: ");
    EXPECT_EQ(refused("<text lang=\"de\">Es misst.</text>", ""),
              "22: <statement> lacks <text lang=\"de\">; every text is needed in English and German");
}

TEST(ShippedProfiles, AllLoad) {
    const auto names = shipped_profile_names();
    ASSERT_FALSE(names.empty());
    for (const std::string& name : names) EXPECT_EQ(load_profile(name).name, name);
    EXPECT_EQ(shipped_profiles().size(), names.size());
}

const Entity& entity(const Profile& profile, std::string_view name) {
    for (const Entity& each : profile.entities) {
        if (each.name == name) return each;
    }
    throw std::logic_error("no entity");
}

bool says_something(const Entity& entity, Role role) {
    if (role == Role::converted && entity.kind != EntityKind::lead) return true;
    if (role == Role::deleted_at && entity.absence(Role::deleted) != nullptr) return true;
    return !entity.in_role(role).empty() || entity.absence(role) != nullptr;
}

TEST(ShippedProfiles, StateWhatTheCrmDoesWithSourceAndInBothLanguages) {
    for (const Profile& profile : shipped_profiles()) {
        for (const char* topic : {"tracking", "relationship", "consent", "objection", "suppression"}) {
            const auto found = std::find_if(profile.statements.begin(), profile.statements.end(),
                                            [&](const Statement& each) { return each.topic == topic; });
            ASSERT_NE(found, profile.statements.end()) << profile.name << " says nothing about " << topic;
            EXPECT_FALSE(found->source.empty()) << profile.name << ' ' << topic;
            for (const char* language : {"en", "de"}) {
                EXPECT_TRUE(found->texts.contains(language)) << profile.name << ' ' << topic << ' ' << language;
            }
        }
    }
}

TEST(ShippedProfiles, SaySomethingAboutEveryRoleOfEveryPerson) {
    int persons = 0;
    for (const Profile& profile : shipped_profiles()) {
        for (const Entity& each : profile.entities) {
            if (!is_person(each.kind)) continue;
            ++persons;
            for (int number = 0; number <= static_cast<int>(Role::birth_date); ++number) {
                const auto role = static_cast<Role>(number);
                EXPECT_TRUE(says_something(each, role)) << profile.name << ' ' << each.name << ' ' << to_string(role);
            }
        }
    }
    EXPECT_GE(persons, 11);
}

TEST(ShippedProfiles, SuiteCrmAsksEachModuleForItsOwnRows) {
    const Profile profile = load_profile("suitecrm");
    for (const auto& [name, module] : std::vector<std::pair<std::string, std::string>>{
             {"contact", "Contacts"}, {"lead", "Leads"}, {"prospect", "Prospects"}}) {
        const Condition& first = entity(profile, name).path("addresses")->joins.front().where;
        const Condition wanted{OneOf{column("bean_module"), {module}}};
        EXPECT_EQ(std::get<All>(first.node).of.front(), wanted) << name;
    }
    EXPECT_EQ(entity(profile, "lead").path("call_guests")->joins.front().table.name, "calls_leads");
    EXPECT_EQ(entity(profile, "prospect").path("call_guests"), nullptr) << "there is no such table";
}

TEST(ShippedProfiles, SuiteCrmCountsNoOpenedMailAsActivity) {
    for (const Entity& each : load_profile("suitecrm").entities) {
        for (const Attribute* activity : each.in_role(Role::activity)) {
            const auto* related = std::get_if<Related>(&activity->value);
            ASSERT_NE(related, nullptr);
            EXPECT_NE(related->path, "campaign_log") << activity->name;
        }
    }
}

TEST(LoadProfile, ReadsWhereTheCrmRemembersAddresses) {
    EXPECT_TRUE(load(small).suppression.empty());
    const std::string entity = "  <entity name=\"person\"";
    const Profile profile = load(changed(small, entity,
                                         "<suppression table=\"no_mail\" address=\"mail\"><set column=\"active\" "
                                         "value=\"1\"/><set column=\"note\"/></suppression>" +
                                             entity));
    EXPECT_EQ(
        profile.suppression,
        (std::vector{SuppressionPlace{{"", "no_mail"}, "mail", {{"", "active", "1"}, {"", "note", std::nullopt}}}}));
    EXPECT_NE(refused(entity, "<suppression table=\"no_mail\"/>" + entity).find("address"), std::string::npos);
}

}  // namespace
}  // namespace crmaudit::policies
