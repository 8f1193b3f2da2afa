// Objections survive the persons: whoever objected is deleted only when a hash of their address was saved with the
// right key, in the same transaction, and the key is nowhere to be found afterwards.

#include <cctype>
#include <filesystem>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* key = "b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184";

constexpr const char* profile = R"(<profile name="crm" title="CRM" versions="1">
  <signature table="person" columns="id"/>
  <suppression table="no_mail" address="address"><set column="active" value="1"/></suppression>
  <entity name="person" kind="person" table="person" key="id">
    <attribute name="created" role="created" column="created"/>
    <attribute name="email" role="email" column="e&quot;mail`'"><where><one-of column="bounced" value="0"/></where></attribute>
    <path name="boxes" purge="rows"><join table="box"><on column="person_id" previous="id"/></join></path>
    <attribute name="box" role="email" via="boxes" aggregate="first" column="address"/>
    <attribute name="objected" role="marketing_refused"><where><one-of column="objected" value="1"/></where></attribute>
    <attribute name="objected_at" role="marketing_objected" column="objected_at"/>
    <attribute name="untracked" role="tracking_refused"><where><one-of column="untracked" value="1"/></where></attribute>
    <path name="consents" purge="rows"><join table="consent"><on column="person_id" previous="id"/></join></path>
    <attribute name="consented" role="marketing_granted_at" via="consents" aggregate="latest" column="given_at">
      <where><one-of column="given" value="1"/></where>
    </attribute>
    <attribute name="told" role="notice" column="told_at"/>
    <path name="visits" purge="rows"><join table="visit"><on column="person_id" previous="id"/></join></path>
    <attribute name="visited" role="activity" via="visits" aggregate="latest" column="made"/>
    <path name="deals"><join table="deal"><on column="person_id" previous="id"/></join></path>
    <attribute name="deal" role="relationship" via="deals" aggregate="any"/>
  </entity>
</profile>
)";

class Objections : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam(), profile, statements()};
    TemporaryDirectory place;
    std::string key_file = place.path() / "the key's \"file\"";

    static std::string email_column() { return GetParam() == Product::mariadb ? "`e\"mail``'`" : "\"e\"\"mail`'\""; }

    static std::vector<std::string> statements() {
        const std::string moment = GetParam() == Product::mariadb ? " DATETIME NULL" : " TIMESTAMP NULL";
        std::vector<std::string> all{
            "CREATE TABLE person (id VARCHAR(36) PRIMARY KEY, created" + moment + ", " + email_column() +
                " VARCHAR(80), bounced SMALLINT, objected SMALLINT, objected_at" + moment +
                ", untracked SMALLINT, told_at" + moment + ")",
            "CREATE TABLE box (id INTEGER PRIMARY KEY, person_id VARCHAR(36), address VARCHAR(80))",
            "CREATE TABLE consent (id INTEGER PRIMARY KEY, person_id VARCHAR(36), given SMALLINT, given_at" + moment +
                ")",
            "CREATE TABLE deal (id INTEGER PRIMARY KEY, person_id VARCHAR(36))",
            "CREATE TABLE visit (id INTEGER PRIMARY KEY, person_id VARCHAR(36), made" + moment + ")",
            std::string{"CREATE TABLE no_mail (id "} +
                (GetParam() == Product::sqlite       ? "INTEGER PRIMARY KEY"
                 : GetParam() == Product::postgresql ? "SERIAL PRIMARY KEY"
                                                     : "INTEGER PRIMARY KEY AUTO_INCREMENT") +
                ", address VARCHAR(80), active SMALLINT, note VARCHAR(10))",
            "INSERT INTO no_mail VALUES (1007, 'LOUD10@example.org', 0, 'lifted'), (1008, 'other@example.org', 0, "
            "'lifted')"};
        const auto person = [&](const std::string& id, const std::string& email, const std::string& more) {
            all.push_back("INSERT INTO person VALUES ('" + id + "', '2010-02-03 10:00:00', " + email + ", " + more +
                          ")");
        };
        for (int i = 10; i < 30; ++i) {
            person("quiet''" + std::to_string(i), "'quiet@example.org'", "0, 0, NULL, 0, NULL");
            person("loud''" + std::to_string(i), "' Loud" + std::to_string(i) + "@Example.ORG '",
                   "1, 1, NULL, 0, NULL");
        }
        person("dated", "'dated@example.org'", "0, 0, '2012-03-04 05:06:07', 0, '2010-02-04 10:00:00'");
        person("untracked", "'m\xc3\x9cller@example.org'", "0, 0, NULL, 1, NULL");
        person("boxes", "NULL", "0, 1, NULL, 1, NULL");
        person("mute", "NULL", "0, 1, '2012-03-04 05:06:07', 0, NULL");
        person("blank", "'  '", "0, 1, NULL, 0, NULL");
        all.push_back("INSERT INTO person VALUES ('new', CURRENT_TIMESTAMP, 'new@example.org', 0, 1, NULL, 0, NULL)");
        all.push_back(
            "INSERT INTO box VALUES (1, 'boxes', 'box1@example.org'), (2, 'boxes', 'BOX2@example.org'), (3, "
            "'boxes', ' ')");
        all.push_back(
            "INSERT INTO consent VALUES (1, 'quiet''10', 1, '2011-01-02 10:00:00'), (2, 'quiet''10', 1, "
            "'2011-05-06 10:00:00'), (3, 'quiet''11', 0, '2011-05-06 10:00:00')");
        return all;
    }

    void SetUp() override { support::write_text(key_file, std::string{key} + "\n"); }

    void write_scripts(std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--max-share", "99", "--suppression-key", key_file});
        const auto written = crm.purge(more);
        ASSERT_EQ(written.code, 0) << written.err;
    }

    /// As the README tells an importer, by OpenSSL.
    static std::string hash(const std::string& address) {
        const std::string digest = GetParam() == Product::sqlite ? "sha3-256" : "sha256";
        const std::string said = support::run("printf %s " + support::quoted(address) +
                                              " | sed 's/^[[:blank:]]*//; s/[[:blank:]]*$//' | LC_ALL=C tr A-Z a-z | "
                                              "openssl dgst -" +
                                              digest + " -mac HMAC -macopt key:" + key)
                                     .output;
        return said.substr(said.rfind(' ') + 1, 64);
    }

    /// The kinds of objection that are known of an address.
    std::string known(const std::string& address) {
        return crm.rows("SELECT objection FROM crmaudit_suppression WHERE address_hash = '" + hash(address) +
                        "' ORDER BY 1");
    }

    std::string count(const std::string& from) { return crm.cell("SELECT COUNT(*) FROM " + from); }

    void go_on_after_errors() {
        if (GetParam() == Product::sqlite) crm.replace("2-purge.sql", ".bail on", "");
        if (GetParam() == Product::postgresql) crm.replace("2-purge.sql", "\\set ON_ERROR_STOP on", "");
    }

    void expect_nobody_goes(const std::string& why) {
        const std::string before = crm.persons();
        for (const bool goes_on : {false, true}) {
            if (goes_on) go_on_after_errors();
            for (const Way way : ways(GetParam())) {
                if (way == Way::one_transaction) continue;
                const auto ended = crm.run("2-purge.sql", way);
                EXPECT_THAT(ended.output, HasSubstr(why)) << static_cast<int>(way);
                EXPECT_THAT(ended.output, Not(HasSubstr(key)));
                EXPECT_EQ(crm.persons(), before) << static_cast<int>(way) << " " << goes_on;
            }
        }
    }
};

TEST_P(Objections, SurviveThePersons) {
    write_scripts({"--batch", "7"});
    const std::string dry = crm.run("1-dry-run.sql").output;
    EXPECT_THAT(dry, ContainsRegex("no e-mail address to remember it by[ |\t]2\n"));
    EXPECT_THAT(dry, ContainsRegex("objection to marketing goes to the suppression list[ |\t]22\n"));
    EXPECT_THAT(dry, ContainsRegex("objection to tracking goes to the suppression list[ |\t]2\n"));
    EXPECT_THAT(crm.rows("SELECT * FROM crmaudit_suppression"), Not(HasSubstr("hmac")));
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_EQ(crm.persons(), "blank mute new ");

    for (const char* address : {"loud10@example.org", "\t LOUD29@example.org ", "dated@example.org"}) {
        EXPECT_EQ(known(address), "marketing\n") << address;
    }
    EXPECT_EQ(known("m\xc3\x9cller@EXAMPLE.org"), "tracking\n");
    EXPECT_EQ(known("Box1@example.org"), "marketing\ntracking\n");
    EXPECT_EQ(known("box2@example.org"), "marketing\ntracking\n");
    for (const char* address : {"quiet@example.org", "new@example.org", "", "loud99@example.org"}) {
        EXPECT_EQ(known(address), "") << address;
    }
    EXPECT_EQ(count("crmaudit_suppression WHERE objection <> 'key_check'"), "26");

    const auto verified = crm.run("3-verify.sql");
    EXPECT_EQ(verified.code, 0) << verified.output;
    EXPECT_THAT(verified.output, ContainsRegex("persons deleted who had objected[ |\t]23\n"));
    EXPECT_THAT(verified.output, ContainsRegex("not on the suppression list \\(0 is right\\)[ |\t]0\n"));
}

TEST_P(Objections, ReachTheListOfTheCrm) {
    write_scripts({"--batch", "7"});
    EXPECT_THAT(crm.text("README.en.txt"), HasSubstr("no_mail, in plain text"));
    EXPECT_THAT(crm.text("README.de.txt"), HasSubstr("no_mail, im Klartext"));
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(count("no_mail WHERE active = 1"), "23");
    EXPECT_EQ(count("no_mail WHERE active = 0 AND address = 'other@example.org' AND note = 'lifted'"), "1");
    EXPECT_EQ(count("no_mail WHERE active = 1 AND address = 'LOUD10@example.org' AND note = 'lifted'"), "1");
    EXPECT_EQ(count("no_mail WHERE active = 1 AND address = 'loud11@example.org' AND note IS NULL"), "1");
    EXPECT_EQ(count("no_mail"), "24");  // nobody twice, and not who only objected to tracking
}

TEST_P(Objections, AreMissedByTheVerificationWhenTheyAreGone) {
    write_scripts();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    crm.sql("DELETE FROM crmaudit_suppression WHERE address_hash = '" + hash("loud12@example.org") + "'");
    const std::string verified = crm.run("3-verify.sql").output;
    EXPECT_THAT(verified, ContainsRegex("not on the suppression list \\(0 is right\\)[ |\t]1\n"));
}

TEST_P(Objections, KeepTheirPersonsWithoutAKey) {
    const auto written = crm.purge({"--max-share", "99"});
    ASSERT_EQ(written.code, 0) << written.err;
    EXPECT_THAT(crm.text("README.en.txt"), HasSubstr("With --suppression-key FILE they are deleted"));
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_THAT(crm.persons(), HasSubstr("blank boxes dated loud'10 "));
    EXPECT_THAT(crm.persons(), Not(HasSubstr("quiet")));
}

TEST_P(Objections, DeleteNobodyWithoutAGoodKey) {
    write_scripts();
    std::filesystem::remove(key_file);
    expect_nobody_goes("the key");  // some clients complain themselves
    const std::string long_enough(40, 'x');
    std::vector<std::string> contents{"",
                                      "\n",
                                      std::string(31, 'x') + "\n",
                                      std::string(1025, 'x'),
                                      long_enough + " " + long_enough,
                                      long_enough + "\n" + long_enough,
                                      "\xef\xbb\xbf" + long_enough,
                                      long_enough + "\xff"};
    // What follows a byte 0 in a line is nothing to psql, and it sends the rest.
    if (GetParam() != Product::postgresql) contents.push_back(long_enough + std::string(1, '\0') + "x");
    for (const std::string& content : contents) {
        write_scripts();
        support::write_text(key_file, content);
        const std::string before = crm.persons();
        const auto ended = crm.run("2-purge.sql");
        EXPECT_NE(ended.code, 0) << content.size();
        EXPECT_THAT(ended.output, Not(HasSubstr("xxxxxxxxxxxx"))) << content.size();
        EXPECT_EQ(crm.persons(), before) << content.size();
        go_on_after_errors();
        EXPECT_THAT(crm.run("2-purge.sql").output, Not(HasSubstr("xxxxxxxxxxxx"))) << content.size();
        EXPECT_EQ(crm.persons(), before) << content.size();
    }
}

TEST_P(Objections, DeleteNobodyWithAnotherKeyThanBefore) {
    write_scripts();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
    crm.sql("INSERT INTO person SELECT 'late', '2010-01-01 00:00:00', 'late@example.org', 0, 1, NULL, 0, NULL");
    write_scripts();
    support::write_text(key_file, std::string(64, 'y') + "\n");
    expect_nobody_goes("were made with another key");
    support::write_text(key_file, std::string{key} + "\r\n");
    write_scripts();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(crm.persons(), "blank mute new ");
    EXPECT_EQ(known("late@example.org"), "marketing\n");
}

TEST_P(Objections, LeaveTheKeyNowhere) {
    write_scripts({"--batch", "10"});
    std::string said;
    for (const char* file : {"1-dry-run.sql", "2-purge.sql", "3-verify.sql"}) {
        said += crm.text(file) + crm.run(file).output;
    }
    for (const char* file : {"README.en.txt", "README.de.txt"}) said += crm.text(file);
    EXPECT_EQ(crm.persons(), "blank mute new ");
    EXPECT_THAT(said, Not(HasSubstr(key)));
    std::string pad(key);
    for (char& c : pad) c = static_cast<char>(c ^ 0x36);
    const std::string everything =
        GetParam() == Product::sqlite
            ? support::read_text(
                  crm.rows("SELECT file FROM pragma_database_list WHERE name = 'main'")
                      .substr(0, crm.rows("SELECT file FROM pragma_database_list WHERE name = 'main'").size() - 1))
            : support::read_text(required(GetParam() == Product::postgresql ? "CRMAUDIT_TEST_POSTGRESQL_LOG"
                                                                            : "CRMAUDIT_TEST_MARIADB_LOG"));
    EXPECT_THAT(everything, HasSubstr("crmaudit_suppression"));
    for (const std::string& trace : {std::string{key}, pad}) {
        EXPECT_EQ(everything.find(trace), std::string::npos);
        std::string digits;
        for (const unsigned char c : trace) {
            constexpr const char* all = "0123456789abcdef";
            digits += std::string{all[c >> 4]} + all[c & 15];
        }
        EXPECT_EQ(everything.find(digits), std::string::npos);
        for (char& c : digits) c = static_cast<char>(std::toupper(c));
        EXPECT_EQ(everything.find(digits), std::string::npos);
    }
}

TEST_P(Objections, LeaveEvidenceWithoutThePersonsData) {
    write_scripts();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    const std::string table = GetParam() == Product::sqlite       ? ""
                              : GetParam() == Product::postgresql ? "public."
                                                                  : crm.scratch.name() + ".";
    const auto kept = [&](const std::string& address) {
        return crm.rows("SELECT what, hash_of, happened_on, came_from FROM crmaudit_evidence WHERE person_hash = '" +
                        hash(address) + "' ORDER BY 1, 3");
    };
    const std::string tab = GetParam() == Product::sqlite ? "|" : GetParam() == Product::mariadb ? "\t" : " ";
    const auto line = [&](const std::string& what, const std::string& day, const std::string& from) {
        return what + tab + "address" + tab + day + tab + table + from + "\n";
    };
    EXPECT_EQ(kept("quiet@example.org"),
              line("consent", "2011-01-02", "consent.given_at") + line("consent", "2011-05-06", "consent.given_at"));
    EXPECT_EQ(kept("dated@example.org"),
              line("notice", "2010-02-04", "person.told_at") + line("objection", "2012-03-04", "person.objected_at"));
    EXPECT_EQ(count("crmaudit_evidence"), "4");
    EXPECT_EQ(crm.cell("SELECT MIN(substr(kept_until, 1, 4)) FROM crmaudit_evidence"),
              std::to_string(std::stoi(support::run("date +%Y").output) + 3));
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);

    crm.sql("UPDATE crmaudit_evidence SET kept_until = '2020-01-01' WHERE what = 'notice'");
    crm.sql("INSERT INTO person SELECT 'late', '2010-01-01 00:00:00', 'late@example.org', 0, 0, NULL, 0, NULL");
    write_scripts();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(count("crmaudit_evidence WHERE what = 'notice'"), "0");
    EXPECT_EQ(count("crmaudit_evidence"), "3");
}

TEST_P(Objections, AreSavedWithTheirPersonsWhenAPurgeIsKilled) {
    write_scripts({"--batch", "5"});
    // Between the list and the persons, when some have gone.
    kill_purge_before(crm, deletion_of(crm, "person"), "(SELECT COUNT(*) FROM person) < 30");
    // Everyone who objected is either there or on the list, and nobody is both.
    const auto listed = [&] { return std::stoi(count("crmaudit_suppression WHERE objection = 'marketing'")); };
    const auto there = [&] { return std::stoi(count("person WHERE id LIKE 'loud%'")); };
    EXPECT_TRUE(eventually([&] { return listed() + there() >= 20 && there() > 0 && there() < 20; }))
        << listed() << " " << there();
    for (int i = 10; i < 30; ++i) {
        const std::string number = std::to_string(i);
        const bool is_there = count("person WHERE id = 'loud''" + number + "'") == "1";
        EXPECT_EQ(known("loud" + number + "@example.org"), is_there ? "" : "marketing\n") << i;
    }
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(crm.persons(), "blank mute new ");
    EXPECT_EQ(count("crmaudit_suppression WHERE objection <> 'key_check'"), "26");
    EXPECT_THAT(crm.run("3-verify.sql").output, ContainsRegex("persons deleted who had objected[ |\t]23\n"));
}

TEST_P(Objections, SurviveWhoAskedToBeErased) {
    const std::string before = crm.persons();
    const auto refused = crm.erase("key: person=loud'10\n");
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("their objection would be lost"));
    const auto written = crm.erase("key: person=loud'10\n", {"--suppression-key", key_file});
    ASSERT_EQ(written.code, 0) << written.err;
    EXPECT_THAT(crm.text("README.en.txt"), HasSubstr("whoever asks to be erased gets in contact"));
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    std::string left = before;
    left.erase(left.find("loud'10 "), 8);
    EXPECT_EQ(crm.persons(), left);
    EXPECT_EQ(known("loud10@example.org"), "marketing\n");
}

TEST_P(Objections, KnowNoFileWithControlCharacters) {
    const auto refused = crm.purge({"--suppression-key", "a\nb"});
    EXPECT_EQ(refused.code, 64) << refused.err;
    EXPECT_FALSE(std::filesystem::exists(crm.script("2-purge.sql")));
}

INSTANTIATE_TEST_SUITE_P(Products, Objections, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
