// The scripts that take rights away, run by each database's own client: afterwards the findings are gone and everybody
// can do what the script said; after the undo the lists of grants are as they were.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "reports/result_xml.h"
#include "tests/support/audited.h"
#include "tests/support/command.h"

namespace crmaudit::live {
namespace {

using support::quoted;

constexpr const char* rules =
    "public_grant,broad_grant,write_privilege,export_privilege,grant_option,indirect_access,default_privilege";

/// Grants of every kind a statement can take, to names that would end a careless one.
class Grants {
public:
    explicit Grants(Scratch& scratch) : scratch_(scratch) {
        run("CREATE TABLE persons (id INTEGER PRIMARY KEY, last_name VARCHAR(50), email VARCHAR(100), birthdate DATE)");
        run("CREATE TABLE " + quote("odd \"`' $( table") + " (id INTEGER PRIMARY KEY, email VARCHAR(100), " +
            quote("e-mail \"`'") + " VARCHAR(100))");
        run("CREATE VIEW mails AS SELECT id, email FROM persons");
        for (const char* each : {"plain", "odd \"`' --", "giver", "taker", "last", "writer", "view", "member", "file"})
            create(each);
        for (const char* each : {"group", "group of \"`'"}) {
            roles_.push_back(role(each));
            run("CREATE ROLE " + quote(role(each)));
        }
        run("GRANT SELECT, UPDATE ON persons TO " + quote(role("group")));
        run("GRANT " + quote(role("group")) + " TO " + account("member"));
        run("GRANT SELECT ON persons TO " + account("odd \"`' --"));
        run("GRANT SELECT (" + quote("e-mail \"`'") + ", email) ON " + quote("odd \"`' $( table") + " TO " +
            account("odd \"`' --"));
        run("GRANT SELECT, INSERT ON persons TO " + account("giver") + " WITH GRANT OPTION");
        run("GRANT DELETE, SELECT ON persons TO " + account("writer"));
        run("GRANT SELECT ON mails TO " + account("view"));
        run("GRANT SELECT ON " + quote("odd \"`' $( table") + " TO PUBLIC");
        run("GRANT SELECT ON persons TO " + quote(role("group of \"`'")));
        run("GRANT " + quote(role("group of \"`'")) + " TO " + account("plain") + " WITH ADMIN OPTION");
        if (is_postgresql()) {
            run("GRANT USAGE ON SCHEMA public TO " + account("giver"));
            as("giver", "GRANT SELECT ON persons TO " + account("taker") + " WITH GRANT OPTION");
            as("giver", "GRANT INSERT (email), SELECT (email) ON persons TO " + account("last"));
            as("taker", "GRANT SELECT ON persons TO " + account("last"));
            run("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO " + account("taker"));
            run("GRANT pg_read_server_files TO " + account("file"));
            run("GRANT pg_read_all_data TO " + account("plain"));
            run("CREATE FUNCTION born(integer) RETURNS date SECURITY DEFINER LANGUAGE sql AS "
                "'SELECT birthdate FROM persons WHERE id = $1'");
            run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO auditor");
        } else {
            run("GRANT FILE ON *.* TO " + account("file"));
            run("GRANT SELECT, UPDATE ON `" + scratch_.name() + "`.* TO " + account("taker") + " WITH GRANT OPTION");
            run("GRANT SELECT ON `" + pattern() + "`.* TO " + account("last"));
            run("GRANT SELECT, SHOW VIEW ON `" + scratch_.name() + "`.* TO " + scratch_.auditor());
        }
    }
    Grants(const Grants&) = delete;
    Grants& operator=(const Grants&) = delete;
    ~Grants() {
        if (is_postgresql()) {
            run("DROP TABLE persons, " + quote("odd \"`' $( table") + " CASCADE");
            for (const auto& each : accounts_) run("DROP OWNED BY " + each.second);
            for (const auto& each : roles_) run("DROP OWNED BY " + quote(each));
        } else {
            run("REVOKE SELECT ON " + quote("odd \"`' $( table") + " FROM PUBLIC");
        }
        for (const auto& each : accounts_) run((is_postgresql() ? "DROP ROLE " : "DROP USER ") + each.second);
        for (const auto& each : roles_) run("DROP ROLE " + quote(each));
    }

    /// The names of this database's own accounts and roles, as a report has them.
    bool is_ours(const std::string& name) const {
        return name == "PUBLIC" || name.find(scratch_.name()) != std::string::npos;
    }

    /// Every list of grants as one text.
    std::string lists() {
        if (is_postgresql()) {
            return *scratch_.admin().value(R"sql(
SELECT string_agg(line, E'\n' ORDER BY line COLLATE "C") FROM (
  SELECT c.relname || ' ' || x.grantor::regrole || '>' || CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END
         || ' ' || x.privilege_type || ' ' || x.is_grantable AS line
  FROM pg_class c CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
  UNION ALL
  SELECT a.attrelid::regclass || '.' || a.attname || ' ' || x.grantor::regrole || '>' || x.grantee::regrole || ' '
         || x.privilege_type || ' ' || x.is_grantable
  FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) x WHERE a.attrelid::regclass::text NOT LIKE 'pg_%'
  UNION ALL
  SELECT p.proname || ' ' || x.grantor::regrole || '>' || CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END
         || ' ' || x.privilege_type || ' ' || x.is_grantable
  FROM pg_proc p CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
  WHERE p.pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'future ' || d.defaclrole::regrole || ' ' || x.grantee::regrole || ' ' || x.privilege_type || ' ' || x.is_grantable
  FROM pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) x
  UNION ALL
  SELECT m.roleid::regrole || '>' || m.member::regrole || ' ' || m.admin_option || ' ' || m.grantor::regrole
  FROM pg_auth_members m WHERE m.member::regrole::text LIKE '%)sql" +
                                           scratch_.name() + R"sql(%') l)sql");
        }
        return *scratch_.admin().value(R"sql(
SELECT GROUP_CONCAT(line ORDER BY line SEPARATOR '\n') FROM (
  SELECT CONCAT_WS(' ', user, host, select_priv, insert_priv, update_priv, delete_priv, grant_priv, file_priv, default_role)
         AS line FROM mysql.user WHERE user LIKE '%)sql" +
                                       scratch_.name() + R"sql(%'
  UNION ALL SELECT CONCAT_WS(' ', user, host, db, select_priv, insert_priv, update_priv, delete_priv, grant_priv)
  FROM mysql.db WHERE user LIKE '%)sql" +
                                       scratch_.name() + R"sql(%'
  UNION ALL SELECT CONCAT_WS(' ', user, host, table_name, table_priv, column_priv) FROM mysql.tables_priv WHERE db = DATABASE()
  UNION ALL SELECT CONCAT_WS(' ', user, host, table_name, column_name, column_priv) FROM mysql.columns_priv WHERE db = DATABASE()
  UNION ALL SELECT CONCAT_WS(' ', user, host, role, admin_option) FROM mysql.roles_mapping WHERE role LIKE '%)sql" +
                                       scratch_.name() + "%') l");
    }

    bool is_postgresql() const { return scratch_.product() == Product::postgresql; }

private:
    std::string quote(const std::string& name) const {
        const char mark = is_postgresql() ? '"' : '`';
        std::string text(1, mark);
        for (const char c : name) text += c == mark ? std::string(2, mark) : std::string(1, c);
        return text + mark;
    }
    std::string role(const std::string& name) const { return name + "_" + scratch_.name(); }
    std::string account(const std::string& name) const { return accounts_.at(name); }
    /// A pattern that fits the database: its name with a wildcard at its word and one that is one.
    std::string pattern() const {
        std::string text;
        for (const char c : scratch_.name()) text += c == '_' ? std::string{"\\_"} : std::string(1, c);
        text.back() = '_';
        return text;
    }
    void create(const std::string& name) {
        accounts_[name] = is_postgresql() ? quote(role(name)) : quote(role(name)) + "@`%`";
        run((is_postgresql() ? "CREATE ROLE " : "CREATE USER ") + accounts_[name] + (is_postgresql() ? " LOGIN" : ""));
    }
    void as(const std::string& name, const std::string& statement) {
        run("SET ROLE " + account(name));
        run(statement);
        run("RESET ROLE");
    }
    void run(const std::string& statement) { scratch_.admin().run(statement); }

    Scratch& scratch_;
    std::map<std::string, std::string> accounts_;
    std::vector<std::string> roles_;
};

/// What everybody in the matrix can do: "principal category right".
std::set<std::string> rights_in(const AuditResult& result, const Grants& grants) {
    std::set<std::string> found;
    for (const AccessRow& row : result.access_matrix->rows) {
        for (const AccessHolder& holder : row.holders) {
            if (!grants.is_ours(holder.name)) continue;
            for (const AccessCell& cell : row.cells) {
                found.insert(holder.name + ' ' + std::string{to_string(cell.category)} + ' ' +
                             std::string{to_string(cell.right)});
            }
        }
    }
    return found;
}

class Revoke : public ::testing::TestWithParam<Product> {
protected:
    AuditResult audit() {
        const auto ended = support::run_crmaudit(
            audited_.arguments_without_crm(rules, {"--format", "xml", "--accept", "source until 2099-01-01: test"}),
            audited_.job());
        EXPECT_TRUE(ended.code == 0 || ended.code == 2) << ended.err;
        const std::string xml = support::read_text(report());
        const auto valid =
            support::run("xmllint --noout --schema " + quoted(CRMAUDIT_SOURCE_DIR "/reports/result.xsd") + ' ' +
                         quoted(report()) + " 2>&1");
        EXPECT_EQ(valid.code, 0) << valid.output;
        return reports::read_result_xml("report.xml", xml);
    }
    std::string report() const { return audited_.out() / "latest" / "report.xml"; }

    /// From a result without the accounts of other tests, which run on the same server.
    void write_scripts(AuditResult result, const Grants& grants) {
        std::erase_if(result.remedies.revocations, [&](const Revocation& each) {
            return !each.grant.holder.name.empty() && !grants.is_ours(each.grant.holder.name);
        });
        const std::string ours = audited_.path("ours.xml");
        support::write_text(ours, reports::write_result_xml(result));
        const auto ended = support::run_crmaudit(
            {"purge", ours, "--out", audited_.path("scripts"), "--valid-days", "366"}, audited_.job());
        ASSERT_EQ(ended.code, 0) << ended.err;
    }

    support::CommandResult run_script(const std::string& name, const std::string& database) const {
        const std::string file = quoted(audited_.path("scripts") / name);
        if (GetParam() == Product::postgresql)
            return support::run("psql -X -q -d " + database + " -f " + file + " 2>&1");
        return support::run("mariadb --defaults-file=" + quoted(required("CRMAUDIT_TEST_MARIADB_DEFAULTS")) + ' ' +
                            database + " < " + file + " 2>&1");
    }

    /// What is found about this database's own.
    static std::multiset<std::string> found(const AuditResult& result, const Grants& grants) {
        std::multiset<std::string> names;
        for (const Finding& finding : result.findings) {
            if (grants.is_ours(finding.object.principal)) names.insert(finding.rule + ' ' + finding.object.principal);
        }
        return names;
    }

    Audited audited_{GetParam()};
};

TEST_P(Revoke, TakesWhatItSaysAndGivesAllOfItBack) {
    Grants grants{audited_.scratch};
    audited_.connect_with(audited_.scratch.auditor_connection());
    const std::string lists_before = grants.lists();
    const AuditResult before = audit();
    const auto found_before = found(before, grants);
    for (const char* rule :
         {"broad_grant", "write_privilege", "export_privilege", "grant_option", "indirect_access", "public_grant"}) {
        EXPECT_TRUE(std::any_of(found_before.begin(), found_before.end(), [&](const std::string& each) {
            return each.starts_with(rule);
        })) << rule;
    }
    write_scripts(before, grants);
    for (const Unmended& each : before.remedies.unmended) EXPECT_FALSE(grants.is_ours(each.principal)) << each.rule;

    // In another database nothing happens.
    const auto elsewhere = run_script("revoke.sql", GetParam() == Product::postgresql ? "postgres" : "mysql");
    EXPECT_NE(elsewhere.code, 0) << elsewhere.output;
    EXPECT_EQ(grants.lists(), lists_before);

    const auto revoked = run_script("revoke.sql", audited_.scratch.name());
    ASSERT_EQ(revoked.code, 0) << revoked.output;
    EXPECT_EQ(revoked.output.find("WARNING"), std::string::npos) << revoked.output;
    const AuditResult after = audit();
    EXPECT_EQ(found(after, grants), std::multiset<std::string>{});

    std::set<std::string> expected = rights_in(before, grants);
    for (const Revocation& each : before.remedies.revocations) {
        for (const LostRight& lost : each.lost) {
            expected.erase(lost.principal + ' ' + std::string{to_string(lost.category)} + ' ' +
                           std::string{to_string(lost.right)});
        }
    }
    EXPECT_EQ(rights_in(after, grants), expected);
    EXPECT_LT(expected.size(), rights_in(before, grants).size());

    const auto undone = run_script("revoke-undo.sql", audited_.scratch.name());
    ASSERT_EQ(undone.code, 0) << undone.output;
    EXPECT_EQ(grants.lists(), lists_before);
    EXPECT_EQ(rights_in(audit(), grants), rights_in(before, grants));
}

TEST_P(Revoke, IsOverAfterItsLastDay) {
    Grants grants{audited_.scratch};
    audited_.connect_with(audited_.scratch.auditor_connection());
    const std::string lists_before = grants.lists();
    write_scripts(audit(), grants);
    const std::string file = audited_.path("scripts") / "revoke.sql";
    std::string text = support::read_text(file);
    const std::string day = "2027-06-16";
    ASSERT_NE(text.find(day), std::string::npos);
    for (std::size_t at = text.find(day); at != std::string::npos; at = text.find(day)) {
        text.replace(at, day.size(), "2020-01-01");
    }
    std::ofstream(file) << text;
    EXPECT_NE(run_script("revoke.sql", audited_.scratch.name()).code, 0);
    EXPECT_EQ(grants.lists(), lists_before);
}

class RevokeOnPostgresql : public Revoke {};

TEST_P(RevokeOnPostgresql, LeavesAFunctionAloneThatHasANamesake) {
    Grants grants{audited_.scratch};
    auto& admin = audited_.scratch.admin();
    admin.run(
        "CREATE FUNCTION mail(integer) RETURNS text SECURITY DEFINER LANGUAGE sql AS 'SELECT email FROM persons WHERE "
        "id = $1'");
    admin.run("CREATE FUNCTION mail(text) RETURNS text LANGUAGE sql AS 'SELECT $1'");
    audited_.connect_with(audited_.scratch.auditor_connection());
    const AuditResult result = audit();
    const auto& revocations = result.remedies.revocations;
    EXPECT_TRUE(std::none_of(revocations.begin(), revocations.end(),
                             [](const Revocation& each) { return each.grant.name == "mail"; }));
    const auto& unmended = result.remedies.unmended;
    EXPECT_TRUE(
        std::any_of(unmended.begin(), unmended.end(), [](const Unmended& each) { return each.reason == "no_name"; }));
    write_scripts(result, grants);
    const auto revoked = run_script("revoke.sql", audited_.scratch.name());
    EXPECT_EQ(revoked.code, 0) << revoked.output;
}

INSTANTIATE_TEST_SUITE_P(Each, RevokeOnPostgresql, ::testing::Values(Product::postgresql),
                         [](const auto& product) { return to_string(product.param); });
INSTANTIATE_TEST_SUITE_P(Each, Revoke, ::testing::Values(Product::postgresql, Product::mariadb),
                         [](const auto& product) { return to_string(product.param); });

}  // namespace
}  // namespace crmaudit::live
