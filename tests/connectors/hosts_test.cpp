// Hosts in catalogs, read from made-up answers: what is found, what is passed over and what becomes a gap.
#include <gtest/gtest.h>

#include <map>

#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_remote.h"
#include "connectors/dialects/postgresql_catalog.h"

namespace crmaudit::connectors {
namespace {

using Reason = sql::QueryError::Reason;
using Rows = std::vector<sql::Row>;

/// Answers by a word of the statement; a statement without an answer has no rows.
class Answers {
public:
    Answers& give(const std::string& word, Rows rows) {
        rows_[word] = std::move(rows);
        return *this;
    }
    Answers& refuse(const std::string& word) {
        refused_.push_back(word);
        return *this;
    }
    CatalogQuery query() const {
        return [this](const std::string& statement) {
            for (const std::string& word : refused_) {
                if (statement.find(word) != std::string::npos) throw sql::QueryError(Reason::forbidden, "42501", "no");
            }
            for (const auto& [word, rows] : rows_) {
                if (statement.find(word) != std::string::npos) return rows;
            }
            return Rows{};
        };
    }

private:
    std::map<std::string, Rows> rows_;
    std::vector<std::string> refused_;
};

std::string told(const Catalog& catalog) {
    std::string text;
    for (const FoundHost& each : catalog.hosts) text += each.what + " " + each.object + " " + each.host + "; ";
    for (const CatalogGap& gap : catalog.gaps) text += "[" + gap.object + "] ";
    return text;
}

std::string on_mariadb(const Answers& answers, const std::vector<Grant>& own = {}) {
    Catalog catalog;
    Table table;
    table.name = {"crm", "far`away"};
    table.kind = TableKind::foreign_table;
    catalog.tables = {table};
    read_mariadb_hosts(answers.query(), own, catalog);
    return told(catalog);
}

std::string on_postgresql(const Answers& answers) {
    Catalog catalog;
    read_postgresql_hosts(answers.query(), catalog);
    return told(catalog);
}

const Rows no_replicas{{"Slaves_connected", "0"}, {"Slaves_running", "0"}};
const Rows one_replica{{"Slaves_connected", "1"}, {"Slaves_running", "0"}};
const Rows remote{
    {"far`away",
     "CREATE TABLE `x` (\n  `id` int\n) ENGINE=FEDERATED CONNECTION='mysql://u:s3cret@far.example.org:3306/crm/x'"}};

TEST(MariadbHosts, AreThoseOfServersAndOfTablesThatLiveElsewhere) {
    Answers answers;
    answers.give("mysql.servers", {{"crm_link", "db.example.org"}, {"own", "127.0.0.1"}, {"socket", ""}})
        .give("SHOW CREATE TABLE `crm`.`far``away`", remote)
        .give("GLOBAL STATUS", no_replicas);
    EXPECT_EQ(on_mariadb(answers),
              "foreign_server crm_link db.example.org; foreign_table crm.far`away far.example.org; ");
}

TEST(MariadbHosts, WhatTheAccountMayNotSeeIsAGap) {
    Answers answers;
    answers.refuse("mysql.servers").refuse("SHOW CREATE").refuse("ALL SLAVES");
    answers.give("GLOBAL STATUS", {{"Slaves_connected", "1"}, {"Slaves_running", "1"}});
    EXPECT_EQ(on_mariadb(answers), "[hosts] [hosts] [hosts] [hosts] ");
}

TEST(MariadbHosts, ReplicationIsNamedWhereItIsVisible) {
    Answers answers;
    answers.give("SHOW CREATE", remote).give("GLOBAL STATUS", one_replica);
    answers.give("processlist", {{"repl", "192.0.2.9"}});
    EXPECT_EQ(on_mariadb(answers), "foreign_table crm.far`away far.example.org; replica repl 192.0.2.9; ");
    answers.give("GLOBAL STATUS", {{"Slaves_connected", "0"}, {"Slaves_running", "1"}});
    answers.give("ALL SLAVES", {{"", "state", "waiting", "primary.example.org"}});
    EXPECT_EQ(on_mariadb(answers),
              "foreign_table crm.far`away far.example.org; primary replication primary.example.org; ");
}

TEST(MariadbHosts, WithoutCountsOnlyAnAccountWithProcessKnowsThatThereIsNoReplica) {
    Answers answers;
    answers.give("SHOW CREATE", remote);
    EXPECT_EQ(on_mariadb(answers), "foreign_table crm.far`away far.example.org; [hosts] ");
    EXPECT_EQ(on_mariadb(answers, {{"a", false, "PROCESS", {}, "", false}}),
              "foreign_table crm.far`away far.example.org; ");
}

TEST(PostgresqlHosts, AreThoseOfServersSubscriptionsAndReplication) {
    Answers answers;
    answers.give("pg_foreign_server", {{"link", "postgres_fdw", "db.example.org,db2.example.org"},
                                       {"here", "postgres_fdw", std::nullopt},
                                       {"files", "file_fdw", std::nullopt}});
    answers.give("pg_stat_replication", {{"standby", "192.0.2.9", "0"}, {"socket", std::nullopt, "0"}});
    answers.give("pg_stat_wal_receiver", {{"primary.example.org"}});
    answers.give("SELECT s.subname FROM", {{"sub"}}).give("subconninfo", {{"sub", "pub.example.org"}});
    EXPECT_EQ(on_postgresql(answers),
              "foreign_server link db.example.org; foreign_server link db2.example.org; subscription sub "
              "pub.example.org; replica standby 192.0.2.9; primary replication primary.example.org; ");
}

TEST(PostgresqlHosts, WhatTheAccountMayNotSeeIsAGap) {
    Answers answers;
    answers.give("pg_foreign_server", {{"odd", "sap_fdw", std::nullopt}, {"odder", "sap_fdw", "host with spaces"}});
    answers.give("SELECT s.subname FROM", {{"sub"}}).refuse("subconninfo");
    answers.give("pg_stat_replication", {{"", std::nullopt, "1"}});
    answers.give("pg_stat_wal_receiver", {{std::nullopt}});
    EXPECT_EQ(on_postgresql(answers), "[hosts] [hosts] [hosts] [hosts] [hosts] ");
}

std::string remote_hosts(const std::string& options) {
    const NamedHosts named =
        hosts_of_remote_table("CREATE TABLE `t` (\n  `host` varchar(9) DEFAULT 'no.example.org'\n) " + options);
    std::string text = named.understood ? "" : "? ";
    for (const std::string& host : named.hosts) text += host + " ";
    return text;
}

TEST(RemoteTables, NameTheirHostInManyWays) {
    EXPECT_EQ(remote_hosts("ENGINE=FEDERATED CONNECTION='mysql://u:s3cret@far.example.org/crm/t'"), "far.example.org ");
    EXPECT_EQ(remote_hosts("ENGINE=FEDERATED CONNECTION='crm_link/t'"), "");
    EXPECT_EQ(remote_hosts("ENGINE=CONNECT `TABLE_TYPE`='CSV' `FILE_NAME`='t.csv'"), "");
    EXPECT_EQ(remote_hosts("ENGINE=CONNECT CONNECTION='DRIVER=x;Server=far.example.org;UID=u;PWD=s3cret'"),
              "far.example.org ");
    EXPECT_EQ(remote_hosts("ENGINE=CONNECT CONNECTION='DSN=crm;UID=u;PWD=s3cret'"), "? ");
    EXPECT_EQ(remote_hosts("ENGINE=CONNECT CONNECTION='jdbc:mysql://far.example.org:3306/crm'"), "far.example.org ");
    EXPECT_EQ(
        remote_hosts(
            "ENGINE=SPIDER COMMENT='wrapper \"mysql\", host \"far.example.org\", user \"u\", password \"s3cret\"'"),
        "far.example.org ");
    EXPECT_EQ(remote_hosts("ENGINE=SPIDER CONNECTION='host \"a.example.org\", password \"s3cret\"'\n PARTITION p "
                           "COMMENT = 'host \"b.example.org\"'"),
              "a.example.org b.example.org ");
    EXPECT_EQ(remote_hosts("ENGINE=SPIDER `REMOTE_HOST`='far.example.org' `REMOTE_PASSWORD`='s3cret'"),
              "far.example.org ");
    EXPECT_EQ(remote_hosts("ENGINE=SPIDER COMMENT='srv \"s1\", table \"t\"'"), "");
}

}  // namespace
}  // namespace crmaudit::connectors
