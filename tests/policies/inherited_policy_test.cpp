// A policy built on another states what differs; whatever does not fit is told with file, line and remedy.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "auditor/checks/check.h"
#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

std::vector<std::string> known_checks() {
    std::vector<std::string> ids;
    for (const checks::Check& check : checks::all_checks()) ids.emplace_back(check.id);
    return ids;
}

std::map<std::string, std::string> needed_parameters() {
    std::map<std::string, std::string> needs;
    for (const checks::Check& check : checks::all_checks()) {
        if (!check.needs.empty()) needs.emplace(check.id, check.needs);
    }
    return needs;
}

Policy load(const std::string& path) { return load_policy(path, known_checks(), needed_parameters()); }

const std::string texts = R"xml(
    <text lang="en"><title>t</title><what>w</what><why>y</why><remedy>r</remedy><false-positives>f</false-positives></text>
    <text lang="de"><title>T</title><what>W</what><why>Y</why><remedy>R</remedy><false-positives>F</false-positives></text>
)xml";

const std::string base = R"xml(<policy name="base">
  <title lang="en">Base</title><title lang="de">Grundlage</title>
  <law name="GDPR" reference="EU" checked="2026-11-25" verified="true"/>
  <law name="ePrivacy" reference="EU" verified="false"><note lang="en">n</note><note lang="de">N</note></law>
  <rule id="old" check="stale_person" severity="high">
    <basis law="GDPR" article="5(1)(e)"/>
    <parameter name="after" value="P3Y"/><parameter name="missing_activity" value="created"/>)xml" +
                         texts + R"xml(</rule>
  <rule id="lost" check="unconverted_lead" severity="low">
    <basis law="GDPR" article="5(1)(e)"/><basis law="ePrivacy" article="5(3)"/>
    <parameter name="after" value="P1Y"/>)xml" +
                         texts + R"xml(</rule>
  <purpose id="age" justifies="birth_date"><title lang="en">Age</title><title lang="de">Alter</title></purpose>
  <access principal="crm" reason="application"/>
  <access principal="reports" categories="job" reason="figures"/>
</policy>)xml";

/// A policy of this text below its titles, built on `base`.
std::string child_text(const std::string& body, const std::string& parent = "base.xml") {
    return "<policy name=\"child\" parent=\"" + parent +
           "\">\n<title lang=\"en\">C</title><title lang=\"de\">K</title>\n" + body + "</policy>";
}

Policy child(const std::string& body) {
    const TestFolder folder;
    folder.add("base.xml", base);
    return load(folder.add("child.xml", child_text(body)));
}

std::string message_of(const TestFolder& folder, const std::string& path) {
    try {
        load(path);
    } catch (const xml::DocumentError& error) {
        return std::regex_replace(std::string{error.what()}, std::regex{folder.path("")}, "");
    }
    return "nothing refused";
}

std::string refused(const std::string& body) {
    const TestFolder folder;
    folder.add("base.xml", base);
    return message_of(folder, folder.add("child.xml", child_text(body)));
}

TEST(InheritedPolicy, TakesOverWhatItDoesNotState) {
    const Policy policy = child("");
    EXPECT_EQ(policy.name, "child");
    EXPECT_EQ(policy.parents, std::vector<std::string>{"base"});
    EXPECT_EQ(in_language(policy.title, "de"), "K");
    ASSERT_EQ(policy.rules.size(), 2U);
    EXPECT_EQ(policy.find("old")->parameter("after"), "P3Y");
    EXPECT_EQ(policy.purposes.size(), 1U);
    EXPECT_EQ(policy.access.size(), 2U);
    EXPECT_EQ(policy.laws.size(), 2U);
}

TEST(InheritedPolicy, ChangesOnlyWhatARuleStates) {
    const Policy policy = child(R"xml(<rule id="old" severity="low"><parameter name="after" value="P2Y"/></rule>)xml");
    const Rule& rule = *policy.find("old");
    EXPECT_EQ(rule.check, "stale_person");
    EXPECT_EQ(rule.severity, Severity::low);
    EXPECT_EQ(rule.parameter("after"), "P2Y");
    EXPECT_EQ(rule.parameter("missing_activity"), "created");
    EXPECT_EQ(rule.basis, (std::vector<LegalBasis>{{"GDPR", "5(1)(e)"}}));
    EXPECT_EQ(in_language(rule.texts.why, "de"), "Y");
    EXPECT_EQ(policy.rules.front().id, "old") << "the order is the parent's";
    EXPECT_EQ(policy.find("lost")->severity, Severity::low);
}

TEST(InheritedPolicy, ReplacesTheWholeListOfBases) {
    const Policy policy = child(R"xml(<rule id="lost"><basis law="HGB" article="257"/><basis law="X"/></rule>)xml");
    EXPECT_EQ(policy.find("lost")->basis, (std::vector<LegalBasis>{{"HGB", "257"}, {"X", ""}}));
}

TEST(InheritedPolicy, ChangesSinglePartsOfTexts) {
    const Policy policy = child(R"xml(<rule id="old"><text lang="en"><why>because</why></text>
        <text lang="de"><why>deshalb</why></text></rule>)xml");
    const RuleTexts& changed = policy.find("old")->texts;
    EXPECT_EQ(in_language(changed.why, "en"), "because");
    EXPECT_EQ(in_language(changed.why, "de"), "deshalb");
    EXPECT_EQ(in_language(changed.remedy, "en"), "r");
}

TEST(InheritedPolicy, TakesRulesOutAndAddsNewOnes) {
    const Policy policy = child(R"xml(<without rule="lost"/>
        <rule id="new" check="stale_person" severity="low"><basis law="GDPR" article="17"/>
        <parameter name="after" value="P9Y"/>)xml" +
                                texts + "</rule>");
    ASSERT_EQ(policy.rules.size(), 2U);
    EXPECT_EQ(policy.rules[0].id, "old");
    EXPECT_EQ(policy.rules[1].id, "new");
}

TEST(InheritedPolicy, SaysOnWhichLawInheritedRulesRestInstead) {
    const Policy policy = child(R"xml(<instead of="GDPR"><basis law="UK GDPR"/></instead>
        <instead of="GDPR" article="17"><basis law="never"/></instead>
        <instead of="ePrivacy" article="5(3)"><basis law="A" article="1"/><basis law="UK GDPR" article="5(1)(e)"/></instead>
        <rule id="old"><basis law="GDPR" article="17"/></rule>)xml");
    EXPECT_EQ(policy.find("lost")->basis, (std::vector<LegalBasis>{{"UK GDPR", "5(1)(e)"}, {"A", "1"}}));
    EXPECT_EQ(policy.find("old")->basis, (std::vector<LegalBasis>{{"GDPR", "17"}})) << "its own word stands";
    EXPECT_EQ(refused(R"xml(<instead of="GDRP"><basis law="A"/></instead>)xml"),
              "child.xml:3: <instead>: no inherited rule rests on 'GDRP'; did you mean 'GDPR'?");
}

TEST(InheritedPolicy, ReplacesPurposesByIdAndAccessByPrincipal) {
    const Policy policy = child(R"xml(
        <purpose id="age" justifies="birth_date age"><title lang="en">A</title><title lang="de">A</title></purpose>
        <access principal="crm" categories="email" reason="less"/><access principal="crm" categories="job" reason="and"/>)xml");
    ASSERT_EQ(policy.purposes.size(), 1U);
    EXPECT_EQ(policy.purposes[0].justifies.size(), 2U);
    ASSERT_EQ(policy.access.size(), 3U);
    EXPECT_EQ(policy.access[0].principal, "reports");
    EXPECT_EQ(policy.access[1].reason, "less");
}

TEST(InheritedPolicy, ReplacesLawsByName) {
    const Policy policy = child(R"xml(<law name="ePrivacy" reference="new" checked="2026-01-31" verified="true"/>)xml");
    ASSERT_EQ(policy.laws.size(), 2U);
    EXPECT_EQ(policy.laws[1], (Law{"ePrivacy", "new", "2026-01-31", true, {}}));
}

TEST(InheritedPolicy, WantsToKnowWhatCouldNotBeVerified) {
    EXPECT_EQ(refused(R"xml(<law name="A" reference="r" verified="false"/>)xml"),
              "child.xml:3: <law> lacks <note lang=\"en\">; every text is needed in English and German");
    EXPECT_EQ(refused(R"xml(<law name="A" reference="r" verified="true"/>)xml"),
              "child.xml:3: law 'A' is verified: say with checked=\"…\" when");
    EXPECT_EQ(refused(R"xml(<law name="A" reference="r" checked="2026-02-30" verified="true"/>)xml"),
              "child.xml:3: 2026-02-30 is no day of the calendar");
}

TEST(InheritedPolicy, IsBuiltOnAShippedOneOrAFileFromItsOwnFolder) {
    const TestFolder folder;
    folder.add("shared/base.xml", base);
    EXPECT_EQ(load(folder.add("team/child.xml", child_text("", "../shared/base.xml"))).rules.size(), 2U);
    const Policy policy = load(folder.add("mine.xml", child_text("", "gdpr-de")));
    EXPECT_EQ(policy.parents, (std::vector<std::string>{"gdpr-de", "gdpr"}));
    EXPECT_EQ(policy.find("marketing_without_consent")->parameter("individual"), "counts");
}

TEST(InheritedPolicy, HasADigestOfTheWholeChain) {
    const TestFolder folder;
    folder.add("base.xml", base);
    const std::string path = folder.add("child.xml", child_text(""));
    const std::string before = load(path).digest;
    folder.add("base.xml", base + "\n");
    EXPECT_NE(load(path).digest, before);
    EXPECT_EQ(before.size(), 64U);
}

TEST(InheritedPolicy, RefusesCircles) {
    const TestFolder folder;
    const std::string a = folder.add("a.xml", child_text("", "b.xml"));
    folder.add("b.xml", child_text("", "./c.xml"));
    folder.add(
        "c.xml",
        child_text("", "../" + std::filesystem::path{folder.path("")}.parent_path().filename().string() + "/a.xml"));
    const std::string message = message_of(folder, a);
    EXPECT_NE(message.find("c.xml:1: policies are built on each other in a circle: a.xml → b.xml → c.xml → a.xml; take "
                           "out one parent=\"…\""),
              std::string::npos)
        << message;
    const std::string self = folder.add("self.xml", child_text("", "self.xml"));
    EXPECT_EQ(
        message_of(folder, self),
        "self.xml:1: policies are built on each other in a circle: self.xml → self.xml; take out one parent=\"…\"");
}

TEST(InheritedPolicy, RefusesParentsThatAreNotThere) {
    const TestFolder folder;
    EXPECT_EQ(message_of(folder, folder.add("child.xml", child_text("", "gdrp")))
                  .find("child.xml:1: parent=\"gdrp\": no "
                        "policy named 'gdrp'; did you mean "
                        "'gdpr'?"),
              0U);
    EXPECT_EQ(message_of(folder, folder.add("child.xml", child_text("", "lost.xml"))),
              "child.xml:1: parent=\"lost.xml\": cannot read policy file lost.xml: No such file or directory");
}

TEST(InheritedPolicy, RefusesToTakeOutWhatIsNotThere) {
    EXPECT_EQ(refused(R"xml(<without rule="oldd"/>)xml"),
              "child.xml:3: <without>: no rule 'oldd' is inherited; did you mean 'old'?");
    EXPECT_EQ(refused(R"xml(<without rule="old"/><rule id="old" severity="low"/>)xml"),
              "child.xml:3: rule 'old' is taken out by <without>");
}

TEST(InheritedPolicy, RefusesHalfARuleThatInheritsNothing) {
    EXPECT_EQ(refused(R"xml(<rule id="odl" severity="low"/>)xml"),
              "child.xml:3: rule 'odl' needs check=\"…\"; no rule of that id is inherited, did you mean 'old'?");
    EXPECT_EQ(refused(R"xml(<rule id="quite_different" check="stale_person"/>)xml"),
              "child.xml:3: rule 'quite_different' needs severity=\"…\"; no rule of that id is inherited");
    EXPECT_EQ(refused(R"xml(<rule id="quite_different" check="stale_person" severity="low"/>)xml"),
              "child.xml:3: rule 'quite_different' needs <basis law=\"…\"/>; no rule of that id is inherited");
}

TEST(InheritedPolicy, RefusesAnotherCheckForAnInheritedRule) {
    EXPECT_EQ(
        refused(R"xml(<rule id="old" check="unconverted_lead"/>)xml"),
        "child.xml:3: rule 'old' is inherited with check 'stale_person'; leave out check, or give the rule an id of "
        "its own");
}

TEST(InheritedPolicy, RefusesTextsThatChangeInOneLanguageOnly) {
    EXPECT_EQ(refused(R"xml(<rule id="old"><text lang="en"><why>because</why></text></rule>)xml"),
              "child.xml:3: <why> is stated in 'en' and not in 'de'; an inherited text changes in both");
    EXPECT_EQ(refused(R"xml(<rule id="old"><text lang="fr"><title>Vieux</title></text></rule>)xml"),
              "child.xml:3: the text in language 'fr' of rule 'old' lacks <what>");
}

TEST(InheritedPolicy, RefusesAPeriodThatCannotBe) {
    EXPECT_EQ(
        refused(R"xml(<rule id="old"><parameter name="after" value="3 years"/></rule>)xml"),
        "child.xml:3: parameter 'after': '3 years' is no period; write it as in P3Y (years), P1M (months) or P30D "
        "(days)");
}

TEST(InheritedPolicy, NamesTheFileOfAFaultInAParent) {
    const TestFolder folder;
    folder.add("base.xml", changed(base, "check=\"stale_person\"", "check=\"stale_persn\""));
    EXPECT_EQ(message_of(folder, folder.add("child.xml", child_text(""))),
              "base.xml:5: rule 'old': unknown check 'stale_persn'; did you mean 'stale_person'?");
}

std::set<std::string> laws_cited(const Policy& policy) {
    std::set<std::string> laws;
    for (const Rule& rule : policy.rules) {
        for (const LegalBasis& basis : rule.basis) laws.insert(basis.law);
    }
    return laws;
}

TEST(ShippedPolicies, DeclareEveryLawTheyRestOn) {
    for (const std::string& name : shipped_policy_names()) {
        const Policy policy = load(name);
        std::set<std::string> declared;
        for (const Law& law : policy.laws) declared.insert(law.name);
        for (const std::string& law : laws_cited(policy)) {
            EXPECT_TRUE(declared.contains(law))
                << name << " rests on " << law << ", which no <law> of it or its parents describes";
        }
    }
}

TEST(ShippedPolicies, RestOnTheLawOfTheirCountry) {
    using Laws = std::set<std::string>;
    EXPECT_EQ(laws_cited(load("gdpr")), (Laws{"GDPR", "ePrivacy"}));
    EXPECT_EQ(laws_cited(load("gdpr-de")), (Laws{"GDPR", "UWG", "TDDDG", "HGB", "AO"}));
    EXPECT_EQ(laws_cited(load("gdpr-fr")), (Laws{"GDPR", "LIL", "CPCE", "CNIL 2021-131", "CNIL 2026-042"}));
    EXPECT_EQ(laws_cited(load("uk-gdpr")), (Laws{"UK GDPR", "DPA 2018", "PECR"}));
    EXPECT_EQ(laws_cited(load("revdsg")), (Laws{"FADP", "DPO", "UCA", "TCA"}));
}

TEST(ShippedPolicies, NameNoForeignActInTheirTexts) {
    const auto foreign = [](const Policy& policy, const std::regex& act) {
        std::string found;
        for (const Rule& rule : policy.rules) {
            for (const Texts* part : {&rule.texts.title, &rule.texts.what, &rule.texts.why, &rule.texts.remedy,
                                      &rule.texts.false_positives}) {
                for (const auto& [language, text] : *part) {
                    if (std::regex_search(text, act)) found += rule.id + " (" + language + "): " + text + "\n";
                }
            }
        }
        return found;
    };
    EXPECT_EQ(foreign(load("gdpr"), std::regex{"UWG|TDDDG|PECR|CNIL|§"}), "");
    EXPECT_EQ(foreign(load("uk-gdpr"), std::regex{"(^|[^-])DSGVO|[^K] GDPR|UWG|TDDDG|ePrivacy"}), "");
    EXPECT_EQ(foreign(load("revdsg"), std::regex{"DSGVO|GDPR|TDDDG|ePrivacy|Article 9|Art\\. 9"}), "");
}

TEST(ShippedPolicies, KeepTheSeveritiesOfTheGdprInTheMemberStates) {
    const Policy gdpr = load("gdpr");
    for (const char* name : {"gdpr-de", "gdpr-fr", "uk-gdpr"}) {
        for (const Rule& rule : load(name).rules) {
            const Rule* same = gdpr.find(rule.id);
            if (same == nullptr) continue;
            EXPECT_EQ(rule.severity, same->severity) << name << " " << rule.id;
        }
    }
}

TEST(ShippedPolicies, SayWhatTheirCountriesDecide) {
    const Policy germany = load("gdpr-de");
    EXPECT_EQ(germany.find("marketing_without_consent")->parameter("individual"), "counts");
    EXPECT_EQ(germany.find("marketing_without_consent")->parameter("existing_customers"), "apart");
    EXPECT_EQ(germany.find("soft_opt_in_without_evidence")->basis.front(), (LegalBasis{"UWG", "7(3)"}));
    EXPECT_EQ(germany.find("expired_letters")->parameter("after"), "P7Y");
    const Policy france = load("gdpr-fr");
    EXPECT_EQ(france.find("stale_person")->parameter("activity"), "responded clicked");
    EXPECT_EQ(france.find("stale_person")->parameter("after"), "P3Y");
    EXPECT_EQ(load("revdsg").find("missing_legal_basis"), nullptr);
    EXPECT_EQ(load("revdsg").find("access_request_overdue")->parameter("within"), "P30D");
    EXPECT_EQ(load("gdpr").find("marketing_without_consent")->parameter("individual"), "");
}

}  // namespace
}  // namespace crmaudit::policies
