#include "tests/support/purge_crm.h"

#include <algorithm>
#include <stdexcept>

#include "reports/result_xml.h"

namespace crmaudit::live {
namespace {

using support::quoted;

constexpr const char* profile = R"(<profile name="purge" title="Purge CRM" versions="1">
  <signature table="person" columns="id kept_until"/>
  <entity name="person" kind="person" table="person" key="id">
    <live><one-of column="deleted" value="0"/></live>
    <attribute name="name" role="name" column="name"/>
    <attribute name="created" role="created" column="created"/>
    <attribute name="modified" role="modified" column="modified"/>
    <attribute name="deleted" role="deleted"><where><one-of column="deleted" value="1"/></where></attribute>
    <attribute name="deleted_at" role="deleted_at" column="modified"/>
    <attribute name="objected" role="marketing_refused"><where><one-of column="objected" value="1"/></where></attribute>
    <attribute name="held" role="hold"><where><one-of column="held" value="1"/></where></attribute>
    <path name="visits" purge="rows"><join table="visit"><on column="person_id" previous="id"/></join></path>
    <path name="addresses" purge="rows">
      <join table="person_address"><on column="person_id" previous="id"/></join>
      <join table="address"><on column="id" previous="address_id"/></join>
    </path>
    <attribute name="visited" role="activity" via="visits" aggregate="latest" column="made"/>
    <path name="deals"><join table="deal"><on column="person_id" previous="id"/></join></path>
    <attribute name="deal" role="relationship" via="deals" aggregate="any"><where><one-of column="state" value="open"/></where></attribute>
    <path name="invoices"><join table="invoice"><on column="person_id" previous="id"/></join></path>
    <attribute name="invoice" role="retention_duty" via="invoices" aggregate="any"/>
  </entity>
</profile>
)";

std::string program() { return CRMAUDIT_PROGRAM; }

support::ProcessOptions job() {
    support::ProcessOptions options;
    options.environment = support::bare_environment();
    return options;
}

std::string attribute_of(const std::string& connection, const std::string& key) {
    const auto start = connection.find(key + "=") + key.size() + 1;
    return connection.substr(start, connection.find(';', start) - start);
}

}  // namespace

PurgeCrm::PurgeCrm(Product product, int persons) : scratch(product), profile_("suitecrm") {
    support::write_text(place_.path() / "connection", scratch.connection());
    const std::string today = support::run("date +%F").output.substr(0, 10);
    const std::string dump = place_.path() / "demo.sql";
    support::run(std::string{CRMAUDIT_DEMO_CRM} + " " + to_string(product) + " " + std::to_string(persons) +
                 " --as-of " + today + " > " + quoted(dump));
    const auto ended = support::run(command(dump, Way::piped) + " 2>&1");
    if (ended.code != 0) throw std::runtime_error(ended.output.substr(0, 500));
}

PurgeCrm::PurgeCrm(Product product, const std::string& mapping, const std::vector<std::string>& statements)
    : scratch(product), profile_(place_.path() / "profile.xml") {
    support::write_text(profile_, mapping);
    support::write_text(place_.path() / "connection", scratch.connection());
    for (const std::string& statement : statements) sql(statement);
}

PurgeCrm::PurgeCrm(Product product, const std::string& shipped_profile, const std::vector<std::filesystem::path>& files)
    : scratch(product), profile_(shipped_profile) {
    support::write_text(place_.path() / "connection", scratch.connection());
    for (const std::filesystem::path& file : files) {
        // Dates that a CRM writes, such as 0000-00-00, are refused by strict servers.
        const std::string input = place_.path() / "input.sql";
        const bool is_mariadb = product == Product::mariadb;
        support::write_text(input, (is_mariadb ? "SET sql_mode = '';\n" : "") + support::read_text(file));
        const auto ended = support::run(command(input, Way::piped) + " 2>&1");
        if (ended.code != 0) throw std::runtime_error(ended.output.substr(0, 500));
    }
}

PurgeCrm::PurgeCrm(Product product) : PurgeCrm(product, profile, std::vector<std::string>{}) {
    const std::string moment = product == Product::mariadb ? "DATETIME NULL" : "TIMESTAMP NULL";
    sql("CREATE TABLE person (id VARCHAR(36) PRIMARY KEY, name VARCHAR(80), email VARCHAR(80), created " + moment +
        ", modified " + moment +
        ", deleted SMALLINT NOT NULL DEFAULT 0, held SMALLINT NOT NULL DEFAULT 0, objected SMALLINT NOT NULL DEFAULT "
        "0, kept_until " +
        moment + ")");
    sql("CREATE TABLE visit (id INTEGER PRIMARY KEY, person_id VARCHAR(36), made " + moment + ")");
    sql("CREATE TABLE address (id INTEGER PRIMARY KEY, mail VARCHAR(80))");
    sql("CREATE TABLE person_address (id INTEGER PRIMARY KEY, person_id VARCHAR(36) NOT NULL, address_id INTEGER NOT "
        "NULL, "
        "FOREIGN KEY (person_id) REFERENCES person (id), FOREIGN KEY (address_id) REFERENCES address (id))");
    sql("CREATE TABLE deal (id INTEGER PRIMARY KEY, person_id VARCHAR(36), state VARCHAR(10))");
    sql("CREATE TABLE invoice (id INTEGER PRIMARY KEY, person_id VARCHAR(36), total INTEGER)");
    sql("CREATE TABLE note (id INTEGER PRIMARY KEY, body VARCHAR(80))");
    const auto person = [&](const std::string& id, const std::string& more = "0, 0") {
        sql("INSERT INTO person (id, name, email, created, modified, deleted, held) VALUES ('" + id +
            "', 'Erika Muster', 'erika@example.org', '2010-02-03 10:00:00', '2010-02-03 10:00:00', " + more + ")");
    };
    int number = 0;
    const auto add = [&](const std::string& table, const std::string& id, const std::string& value) {
        sql("INSERT INTO " + table + " VALUES (" + std::to_string(++number) + ", '" + id + "', " + value + ")");
    };
    for (int i = 10; i < 35; ++i) {
        const std::string id = "stale''" + std::to_string(i);
        person(id);
        if (i % 2 == 0) add("visit", id, "'2012-05-06 10:00:00'");
        if (i % 5 == 0) add("deal", id, "'lost'");
    }
    for (int i = 10; i < 15; ++i) {
        const std::string tail = std::to_string(i);
        person("active" + tail);
        add("visit", "active" + tail, "'2012-05-06 10:00:00'");
        add("visit", "active" + tail,
            product == Product::postgresql ? "now() - interval '100 days'"
            : product == Product::mariadb  ? "now() - interval 100 day"
                                           : "datetime('now', '-100 days')");
        person("deal" + tail);
        add("deal", "deal" + tail, "'open'");
        person("invoice" + tail);
        add("invoice", "invoice" + tail, "100");
        person("hold" + tail, "0, 1");
        person("trash" + tail, "1, 0");
        person("trashhold" + tail, "1, 1");
        person("trashdeal" + tail, "1, 0");
        add("deal", "trashdeal" + tail, "'open'");
    }
    const auto shared = [&](int address, const std::vector<std::string>& ids) {
        sql("INSERT INTO address VALUES (" + std::to_string(address) + ", 'erika@example.org')");
        for (const std::string& id : ids) {
            sql("INSERT INTO person_address VALUES (" + std::to_string(++number) + ", '" + id + "', " +
                std::to_string(address) + ")");
        }
    };
    shared(1, {"stale''10", "active10"});
    shared(2, {"stale''11"});
    shared(3, {"stale''12", "stale''33"});  // of two batches, where they are small
    shared(4, {"deal11"});
    sql("INSERT INTO note VALUES (1, 'nothing to do with anybody')");
}

support::ProcessResult PurgeCrm::audit_with(const std::vector<std::string>& more, const std::string& only) {
    out_ = place_.path() / ("audit" + std::to_string(++number_));
    std::vector<std::string> arguments{"audit",
                                       "--connect-file",
                                       place_.path() / "connection",
                                       "--label",
                                       "crm",
                                       "--profile",
                                       profile_,
                                       "--only",
                                       only.empty() ? rules : only,
                                       "--out",
                                       out_,
                                       "--state",
                                       place_.path() / "state",
                                       "--content",
                                       "none",
                                       "--format",
                                       "xml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::Process{program(), arguments, job()}.wait();
}

std::string PurgeCrm::audit(const std::string& only) {
    const auto ended = audit_with({}, only);
    if (ended.code != 0 && ended.code != 2 && ended.code != 3) throw std::runtime_error(ended.err);
    return report();
}

support::ProcessResult PurgeCrm::purge(const std::vector<std::string>& more) { return purge(audit(), more); }

support::ProcessResult PurgeCrm::purge(const std::string& result, const std::vector<std::string>& more) {
    if (!product_.empty()) {
        AuditResult other = reports::read_result_xml(result, support::read_text(result));
        other.source.product = product_;
        support::write_text(result, reports::write_result_xml(other));
    }
    directory_ = "purge" + std::to_string(++number_);
    std::vector<std::string> arguments{"purge", result, "--out", place_.path() / directory_};
    if (std::find(more.begin(), more.end(), "--max-share") == more.end()) {
        arguments.insert(arguments.end(), {"--max-share", "60"});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::Process{program(), arguments, job()}.wait();
}

support::ProcessResult PurgeCrm::erase(const std::string& request, const std::vector<std::string>& more) {
    const std::string answer = "answer" + std::to_string(++number_);
    directory_ = answer + "/erase";
    support::write_text(place_.path() / "request", request);
    std::vector<std::string> arguments{"subject",
                                       "--connect-file",
                                       place_.path() / "connection",
                                       "--label",
                                       "crm",
                                       "--profile",
                                       profile_,
                                       "--erase",
                                       "--subject-file",
                                       place_.path() / "request",
                                       "--out",
                                       place_.path() / answer};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return support::Process{program(), arguments, job()}.wait();
}

std::string PurgeCrm::command(const std::string& path, Way way, const std::string& database) const {
    const std::string file = quoted(path);
    if (scratch.product() == Product::sqlite) {
        const std::string name = quoted(database.empty() ? attribute_of(scratch.connection(), "DATABASE") : database);
        if (way == Way::sourced) return "sqlite3 " + name + " " + quoted(".read '" + path + "'");
        return "sqlite3 " + name + " < " + file;
    }
    const std::string name = quoted(database.empty() ? scratch.name() : database);
    if (scratch.product() == Product::postgresql) {
        const std::string psql = "psql -X -q -A -t -F ' ' -d " + name;
        switch (way) {
            case Way::file: return psql + " -f " + file;
            case Way::one_transaction: return psql + " -1 -f " + file;
            case Way::sourced: return "printf '%s\\n' " + quoted("\\i " + path) + " | " + psql;
            default: return psql + " < " + file;
        }
    }
    const std::string mariadb =
        "mariadb --defaults-file=" + quoted(required("CRMAUDIT_TEST_MARIADB_DEFAULTS")) + " --skip-column-names ";
    switch (way) {
        case Way::forced: return mariadb + "--force " + name + " < " + file;
        case Way::sourced: return mariadb + name + " -e " + quoted("source " + path);
        default: return mariadb + name + " < " + file;
    }
}

support::CommandResult PurgeCrm::run(const std::string& file, Way way) {
    return support::run(command(script(file), way) + " 2>&1");
}

void PurgeCrm::replace(const std::string& name, const std::string& from, const std::string& to) {
    std::string content = text(name);
    if (content.find(from) == std::string::npos) throw std::runtime_error(name + " has no " + from);
    for (std::size_t at = 0; (at = content.find(from, at)) != std::string::npos; at += to.size()) {
        content.replace(at, from.size(), to);
    }
    support::write_text(script(name), content);
}

std::string PurgeCrm::rows(const std::string& query) {
    const std::string path = place_.path() / "query.sql";
    support::write_text(path, query + ";\n");
    return support::run(command(path, Way::piped)).output;
}

std::string PurgeCrm::persons() {
    std::string ids = rows("SELECT id FROM person ORDER BY id");
    std::replace(ids.begin(), ids.end(), '\n', ' ');
    return ids;
}

std::string PurgeCrm::others() {
    return rows(
        "SELECT * FROM deal ORDER BY id; SELECT * FROM invoice ORDER BY id; "
        "SELECT * FROM note ORDER BY id");
}

std::string PurgeCrm::children() {
    return rows(
        "SELECT person_id FROM visit ORDER BY id; SELECT person_id, address_id FROM person_address ORDER BY id; "
        "SELECT id FROM address ORDER BY id");
}

std::string PurgeCrm::found(const std::string& rule) {
    const std::string path = audit();
    const AuditResult result = reports::read_result_xml(path, support::read_text(path));
    std::string text;
    for (const RuleOutcome& each : result.outcomes) {
        if (each.rule == rule) text = to_string(each.status);
    }
    for (const Finding& each : result.findings) {
        if (each.rule == rule) text += " " + std::to_string(each.affected);
    }
    return text;
}

}  // namespace crmaudit::live
