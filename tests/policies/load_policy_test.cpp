// Policies are read whole, and whatever is wrong with one is told with its line.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "auditor/checks/check.h"
#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

const std::vector<std::string> known{"stale_person", "unnecessary_field"};

const std::string small = R"xml(<policy name="small">
  <title lang="en">Small</title>
  <title lang="de">Klein</title>
  <rule id="stale" check="stale_person" severity="high">
    <basis law="GDPR" article="5(1)(e)"/>
    <parameter name="after" value="P3Y"/>
    <parameter name="placeholders"><value>n/a</value><value>  keine
        Angabe </value></parameter>
    <text lang="en">
      <title>Old
         persons</title>
      <what>w</what><why>y</why><remedy>r</remedy><false-positives>f</false-positives>
    </text>
    <text lang="de"><title>Alte</title><what>w</what><why>y</why><remedy>r</remedy><false-positives>f</false-positives></text>
  </rule>
  <purpose id="age" justifies="birth_date age">
    <title lang="en">Age</title>
    <title lang="de">Alter</title>
  </purpose>
  <access principal="crm*" categories="job email" reason="the CRM's account"/>
</policy>
)xml";

Policy load(const std::string& text) {
    const TestFile file{text};
    return load_policy(file.path(), known);
}

std::string refused(const std::string& text) {
    return refusal(text, [](const std::string& path) { load_policy(path, known); });
}

std::string refused(const std::string& from, const std::string& to) { return refused(changed(small, from, to)); }

TEST(LoadPolicy, ReadsEverythingThatIsThere) {
    const Policy policy = load(small);
    EXPECT_EQ(policy.name, "small");
    EXPECT_EQ(in_language(policy.title, "de"), "Klein");
    ASSERT_EQ(policy.rules.size(), 1U);
    const Rule& rule = policy.rules.front();
    EXPECT_EQ(rule.id, "stale");
    EXPECT_EQ(rule.check, "stale_person");
    EXPECT_EQ(rule.severity, Severity::high);
    EXPECT_EQ(rule.basis, (std::vector{LegalBasis{"GDPR", "5(1)(e)"}}));
    EXPECT_EQ(rule.period("after"), (Period{36, 0}));
    EXPECT_EQ(rule.lines("placeholders"), (std::vector<std::string>{"n/a", "keine Angabe"}));
    EXPECT_EQ(in_language(rule.texts.title, "en"), "Old persons");
    EXPECT_EQ(in_language(rule.texts.false_positives, "de"), "f");
    ASSERT_EQ(policy.purposes.size(), 1U);
    EXPECT_EQ(policy.purposes.front().id, "age");
    EXPECT_EQ(policy.purposes.front().justifies, (std::vector{Category::birth_date, Category::age}));
    ASSERT_EQ(policy.access.size(), 1U);
    EXPECT_EQ(policy.access.front().principal, "crm*");
    EXPECT_EQ(policy.access.front().categories, (std::vector{Category::job, Category::email}));
}

TEST(LoadPolicy, KnowsAChangedFileByItsDigest) {
    EXPECT_EQ(load(small).digest, load(small).digest);
    EXPECT_NE(load(small).digest, load(small + " ").digest);
    EXPECT_EQ(load(small).digest.size(), 64U);
}

TEST(LoadPolicy, SuggestsTheCheckThatWasMeant) {
    EXPECT_EQ(refused("check=\"stale_person\"", "check=\"stale_persn\""),
              "4: rule 'stale': unknown check 'stale_persn'; did you mean 'stale_person'?");
    EXPECT_EQ(refused("check=\"stale_person\"", "check=\"something_else\""),
              "4: rule 'stale': unknown check 'something_else'");
}

TEST(LoadPolicy, WantsBothLanguages) {
    EXPECT_EQ(refused("<text lang=\"de\">", "<text lang=\"fr\">"),
              "4: <rule> lacks <text lang=\"de\">; every text is needed in English and German");
    EXPECT_EQ(refused("<title lang=\"de\">Klein", "<title lang=\"fr\">Petit"),
              "1: <policy> lacks <title lang=\"de\">; every text is needed in English and German");
    EXPECT_EQ(refused("<title lang=\"de\">Alter", "<title lang=\"fr\">Age"),
              "16: <purpose> lacks <title lang=\"de\">; every text is needed in English and German");
    EXPECT_EQ(refused("<text lang=\"de\">", "<text lang=\"en\">"),
              "14: a second <text> in language 'en' in rule 'stale'");
    EXPECT_EQ(refused("<title lang=\"de\">Klein", "<title lang=\"en\">Klein"), "3: a second <title> in language 'en'");
}

TEST(LoadPolicy, WantsEveryTextOfALanguage) {
    const std::string message = refused("<why>y</why>", "");
    EXPECT_EQ(message.substr(0, 3), "9: ") << message;
    EXPECT_NE(message.find("why"), std::string::npos) << message;
}

TEST(LoadPolicy, RefusesPeriodsItCannotRead) {
    EXPECT_EQ(refused("P3Y", "3 years"),
              "6: parameter 'after': '3 years' is no period; write it as in P3Y (years), P1M (months) or P30D (days)");
}

TEST(LoadPolicy, RefusesParametersNobodyReads) {
    const std::string message = refused("name=\"after\"", "name=\"affter\"");
    EXPECT_EQ(message.substr(0, 3), "6: ") << message;
    EXPECT_NE(message.find("'affter'"), std::string::npos) << message;
}

TEST(LoadPolicy, RefusesParametersItCannotUnderstand) {
    const auto with = [](const std::string& parameter) {
        return refused("<parameter name=\"after\" value=\"P3Y\"/>", parameter);
    };
    EXPECT_EQ(with(R"(<parameter name="after"/>)"),
              "6: parameter 'after' takes either value=\"…\" or <value> elements");
    EXPECT_EQ(with(R"(<parameter name="after" value="P1Y"><value>P2Y</value></parameter>)"),
              "6: parameter 'after' takes either value=\"…\" or <value> elements");
    EXPECT_EQ(with(R"(<parameter name="after" value="P1Y"/><parameter name="after" value="P2Y"/>)"),
              "6: a second parameter 'after' in rule 'stale'");
    EXPECT_EQ(with(R"(<parameter name="categories" value="email birthdate"/>)"),
              "6: unknown data category 'birthdate'; did you mean 'birth_date'?");
    EXPECT_EQ(with(R"(<parameter name="missing_activity" value="never"/>)"),
              "6: parameter 'missing_activity' is 'created' or 'unknown'");
    EXPECT_EQ(with(R"(<parameter name="in_time" value="soon"/>)"),
              "6: parameter 'in_time' is a severity: low, medium, high or critical");
    EXPECT_EQ(with(R"(<parameter name="kind" value="letter"/>)"),
              "6: parameter 'kind' is a kind of entity, such as message, request or activity");
    EXPECT_EQ(with(R"(<parameter name="start" value="email"/>)"),
              "6: parameter 'start' is the role of a date, such as created or received");
    EXPECT_EQ(with(R"(<parameter name="share" value="half"/>)"), "6: parameter 'share' is a percentage from 0 to 100");
    EXPECT_EQ(with(R"(<parameter name="share" value="101"/>)"), "6: parameter 'share' is a percentage from 0 to 100");
    EXPECT_EQ(with(R"(<parameter name="seeing_all_percent" value="some"/>)"),
              "6: parameter 'seeing_all_percent' is a percentage from 0 to 100");
    EXPECT_EQ(with(R"(<parameter name="administrators" value="few"/>)"),
              "6: parameter 'administrators' is a whole number");
    EXPECT_EQ(with(R"(<parameter name="rows" value="some"/>)"), "6: parameter 'rows' is a whole number");
    EXPECT_EQ(with(R"(<parameter name="min_cell" value="-1"/>)"), "6: parameter 'min_cell' is a whole number");
    EXPECT_EQ(with(R"(<parameter name="individual" value="yes"/>)"),
              "6: parameter 'individual' is 'excused' or 'counts'");
    EXPECT_EQ(with(R"(<parameter name="existing_customers" value="separate"/>)"),
              "6: parameter 'existing_customers' is 'together' or 'apart'");
    EXPECT_EQ(with(R"(<parameter name="activity" value="responded opened"/>)"),
              "6: parameter 'activity' is one or more of 'activity', 'responded' or 'clicked'");
    EXPECT_EQ(with(R"(<parameter name="activity" value="responded clicked"/>)"), "nothing refused");
}

TEST(LoadPolicy, RefusesCategoriesThatDoNotExist) {
    EXPECT_EQ(refused("birth_date age", "birth_date ages"), "16: unknown data category 'ages'; did you mean 'age'?");
    EXPECT_EQ(refused("job email", "none"), "20: unknown data category 'none'");
}

TEST(LoadPolicy, ReadsWhoMayDoWhatAndWhereDataMayGo) {
    const std::string entry = "<access principal=\"crm*\"";
    std::string text{small};
    text.insert(text.find("</policy>"),
                "  <access principal=\"app\" rights=\"read change\" reason=\"the CRM\" responsible=\"IT\"/>\n"
                "  <recipient name=\"dwh_*\" reason=\"figures\" responsible=\"sales\"/>\n");
    const Policy policy = load(text);
    ASSERT_EQ(policy.access.size(), 2U);
    EXPECT_TRUE(policy.access[0].rights.empty()) << "an entry without rights is for reading";
    EXPECT_EQ(policy.access[1].rights, (std::vector<AccessRight>{AccessRight::read, AccessRight::change}));
    EXPECT_EQ(policy.access[1].responsible, "IT");
    ASSERT_EQ(policy.recipients.size(), 1U);
    EXPECT_EQ(policy.recipients[0].name, "dwh_*");
    EXPECT_EQ(policy.recipients[0].responsible, "sales");
    EXPECT_EQ(refused(entry, entry + " rights=\"write\"").substr(0, 4), "20: ") << refused(entry, entry);
}

TEST(LoadPolicy, RefusesIdsThatAreUsedTwice) {
    const auto start = small.find("  <rule"), end = small.find("  <purpose");
    EXPECT_EQ(refused(std::string{small}.insert(end, small.substr(start, end - start))),
              "16: a second <rule> with id 'stale'; ids must differ");
    const auto access = small.find("  <access");
    EXPECT_EQ(refused(std::string{small}.insert(access, small.substr(end, access - end))),
              "20: a second <purpose> with id 'age'; ids must differ");
}

TEST(LoadPolicy, RefusesWhatTheSchemaDoesNotAllow) {
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"severity=\"high\"", "severity=\"hihg\""},
                                                          {" severity=\"high\"", ""},
                                                          {"id=\"stale\"", "id=\"Stale Person\""},
                                                          {"id=\"stale\"", "id=\"stale\" colour=\"red\""}}) {
        EXPECT_EQ(refused(from, to).substr(0, 3), "4: ") << to << ": " << refused(from, to);
    }
    EXPECT_EQ(refused("<basis law=\"GDPR\" article=\"5(1)(e)\"/>", "<basis article=\"5\"/>").substr(0, 3), "5: ");
    EXPECT_EQ(refused("</rule>", "").substr(0, 4), "21: ") << refused("</rule>", "");
}

TEST(LoadPolicy, SaysWhyAFileCannotBeRead) {
    try {
        load_policy("/nowhere/policy.xml", known);
        FAIL();
    } catch (const xml::DocumentError& error) {
        EXPECT_STREQ(error.what(), "cannot read policy file /nowhere/policy.xml: No such file or directory");
    }
    EXPECT_THROW(load_policy(testing::TempDir(), known), xml::DocumentError) << "a directory";
    EXPECT_EQ(refused("").substr(0, 3), "1: ");
}

TEST(LoadPolicy, SuggestsTheShippedPolicyThatWasMeant) {
    try {
        load_policy("gpdr", known);
        FAIL();
    } catch (const xml::DocumentError& error) {
        EXPECT_EQ(std::string{error.what()}.find("no policy named 'gpdr'; did you mean 'gdpr'?"), 0U) << error.what();
    }
}

std::vector<std::string> all_check_ids() {
    std::vector<std::string> ids;
    for (const checks::Check& check : checks::all_checks()) ids.emplace_back(check.id);
    return ids;
}

std::map<std::string, std::string> all_needs() {
    std::map<std::string, std::string> needs;
    for (const checks::Check& check : checks::all_checks()) {
        if (!check.needs.empty()) needs.emplace(check.id, check.needs);
    }
    return needs;
}

TEST(LoadPolicy, MissesParametersThatACheckNeeds) {
    const std::string text = changed(small, "    <parameter name=\"after\" value=\"P3Y\"/>\n", "");
    EXPECT_EQ(refused(text), "nothing refused") << "nothing is said to be needed";
    EXPECT_EQ(refusal(text, [](const std::string& path) { load_policy(path, known, all_needs()); }),
              "4: rule 'stale' needs <parameter name=\"after\" value=\"…\"/>");
    EXPECT_EQ(refusal(small,
                      [](const std::string& path) {
                          load_policy(path, known, {{"stale_person", "after kind"}});
                      }),
              "4: rule 'stale' needs <parameter name=\"kind\" value=\"…\"/>");
}

TEST(ShippedPolicies, AllLoad) {
    const auto names = shipped_policy_names();
    ASSERT_FALSE(names.empty());
    for (const std::string& name : names) EXPECT_EQ(load_policy(name, all_check_ids(), all_needs()).name, name);
}

TEST(ShippedPolicies, HaveARuleForEveryCheckThatBringsNoRowsOfItsOwn) {
    std::set<std::string> checks{"custom"};
    for (const std::string& name : shipped_policy_names()) {
        for (const Rule& rule : load_policy(name, all_check_ids(), all_needs()).rules) checks.insert(rule.check);
    }
    const auto ids = all_check_ids();
    EXPECT_EQ(checks, (std::set<std::string>{ids.begin(), ids.end()}));
}

TEST(ShippedPolicies, TheGdprLetsNoGreetingJustifyABirthday) {
    const Policy policy = load_policy("gdpr", all_check_ids());
    const auto categories = policy.find("unnecessary_field")->words("categories");
    EXPECT_NE(std::find(categories.begin(), categories.end(), "birth_date"), categories.end());
    std::set<std::string> justifying;
    for (const Purpose& purpose : policy.purposes) {
        if (std::find(purpose.justifies.begin(), purpose.justifies.end(), Category::birth_date) !=
            purpose.justifies.end()) {
            justifying.insert(purpose.id);
        }
    }
    EXPECT_TRUE(justifying.contains("age_verification"));
    for (const std::string& id : justifying) EXPECT_EQ(id.find("greeting"), std::string::npos);
}

std::vector<Rule> all_shipped_rules() {
    std::vector<Rule> rules;
    for (const std::string& name : shipped_policy_names()) {
        for (Rule& rule : load_policy(name, all_check_ids(), all_needs()).rules) {
            rule.id.insert(0, name + " ");
            rules.push_back(std::move(rule));
        }
    }
    return rules;
}

TEST(ShippedPolicies, NeverSayInOneLanguageWhatTheyLeaveOutInTheOther) {
    for (const Rule& rule : all_shipped_rules()) {
        for (const Texts* texts :
             {&rule.texts.what, &rule.texts.why, &rule.texts.remedy, &rule.texts.false_positives}) {
            ASSERT_EQ(texts->size(), 2U) << rule.id;
            EXPECT_NE(in_language(*texts, "en"), in_language(*texts, "de")) << rule.id;
            // German runs longer; a text that is far shorter than the other lost something.
            EXPECT_GT(in_language(*texts, "de").size() * 10, in_language(*texts, "en").size() * 7) << rule.id;
            EXPECT_LT(in_language(*texts, "de").size() * 10, in_language(*texts, "en").size() * 19) << rule.id;
        }
    }
}

TEST(LoadPolicy, ReadsHowLongEvidenceIsKept) {
    EXPECT_EQ(load(small).evidence_kept, std::nullopt);
    const std::string before = "  <rule id=\"stale\"";
    EXPECT_EQ(load(changed(small, before, "<evidence keep=\"P18M\"/>" + before)).evidence_kept, parse_period("P18M"));
    EXPECT_NE(refused(before, "<evidence keep=\"ever\"/>" + before).find("keep"), std::string::npos);
    EXPECT_EQ(load_policy("gdpr-de", all_check_ids()).evidence_kept, parse_period("P3Y"));
}

}  // namespace
}  // namespace crmaudit::policies
