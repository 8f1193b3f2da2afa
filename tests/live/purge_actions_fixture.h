// A CRM for purges that do other things than deleting persons: a log, opened mails, letters, notes, addresses, and 20
// persons with data that nobody needs.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {

inline constexpr const char* actions_profile = R"(<profile name="actions" title="Actions" versions="1">
  <signature table="person" columns="id passport_number"/>
  <entity name="person" kind="person" table="person" key="id">
    <attribute name="held" role="hold"><where><one-of column="held" value="1"/></where></attribute>
    <path name="invoices"><join table="invoice"><on column="person_id" previous="id"/></join></path>
    <attribute name="invoice" role="retention_duty" via="invoices" aggregate="any"/>
    <attribute name="gone" role="erased"><where><one-of column="gone" value="1"/></where></attribute>
    <attribute name="remark" role="leftover"><where><not><missing column="remark"/></not></where></attribute>
    <path name="notes"><join table="note"><on column="person_id" previous="id"/></join></path>
    <attribute name="noted" role="leftover" via="notes" aggregate="any" column="body"/>
    <path name="addresses">
      <join table="person_address"><on column="person_id" previous="id"/></join>
      <join table="address"><on column="id" previous="address_id"/></join>
    </path>
    <attribute name="agreed" role="marketing_granted"><where><one-of column="agreed" value="1"/></where></attribute>
    <attribute name="refused" role="marketing_refused"><where><one-of column="no_mail" value="1"/></where></attribute>
    <attribute name="mailed" role="marketing_sent" column="mailed"/>
    <absent role="marketing_granted_at" reason="none"/>
    <absent role="marketing_objected" reason="none"/>
    <restriction>
      <set column="no_mail" value="1"/>
      <set path="addresses" column="opt_out" value="1"/>
    </restriction>
  </entity>
  <entity name="log" kind="log" table="visit_log" key="id">
    <attribute name="made" role="created" column="made"/>
    <attribute name="held" role="hold"><where><one-of column="held" value="1"/></where></attribute>
    <absent role="owner" reason="none"/>
  </entity>
  <entity name="opening" kind="tracking_event" table="opening" key="id">
    <attribute name="held" role="hold"><where><one-of column="held" value="1"/></where></attribute>
    <attribute name="made" role="event_time" column="made"/>
    <attribute name="ip" role="event_address" column="ip"/>
    <attribute name="agent" role="event_client" column="agent"/>
    <absent role="event_count" reason="none"/>
    <absent role="event_place" reason="none"/>
    <absent role="event_forwarded" reason="none"/>
    <absent role="owner" reason="none"/>
  </entity>
  <entity name="letter" kind="plain" table="letter" key="id">
    <attribute name="held" role="hold"><where><one-of column="held" value="1"/></where></attribute>
    <path name="person"><join table="letter_person"><on column="letter_id" previous="id"/></join>
      <join table="person"><on column="id" previous="person_id"/></join></path>
    <attribute name="person" role="owner" via="person" aggregate="any"/>
    <attribute name="body" role="personal" column="body"/>
  </entity>
</profile>
)";

inline const std::vector<std::string> actions_tables{"person",    "invoice", "note",   "person_address", "address",
                                                     "visit_log", "opening", "letter", "letter_person"};

inline std::vector<std::string> actions_statements(Product product) {
    const bool mariadb = product == Product::mariadb;
    const std::string moment = mariadb ? "DATETIME NULL" : "TIMESTAMP NULL";
    const std::string changed = mariadb ? "TIMESTAMP DEFAULT '2020-01-01 00:00:00' ON UPDATE CURRENT_TIMESTAMP"
                                        : "TIMESTAMP DEFAULT '2020-01-01 00:00:00'";
    std::vector<std::string> all{
        "CREATE TABLE person (id VARCHAR(36) PRIMARY KEY, name VARCHAR(80), birthdate DATE, passport_number "
        "VARCHAR(80) "
        "NOT NULL UNIQUE, marital_status VARCHAR(20) NOT NULL, income INTEGER NOT NULL, held SMALLINT NOT NULL DEFAULT "
        "0, gone SMALLINT NOT NULL DEFAULT 0, remark VARCHAR(80), agreed SMALLINT NOT NULL DEFAULT 0, no_mail SMALLINT "
        "NOT NULL DEFAULT 0, mailed " +
            moment + ", changed " + changed + ")",
        "CREATE TABLE invoice (id INTEGER PRIMARY KEY, person_id VARCHAR(36))",
        "CREATE TABLE note (id INTEGER PRIMARY KEY, person_id VARCHAR(36), body VARCHAR(80))",
        "CREATE TABLE person_address (id INTEGER PRIMARY KEY, person_id VARCHAR(36), address_id INTEGER)",
        "CREATE TABLE address (id INTEGER PRIMARY KEY, mail VARCHAR(80), opt_out SMALLINT NOT NULL DEFAULT 0)",
        "CREATE TABLE visit_log (id INTEGER PRIMARY KEY, made " + moment + ", held SMALLINT NOT NULL DEFAULT 0)",
        "CREATE TABLE opening (id INTEGER PRIMARY KEY, made " + moment +
            ", ip VARCHAR(40), agent VARCHAR(80) NOT NULL, held SMALLINT NOT NULL DEFAULT 0)",
        "CREATE TABLE letter (id INTEGER PRIMARY KEY, body VARCHAR(80), held SMALLINT NOT NULL DEFAULT 0)",
        "CREATE TABLE letter_person (id INTEGER PRIMARY KEY, letter_id INTEGER, person_id VARCHAR(36))"};
    for (int i = 10; i < 30; ++i) {
        const std::string number = std::to_string(i);
        const std::string id = "'p''" + number + "'";
        const auto flag = [](bool value) { return value ? std::string{"1"} : std::string{"0"}; };
        // p10 and p11 are held, p12 and p13 have invoices; p20 to p25 are erased in part; p14 to p29 were mailed, and
        // of these p26 and p27 agreed.
        all.push_back(
            "INSERT INTO person (id, name, birthdate, passport_number, marital_status, income, held, gone, "
            "remark, agreed, mailed) VALUES (" +
            id + ", 'Erika', '1980-02-03', 'C01X" + number + "', 'married', 40000, " + flag(i < 12) + ", " +
            flag(i >= 20 && i < 26) + ", " + (i % 2 == 0 ? "'calls often'" : "NULL") + ", " + flag(i == 26 || i == 27) +
            ", " + (i >= 14 ? "'2024-03-04 10:00:00'" : "NULL") + ")");
        if (i == 12 || i == 13) all.push_back("INSERT INTO invoice VALUES (" + number + ", " + id + ")");
        all.push_back("INSERT INTO note VALUES (" + number + ", " + id + ", 'likes tea')");
        all.push_back("INSERT INTO address (id, mail) VALUES (" + number + ", 'erika@example.org')");
        all.push_back("INSERT INTO person_address VALUES (" + number + ", " + id + ", " + number + ")");
        all.push_back("INSERT INTO visit_log VALUES (" + number + ", " +
                      (i < 25 ? "'2010-05-06 10:00:00'" : "CURRENT_TIMESTAMP") + ", " + flag(i < 12) + ")");
        all.push_back("INSERT INTO opening VALUES (" + number + ", '2024-05-06 10:00:00', '192.0.2.1', 'browser', " +
                      flag(i < 12) + ")");
        all.push_back("INSERT INTO letter VALUES (" + number + ", 'Dear Erika', " + flag(i == 20) + ")");
        const std::string owner = i < 20 ? id : "'nobody'";
        all.push_back("INSERT INTO letter_person VALUES (" + number + ", " + number + ", " + owner + ")");
    }
    return all;
}

class PurgeActions : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam(), actions_profile, actions_statements(GetParam())};

    void write_scripts(const std::string& rule, std::vector<std::string> more = {}) {
        crm.rules = rule;
        more.insert(more.end(), {"--batch", "4", "--max-share", "80"});
        const auto written = crm.purge(more);
        EXPECT_EQ(written.code, 0) << written.err;
    }

    /// Every row of every table, but for these.
    std::string rows_but(const std::vector<std::string>& left_out) {
        std::string rows;
        for (const std::string& table : actions_tables) {
            if (std::find(left_out.begin(), left_out.end(), table) != left_out.end()) continue;
            rows += table + "\n" + crm.rows("SELECT * FROM " + table + " ORDER BY id");
        }
        return rows;
    }

    std::string all_rows() { return rows_but({}); }

    /// The number that the client said at the end of the line of this text.
    static std::string number(const std::string& said, const std::string& text) {
        const auto at = said.find(text);
        if (at == std::string::npos) return "not said: " + text;
        const auto start = said.find_first_not_of(" |\t", at + text.size());
        return said.substr(start, said.find('\n', start) - start);
    }

    /// Dry run, purge and verification; what the purge said.
    std::string run_all() {
        const std::string before = all_rows();
        const auto dry = crm.run("1-dry-run.sql");
        EXPECT_EQ(dry.code, 0) << dry.output;
        EXPECT_EQ(all_rows(), before);
        const auto purged = crm.run("2-purge.sql");
        EXPECT_EQ(purged.code, 0) << purged.output;
        const auto verified = crm.run("3-verify.sql");
        EXPECT_EQ(verified.code, 0) << verified.output;
        return dry.output + purged.output + verified.output;
    }

    void expect_nothing_happens(const std::string& why) {
        const std::string before = all_rows();
        for (const bool goes_on : {false, true}) {
            if (goes_on && GetParam() == Product::sqlite) crm.replace("2-purge.sql", ".bail on", "");
            if (goes_on && GetParam() == Product::postgresql) {
                crm.replace("2-purge.sql", "\\set ON_ERROR_STOP on", "");
            }
            for (const Way way : ways(GetParam())) {
                const auto ended = crm.run("2-purge.sql", way);
                if (way != Way::one_transaction) {
                    EXPECT_THAT(ended.output, ::testing::HasSubstr(why));
                }
                EXPECT_EQ(all_rows(), before) << static_cast<int>(way) << " " << goes_on;
            }
        }
    }
};

}  // namespace crmaudit::live
