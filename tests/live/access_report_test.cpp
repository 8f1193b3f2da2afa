// Who can do what, from a server's catalogs to the report of the real program, read with the account of scripts/grants.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "reports/result_xml.h"
#include "tests/support/audited.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

constexpr const char* rules =
    "public_grant,broad_grant,write_privilege,export_privilege,grant_option,indirect_access,administrative_account,"
    "default_privilege,row_security_bypass,unused_permission,new_principal,dormant_account,data_outflow,"
    "exposed_database_file";

/// People with rights of every kind on a table of persons; their names belong to this database alone.
class Staff {
public:
    explicit Staff(Audited& audited) : scratch_(audited.scratch) {
        run("CREATE TABLE persons (id INTEGER PRIMARY KEY, last_name VARCHAR(50), email VARCHAR(100), birthdate DATE)");
        run("CREATE TABLE letters (id INTEGER PRIMARY KEY, email VARCHAR(100))");
        run("CREATE VIEW mails AS SELECT id, email FROM persons");
        run("CREATE ROLE " + role("sales"));
        for (const char* person : {"anna", "bert", "clara", "dora", "erik", "maker"}) create(person);
        run("GRANT SELECT, UPDATE ON persons TO " + role("sales"));
        run("GRANT " + role("sales") + " TO " + name("anna"));
        run("GRANT SELECT ON mails TO " + name("clara"));
        run("GRANT SELECT ON letters TO PUBLIC");
        run("GRANT SELECT ON persons TO " + name("bert"));
        run("GRANT SELECT ON persons TO " + name("erik") + " WITH GRANT OPTION");
        if (is_postgresql()) {
            run("GRANT pg_write_server_files TO " + name("dora"));
            run("ALTER ROLE " + name("maker") + " CREATEROLE");
            run("ALTER ROLE " + name("bert") + " VALID UNTIL '2020-01-01'");
            run("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO " + name("erik"));
            run("CREATE PUBLICATION figures FOR TABLE persons");
            run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO auditor");
        } else {
            run("SET DEFAULT ROLE " + role("sales") + " FOR " + name("anna"));
            run("GRANT FILE ON *.* TO " + name("dora"));
            run("GRANT CREATE USER ON *.* TO " + name("maker"));
            run("GRANT REPLICATION SLAVE ON *.* TO " + name("bert"));
            run("GRANT SELECT, SHOW VIEW ON " + scratch_.name() + ".* TO " + scratch_.auditor());
        }
    }
    Staff(const Staff&) = delete;
    Staff& operator=(const Staff&) = delete;
    ~Staff() {
        if (is_postgresql()) {
            run("DROP PUBLICATION figures");
            for (const auto& each : people_) run("DROP OWNED BY " + each);
            run("DROP OWNED BY " + role("sales"));
        } else {
            run("REVOKE SELECT ON letters FROM PUBLIC");
        }
        for (const auto& each : people_) run((is_postgresql() ? "DROP ROLE " : "DROP USER ") + each);
        run("DROP ROLE " + role("sales"));
    }

    bool is_postgresql() const { return scratch_.product() == Product::postgresql; }
    std::string role(const std::string& name) const { return name + "_" + scratch_.name(); }
    /// As statements name an account.
    std::string name(const std::string& person) const {
        return is_postgresql() ? role(person) : "'" + role(person) + "'@'%'";
    }
    /// Whom of them a list names: other tests make accounts on the same server meanwhile.
    std::set<std::string> among(const std::set<std::string>& names) const {
        std::set<std::string> found;
        for (const auto& each : people_) {
            if (names.contains(each)) found.insert(each);
        }
        return found;
    }
    void create(const std::string& person) {
        people_.push_back(name(person));
        run(is_postgresql() ? "CREATE ROLE " + name(person) + " LOGIN" : "CREATE USER " + name(person));
    }
    void run(const std::string& statement) { scratch_.admin().run(statement); }

private:
    Scratch& scratch_;
    std::vector<std::string> people_;
};

class AccessReport : public ::testing::TestWithParam<Product> {
protected:
    AuditResult audit(int code = 2, const std::vector<std::string>& more = {}) {
        auto arguments = audited_.arguments_without_crm(
            rules, {"--format", "xml,html", "--accept", "source until 2099-01-01: test"});
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto ended = support::run_crmaudit(arguments, audited_.job());
        EXPECT_EQ(ended.code, code) << ended.err;
        return reports::read_result_xml("report.xml", support::read_text(report()));
    }
    std::string report() const { return audited_.out() / "latest" / "report.xml"; }

    /// Who of this database's staff is accused by a rule.
    static std::set<std::string> accused(const AuditResult& result, const std::string& rule) {
        std::set<std::string> names;
        for (const Finding& finding : result.findings) {
            if (finding.rule == rule) names.insert(finding.object.principal);
        }
        return names;
    }
    static const AccessRow* row_of(const AuditResult& result, const std::string& name) {
        for (const AccessRow& row : result.access_matrix->rows) {
            for (const AccessHolder& holder : row.holders) {
                if (holder.name == name) return &row;
            }
        }
        return nullptr;
    }
    static std::set<std::string> paths(const AuditResult& result, const std::string& name, Category category,
                                       AccessRight right) {
        std::set<std::string> words;
        const AccessRow* row = row_of(result, name);
        const AccessCell* cell = row == nullptr ? nullptr : find(*row, category, right);
        if (cell == nullptr) return words;
        for (const AccessWay& way : cell->ways) words.insert(way.path);
        return words;
    }

    Audited audited_{GetParam()};
};

TEST_P(AccessReport, SaysWhoSeesBirthDatesOnWhichWayAndWhatIsWrongWithIt) {
    using Words = std::set<std::string>;
    Staff staff{audited_};
    audited_.connect_with(audited_.scratch.auditor_connection());
    const AuditResult result = audit();
    ASSERT_TRUE(result.access_matrix.has_value());
    for (const RuleOutcome& outcome : result.outcomes) {
        if (outcome.accepted_reason == "left_out") continue;
        // Two of the rules also ask about the users and ways out of a CRM, and no profile tells of one here.
        const bool asks_the_crm = outcome.rule == "dormant_account" || outcome.rule == "data_outflow";
        for (const Gap& gap : outcome.gaps) {
            EXPECT_TRUE(asks_the_crm && gap.reason == "no_profile")
                << outcome.rule << ": " << gap.object << ": " << gap.reason;
        }
    }
    const auto born = Category::birth_date;
    const Words by_role = staff.is_postgresql() ? Words{"inherited_role"} : Words{"default_role"};
    EXPECT_EQ(paths(result, staff.name("anna"), born, AccessRight::read), by_role);
    EXPECT_EQ(paths(result, staff.name("anna"), born, AccessRight::change), by_role);
    EXPECT_EQ(paths(result, staff.name("anna"), born, AccessRight::remove), Words{});
    EXPECT_EQ(paths(result, staff.name("bert"), born, AccessRight::read), Words{"direct_grant"});
    EXPECT_EQ(paths(result, staff.name("clara"), born, AccessRight::read), Words{});
    EXPECT_THAT(paths(result, staff.name("clara"), Category::email, AccessRight::read),
                IsSupersetOf({"owner_view", "everybody"}));
    EXPECT_EQ(paths(result, staff.name("dora"), Category::email, AccessRight::take_out), Words{"everybody"});

    EXPECT_THAT(accused(result, "public_grant"), IsSupersetOf({std::string{"PUBLIC"}}));
    EXPECT_TRUE(accused(result, "write_privilege").contains(staff.role("sales")));
    EXPECT_FALSE(accused(result, "write_privilege").contains(staff.name("anna"))) << "the role is told of";
    EXPECT_FALSE(accused(result, "write_privilege").contains(staff.name("bert")));
    EXPECT_TRUE(accused(result, "export_privilege").contains(staff.name("dora")));
    EXPECT_EQ(accused(result, "grant_option").count(staff.name("erik")), 1U);
    EXPECT_EQ(accused(result, "indirect_access").count(staff.name("clara")), 1U);
    EXPECT_TRUE(accused(result, "administrative_account").contains(staff.name("maker")));
    if (staff.is_postgresql()) {
        EXPECT_EQ(staff.among(accused(result, "default_privilege")), Words{staff.name("erik")});
        EXPECT_EQ(staff.among(accused(result, "dormant_account")), Words{staff.name("bert")});
    } else {
        EXPECT_TRUE(accused(result, "data_outflow").contains(staff.name("bert")));
    }
    EXPECT_EQ(accused(result, "data_outflow").empty(), false);
    EXPECT_THAT(support::read_text(audited_.out() / "latest" / "report.html"), HasSubstr("id=\"access\""));
}

TEST_P(AccessReport, TellsOfAnAccountThatWasNotThereBefore) {
    Staff staff{audited_};
    audited_.connect_with(audited_.scratch.auditor_connection());
    audit();
    const std::string before = audited_.path("before.xml");
    support::write_text(before, support::read_text(report()));
    staff.create("fritz");
    staff.run("GRANT SELECT ON persons TO " + staff.name("fritz"));
    const AuditResult result = audit(2, {"--baseline", before});
    EXPECT_EQ(staff.among(accused(result, "new_principal")), std::set<std::string>{staff.name("fritz")});
}

const auto product_name = [](const auto& instance) { return to_string(instance.param); };
INSTANTIATE_TEST_SUITE_P(On, AccessReport, ::testing::Values(Product::postgresql, Product::mariadb), product_name);

class FilesOfSqlite : public AccessReport {};

TEST_P(FilesOfSqlite, AreJudgedAndPermissionsAreNot) {
    AuditResult result = audit(0);
    EXPECT_FALSE(result.access_matrix.has_value());
    std::map<std::string, OutcomeStatus> outcomes;
    for (const RuleOutcome& outcome : result.outcomes) outcomes[outcome.rule] = outcome.status;
    EXPECT_EQ(outcomes["write_privilege"], OutcomeStatus::not_applicable);
    EXPECT_EQ(outcomes["exposed_database_file"], OutcomeStatus::clean);
    const std::string connection = audited_.scratch.connection();
    const std::filesystem::path file = connection.substr(connection.rfind('=') + 1);
    support::write_text(file.string() + ".bak", "copy");
    result = audit();
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].rule, "exposed_database_file");
    EXPECT_EQ(result.findings[0].object.part, file.filename().string() + ".bak");
}

INSTANTIATE_TEST_SUITE_P(On, FilesOfSqlite, ::testing::Values(Product::sqlite), product_name);

}  // namespace
}  // namespace crmaudit::live
