#include "tests/support/subject_crm.h"

#include <algorithm>

#include "tests/support/command.h"

namespace crmaudit::live {
namespace {

constexpr const char* profile = R"(<profile name="subject" title="Subject CRM" versions="1">
  <signature table="person" columns="id chief"/>
  <entity name="person" kind="person" table="person" key="id">
    <live><one-of column="deleted" value="0"/></live>
    <attribute name="first" role="name" column="first_name"/>
    <attribute name="last" role="name" column="last_name"/>
    <attribute name="born" role="birth_date" column="birth_date"/>
    <path name="addresses">
      <join table="person_address"><on column="person_id" previous="id"/></join>
      <join table="email_address"><on column="id" previous="address_id"/></join>
    </path>
    <attribute name="address" role="email" type="text" via="addresses" aggregate="first" column="email"/>
    <path name="visits"><join table="visit"><on column="person_id" previous="id"/></join></path>
    <attribute name="visited" role="activity" via="visits" aggregate="latest" column="made"/>
    <path name="company_deals">
      <join table="person_company"><on column="person_id" previous="id"/></join>
      <join table="deal"><on column="company_id" previous="company_id"/></join>
    </path>
  </entity>
  <entity name="mail" kind="message" table="mail_text" key="mail_id">
    <path name="mail"><join table="mail"><on column="id" previous="mail_id"/></join></path>
    <attribute name="text" role="body" column="body"/>
  </entity>
</profile>
)";

}  // namespace

std::string SubjectCrm::own(const std::string& kind) {
    own_words_.push_back("own" + std::to_string(own_words_.size() + 100) + kind);
    return own_words_.back();
}

SubjectCrm::SubjectCrm(Product product) : scratch(product) {
    support::write_text(place_.path() / "profile.xml", profile);
    const std::string moment = product == Product::mariadb ? "DATETIME NULL" : "TIMESTAMP NULL";
    const std::string key = "VARCHAR(36)";
    const auto references = [](const std::string& column, const std::string& table) {
        return ", FOREIGN KEY (" + column + ") REFERENCES " + table + " (id)";
    };
    sql("CREATE TABLE person (id " + key +
        " PRIMARY KEY, first_name VARCHAR(40), last_name VARCHAR(40), birth_date DATE, phone VARCHAR(40), notes TEXT, "
        "password_hash VARCHAR(80), chief " +
        key + ", deleted SMALLINT NOT NULL DEFAULT 0" + references("chief", "person") + ")");
    sql("CREATE TABLE email_address (id INTEGER PRIMARY KEY, email VARCHAR(80))");
    sql("CREATE TABLE person_address (id INTEGER PRIMARY KEY, person_id " + key + ", address_id INTEGER)");
    sql("CREATE TABLE visit (id INTEGER PRIMARY KEY, person_id " + key + ", made " + moment + ", page VARCHAR(80))");
    sql("CREATE TABLE orders (id INTEGER PRIMARY KEY, person_id " + key + ", ship_to VARCHAR(80)" +
        references("person_id", "person") + ")");
    sql("CREATE TABLE order_line (id INTEGER PRIMARY KEY, order_id INTEGER, item VARCHAR(80)" +
        references("order_id", "orders") + ")");
    sql("CREATE TABLE company (id INTEGER PRIMARY KEY, title VARCHAR(80))");
    sql("CREATE TABLE person_company (person_id " + key + ", company_id INTEGER, PRIMARY KEY (person_id, company_id)" +
        references("person_id", "person") + references("company_id", "company") + ")");
    sql("CREATE TABLE deal (id INTEGER PRIMARY KEY, company_id INTEGER, title VARCHAR(80))");
    sql("CREATE TABLE mail (id INTEGER PRIMARY KEY, subject VARCHAR(80))");
    sql("CREATE TABLE mail_text (mail_id INTEGER PRIMARY KEY, from_email VARCHAR(200), to_email VARCHAR(200), body "
        "TEXT)");
    sql("CREATE TABLE newsletter (id INTEGER PRIMARY KEY, email VARCHAR(80), nickname VARCHAR(80))");
    sql("CREATE TABLE history (id INTEGER PRIMARY KEY, record_key " + key + ", change_text VARCHAR(80))");
    sql("CREATE TABLE relative (id INTEGER PRIMARY KEY, person_id " + key +
        ", full_name VARCHAR(80), relation VARCHAR(80)" + references("person_id", "person") + ")");
    sql("CREATE TABLE memo (id INTEGER PRIMARY KEY, body TEXT)");

    const auto add = [&](const std::string& table, const std::string& values) {
        sql("INSERT INTO " + table + " VALUES (" + values + ")");
    };
    const std::string me = "'" + std::string{own_key} + "'";
    const std::string them = "'else-key-0000-0000-00000000002'";
    add("person", them + ", 'Bertelse', 'Elsewhere', '1970-02-02', '+49 else1', 'else2 " + std::string(400, 'w') + " " +
                      std::string{own_address} + " " + std::string(400, 'x') + " else3', 'else4', NULL, 0");
    add("person", me + ", 'Annaown', 'Ownfrau', '1980-03-04', '" + own("phone") + "', '" + own("note") +
                      " met Else Other <else5@example.org>', 'secretelse', " + them + ", 0");
    add("person", "'else-key-0000-0000-00000000003', 'Celse', 'Elsemann', '1980-03-04', '', '', '', " + me + ", 0");
    add("email_address", "1, 'Anna.Own@Example.org '");
    add("email_address", "2, 'else6@example.org'");
    add("email_address", "3, 'anna." + own("second") + "@example.com'");
    add("person_address", "1, " + me + ", 1");
    add("person_address", "2, " + them + ", 2");
    add("person_address", "3, " + me + ", 3");
    add("visit", "1, " + me + ", '2024-01-02 03:04:05', '" + own("page") + "'");
    add("visit", "2, " + them + ", '2024-01-02 03:04:05', 'else7'");
    add("orders", "1, " + me + ", '" + own("ship") + "'");
    add("orders", "2, " + them + ", 'else8'");
    add("order_line", "1, 1, '" + own("item") + "'");
    add("order_line", "2, 2, 'else9'");
    add("company", "1, '" + own("company") + "'");
    add("person_company", me + ", 1");
    add("person_company", them + ", 1");
    add("deal", "1, 1, 'else10'");
    add("mail", "1, '" + own("subject") + "'");
    add("mail", "2, 'else11'");
    add("mail_text",
        "1, 'Else Sender <else12@example.org>', 'Anna <anna.own@example.org>, Else Copy <else13@example.org>', '" +
            own("body") + " from else14@example.org'");
    add("mail_text", "2, 'else15@example.org', 'hanna.anna.own@example.org', 'else16'");
    add("newsletter", "1, 'ANNA.OWN@example.org', '" + own("nickname") + "'");
    add("newsletter", "2, 'else17@example.org', 'else18'");
    add("history", "1, " + me + ", '" + own("history") + "'");
    add("history", "2, " + them + ", 'else19'");
    add("relative", "1, " + me + ", 'Carla Elsetochter', '" + own("relation") + "'");
    add("memo", "1, 'else20 " + std::string(400, 'y') + " " + own("memo") + " anna.own@example.org " +
                    std::string(400, 'z') + " else21'");
    add("memo", "2, 'else22 anna.own@example.org.else'");
}

support::ProcessResult SubjectCrm::ask(const std::string& request, std::vector<std::string> more) {
    return ask_as(scratch.connection(), request, std::move(more));
}

support::ProcessResult SubjectCrm::ask_as(const std::string& connection, const std::string& request,
                                          std::vector<std::string> more) {
    ++number_;
    support::write_text(place_.path() / "connection", connection);
    support::write_text(place_.path() / "request", request);
    std::vector<std::string> arguments{"subject", "--connect-file", place_.path() / "connection", "--label",
                                       "crm",     "--subject-file", place_.path() / "request",    "--out",
                                       answer()};
    if (std::find(more.begin(), more.end(), "--profile") == more.end()) {
        arguments.insert(arguments.end(), {"--profile", place_.path() / "profile.xml"});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    support::ProcessOptions job;
    job.environment = support::bare_environment();
    return support::Process{CRMAUDIT_PROGRAM, arguments, job}.wait();
}

std::string SubjectCrm::own_word(const std::string& kind) const {
    return *std::find_if(own_words_.begin(), own_words_.end(),
                         [&](const std::string& each) { return each.ends_with(kind); });
}

std::string SubjectCrm::text(const std::string& file) const {
    return std::filesystem::exists(answer() / file) ? support::read_text(answer() / file) : "";
}

}  // namespace crmaudit::live
