// What `crmaudit purge` is given: what it must not write scripts from is refused with a reason, and no file is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "auditor/app/prepare.h"
#include "auditor/app/program.h"
#include "auditor/app/purge_scripts.h"
#include "reports/result_document.h"
#include "reports/result_xml.h"
#include "tests/support/live.h"
#include "tests/support/process.h"
#include "tests/support/surroundings.h"

namespace crmaudit::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

/// A stale person on SQLite whom a script can be written for.
AuditResult result() {
    AuditResult made;
    made.run.as_of = *parse_date("2026-06-15");
    made.run.label = "crm";
    made.run.language = "en";
    made.run.policy = "gdpr";
    made.run.policy_digest = load_policy("gdpr").digest;
    made.run.profile_digest = made.run.options_digest = made.source.structure_hash = std::string(64, '0');
    made.source.dialect = "sqlite";
    made.source.database = "crm.sqlite";
    Rule rule;
    rule.id = rule.check = "stale_person";
    rule.purge = PurgeAction::person;
    made.rules = {rule};
    made.outcomes = {{"stale_person", "stale_person", OutcomeStatus::found, {}, "", false, ""}};
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = {"", "person"};
    person.key = {"id"};
    person.attributes = {{"deal", ValueType::flag, Role::relationship,
                          OwnCondition{{OneOf{column("deal", ColumnKind::text), {"1"}}}}, false}};
    made.entities = {person};
    made.tables = {{{"", "person"}, {"id"}, {}, {}, {}, {{"id", "integer", false}}}};
    Finding finding;
    finding.rule = finding.check = "stale_person";
    finding.object.table = {"", "person"};
    finding.object.entity = "person";
    finding.persons = true;
    finding.affected = 100;
    finding.total = 900;
    finding.fingerprint = std::string(64, '1');
    finding.rows = RowSet{"person", {Before{column("made", ColumnKind::timestamp), made.run.as_of}}};
    made.findings = {finding};
    return made;
}

class PurgeCommand : public ::testing::Test {
protected:
    /// The exit code; what was said is in `said`.
    int purge(const std::string& xml, const std::vector<std::string>& more = {}) {
        const std::string path = place_.path() / "report.xml";
        support::write_text(path, xml);
        std::vector<std::string> arguments{"purge", path, "--out", directory()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        support::TestSurroundings surroundings;
        const int code = run_program(arguments, surroundings.value);
        said = surroundings.err.str();
        return code;
    }

    void expect_refused(const std::string& xml, const std::string& why, const std::vector<std::string>& more = {}) {
        EXPECT_EQ(purge(xml, more), 78) << why;
        EXPECT_THAT(said, HasSubstr(why));
        EXPECT_FALSE(fs::exists(directory())) << why;
    }

    fs::path directory() const { return place_.path() / "scripts"; }

    std::string file(const std::string& name, const std::string& text) const {
        const std::string path = place_.path() / name;
        support::write_text(path, text);
        return path;
    }

    std::vector<std::string> written() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(directory())) names.push_back(entry.path().filename());
        return names;
    }

    std::string said;

private:
    live::TemporaryDirectory place_;
};

std::string xml() { return reports::write_result_xml(result()); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

/// As if a program had written it so: the checksum is right.
std::string resealed(const std::string& text) {
    pugi::xml_document tree;
    EXPECT_TRUE(reports::parse(tree, text));
    pugi::xml_node root = tree.document_element();
    root.remove_attribute("checksum");
    const std::string checksum = reports::content_checksum(root);
    root.append_attribute("checksum").set_value(checksum.c_str());
    return reports::serialised(root);
}

TEST_F(PurgeCommand, WritesScriptsFromAWholeResult) {
    EXPECT_EQ(purge(xml()), 0) << said;
    EXPECT_EQ(said, "");
    EXPECT_THAT(written(),
                IsSupersetOf({"1-dry-run.sql", "2-purge.sql", "3-verify.sql", "README.en.txt", "README.de.txt"}));
}

TEST_F(PurgeCommand, RefusesADamagedResult) {
    expect_refused("", "report.xml:");
    expect_refused(xml().substr(0, xml().size() / 2), "report.xml:");
    expect_refused("not xml at all", "report.xml:");
    expect_refused(std::string("<result \0 broken", 16), "report.xml:");
    expect_refused(replaced(xml(), "<verdict", "<!-- x --><surprise/><verdict"), "damaged or edited");
    expect_refused(resealed(replaced(xml(), "<verdict", "<surprise/><verdict")), "surprise");
    expect_refused(resealed(replaced(xml(), "as-of=\"2026-06-15\"", "as-of=\"2026-02-30\"")), "2026-02-30");
}

TEST_F(PurgeCommand, RefusesAResultEditedByHand) {
    expect_refused(replaced(xml(), "affected=\"100\"", "affected=\"900\""), "the result was damaged or edited");
    expect_refused(replaced(xml(), "table=\"person\"", "table=\"customer\""), "the result was damaged or edited");
    expect_refused(replaced(xml(), "checksum=\"", "checksum=\"0"), "the result was damaged or edited");
}

TEST_F(PurgeCommand, RefusesAResultOfAnotherKindOrVersion) {
    expect_refused("<policy name=\"x\"/>", "no crmaudit result");
    expect_refused(replaced(xml(), "urn:crmaudit:result:1", "urn:example:result:1"), "no crmaudit result");
    expect_refused(replaced(xml(), "urn:crmaudit:result:1", "urn:crmaudit:result:2"), "urn:crmaudit:result:2");
    expect_refused(replaced(xml(), "schemaVersion=\"1.6\"", "schemaVersion=\"9.0\""), "schema version 9.0");
}

TEST_F(PurgeCommand, ReadsEveryEarlierVersionThatDiffersByOptionalParts) {
    for (const char* version : {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"}) {
        EXPECT_EQ(
            purge(resealed(replaced(xml(), "schemaVersion=\"1.6\"", "schemaVersion=\"" + std::string{version} + "\""))),
            0)
            << version << said;
        fs::remove_all(directory());
    }
}

TEST_F(PurgeCommand, RefusesDatabasesThatItHasNoClientFor) {
    AuditResult other = result();
    other.source.dialect = "generic";
    expect_refused(reports::write_result_xml(other), "no purge scripts can be written for generic databases");
}

TEST_F(PurgeCommand, RefusesAResultThatIsTooOld) {
    AuditResult old = result();
    old.run.as_of = *parse_date("2026-06-01");
    expect_refused(reports::write_result_xml(old), "scripts from it were valid until 2026-06-08; audit again");
    EXPECT_EQ(purge(reports::write_result_xml(old), {"--valid-days", "30"}), 0) << said;
}

TEST_F(PurgeCommand, RefusesWhenThePolicyHasChangedSince) {
    EXPECT_EQ(purge(xml(), {"--policy", "gdpr"}), 0) << said;
    fs::remove_all(directory());
    AuditResult changed = result();
    changed.run.policy_digest = std::string(64, 'a');
    const std::string old = reports::write_result_xml(changed);
    expect_refused(old, "the policy gdpr has changed since the audit", {"--policy", "gdpr"});
    EXPECT_THAT(said, HasSubstr("the result's is aaaaaaaaaaaa; audit again"));
    expect_refused(xml(), "the result rests on the policy gdpr, not on gdpr-de", {"--policy", "gdpr-de"});
    expect_refused(xml(), "nothing-like-it", {"--policy", "nothing-like-it.xml"});
    EXPECT_EQ(purge(old), 0) << said;
    EXPECT_THAT(support::read_text(directory() / "README.en.txt"), HasSubstr("digest aaaaaaaa"));
    EXPECT_THAT(support::read_text(directory() / "README.de.txt"), HasSubstr("Prüfsumme aaaaaaaa"));
}

TEST_F(PurgeCommand, ComparesThePolicyOfTheConfiguration) {
    const std::string named = file("named.conf", "policy = gdpr-de\nlabel = crm\nout = reports\nbatch = 7\n");
    expect_refused(xml(), "not on gdpr-de", {"--config", named});
    const std::string silent = file("silent.conf", "label = crm\nout = reports\nbatch = 7\n");
    EXPECT_EQ(purge(xml(), {"--config", silent}), 0) << said;
    EXPECT_THAT(support::read_text(directory() / "2-purge.sql"), HasSubstr("min(o.n + 7,"));
    fs::remove_all(directory());
    AuditResult changed = result();
    changed.run.policy_digest = std::string(64, 'a');
    expect_refused(reports::write_result_xml(changed), "has changed since the audit", {"--config", silent});
}

TEST_F(PurgeCommand, NeverMixesTwoPurges) {
    fs::create_directory(directory());
    EXPECT_EQ(purge(xml()), 0) << said;
    const auto before = written();
    EXPECT_EQ(purge(xml()), 73);
    EXPECT_THAT(said, HasSubstr("is not empty or no directory; give a new one to --out"));
    EXPECT_EQ(written(), before);
}

TEST_F(PurgeCommand, LeavesNothingWhenAFileCannotBeWritten) {
    fs::create_directories(directory() / "README.de.txt" / "in the way");
    std::ostringstream err;
    const reports::purge::Limits limits{.valid_until = *parse_date("2026-06-22")};
    EXPECT_THROW(write_purge_scripts(result(), "", limits, directory(), "en", err), Failure);
    EXPECT_THAT(written(), UnorderedElementsAre("README.de.txt"));
}

TEST_F(PurgeCommand, RefusesLimitsThatCannotBe) {
    for (const char* option : {"--batch", "--tolerance", "--max-share", "--valid-days", "--pause"}) {
        EXPECT_EQ(purge(xml(), {option, "-1"}), 64) << option;
        EXPECT_THAT(said, HasSubstr("must be a whole number")) << option;
        EXPECT_FALSE(fs::exists(directory()));
    }
}

/// A file whose name sqlcmd would read as one of its variables.
TEST_F(PurgeCommand, RefusesANameOfTheKeyFileThatTheClientWouldReplace) {
    AuditResult made = result();
    made.source.dialect = "mssql";
    const std::string xml = reports::write_result_xml(made);
    EXPECT_EQ(purge(xml, {"--suppression-key", "$(HOME)/key"}), 64);
    EXPECT_THAT(said, HasSubstr("--suppression-key: the client of this database would put something else in place"));
    EXPECT_FALSE(fs::exists(directory()));
    EXPECT_EQ(purge(xml, {"--suppression-key", "/keys/$HOME(1)"}), 0) << said;
}

}  // namespace
}  // namespace crmaudit::app
