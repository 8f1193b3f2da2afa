// What tests of purge scripts share: a CRM, its scripts, and the sentence that nobody is gone.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "tests/support/purge_crm.h"

namespace crmaudit::live {

/// Every way in which a client may be given a file.
inline std::vector<Way> ways(Product product) {
    switch (product) {
        case Product::sqlite: return {Way::piped, Way::sourced};
        case Product::postgresql: return {Way::piped, Way::file, Way::sourced, Way::one_transaction};
        default: return {Way::piped, Way::sourced, Way::forced};
    }
}

/// The numbers that a script said, by what they are.
inline std::map<std::string, long> numbers(const std::string& said) {
    std::map<std::string, long> all;
    for (std::size_t at = 0; at < said.size();) {
        const auto end = std::min(said.find('\n', at), said.size());
        const std::string line = said.substr(at, end - at);
        const auto separator = line.find_last_of(" |\t");
        if (separator != std::string::npos && line.find(": ") != std::string::npos) {
            all[line.substr(0, separator)] = std::atol(line.c_str() + separator + 1);
        }
        at = end + 1;
    }
    return all;
}

/// How the statement begins by which the script deletes rows of the table.
inline std::string deletion_of(const PurgeCrm& crm, const std::string& table) {
    switch (crm.scratch.product()) {
        case Product::sqlite: return "DELETE FROM \"" + table + "\" WHERE";
        case Product::postgresql: return "DELETE FROM \"public\".\"" + table + "\" t USING";
        default: return "DELETE t FROM `" + crm.scratch.name() + "`.`" + table + "` t JOIN";
    }
}

/// And by which it sets columns of them.
inline std::string change_of(const PurgeCrm& crm, const std::string& table) {
    switch (crm.scratch.product()) {
        case Product::sqlite: return "UPDATE \"" + table + "\" SET";
        case Product::postgresql: return "UPDATE \"public\".\"" + table + "\" t SET";
        default: return "UPDATE `" + crm.scratch.name() + "`.`" + table + "` t JOIN";
    }
}

/// A statement that takes a minute if the condition, SQL, holds; SQLite has nothing to wait with but work.
inline std::string waiting_if(Product product, const std::string& condition) {
    const auto choice = [&](const std::string& then, const std::string& otherwise) {
        return "CASE WHEN " + condition + " THEN " + then + " ELSE " + otherwise + " END";
    };
    switch (product) {
        case Product::sqlite:
            return "SELECT (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < " +
                   choice("1000000000", "2") + ") SELECT COUNT(*) FROM c);\n";
        case Product::postgresql: return "PERFORM pg_sleep(" + choice("60", "0") + ");\n";
        default: return "DO SLEEP(" + choice("60", "0") + ");\n";
    }
}

/// Runs the purge and kills its client right before the statement, as soon as the condition holds.
inline void kill_purge_before(PurgeCrm& crm, const std::string& statement, const std::string& condition) {
    const std::string whole = crm.text("2-purge.sql");
    crm.replace("2-purge.sql", statement, waiting_if(crm.scratch.product(), condition) + statement);
    support::run("timeout -s KILL 4 sh -c " +
                 support::quoted("exec " + crm.command(crm.script("2-purge.sql"), Way::piped)) +
                 " >/dev/null 2>&1; true");
    // A server does not notice at once that its client is gone.
    if (crm.scratch.product() == Product::postgresql) {
        crm.cell(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND "
            "query LIKE 'DO%'");
    } else if (crm.scratch.product() == Product::mariadb) {
        const std::string id = crm.cell(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() AND command "
            "<> 'Sleep' LIMIT 1");
        ASSERT_NE(id, "");
        crm.sql("KILL " + id);
    }
    support::write_text(crm.script("2-purge.sql"), whole);
}

class Purge : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam()};

    void write_scripts(const std::vector<std::string>& more = {}) {
        const auto written = crm.purge(more);
        EXPECT_EQ(written.code, 0) << written.err;
    }

    /// Takes out what makes the client stop at the first error.
    void go_on_after_errors() {
        if (GetParam() == Product::sqlite) crm.replace("2-purge.sql", ".bail on", "");
        if (GetParam() == Product::postgresql) crm.replace("2-purge.sql", "\\set ON_ERROR_STOP on", "");
    }

    /// Batches commit, so a script cannot run within somebody else's transaction.
    static std::string said(const std::string& why, Way way) {
        return way == Way::one_transaction ? "invalid transaction termination" : why;
    }

    void expect_nobody_goes(const std::string& why) {
        const std::string before = crm.persons();
        const std::string others = crm.others() + crm.children();
        for (const bool goes_on : {false, true}) {
            if (goes_on) go_on_after_errors();
            for (const Way way : ways(GetParam())) {
                const auto ended = crm.run("2-purge.sql", way);
                EXPECT_THAT(ended.output, ::testing::HasSubstr(said(why, way))) << static_cast<int>(way);
                if (!goes_on && way == Way::piped) {
                    EXPECT_NE(ended.code, 0) << ended.output;
                }
                EXPECT_EQ(crm.persons(), before) << static_cast<int>(way) << " " << goes_on;
                EXPECT_EQ(crm.others() + crm.children(), others);
            }
        }
    }
};

}  // namespace crmaudit::live
