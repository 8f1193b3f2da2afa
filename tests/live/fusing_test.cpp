// Adding a rule must not add a scan: counted in the statements that the server saw, not in what the program claims.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "auditor/engine/audit.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::size_t occurrences(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

class Fusing : public ::testing::TestWithParam<Product> {
protected:
    Fusing() : person("person_" + scratch.name()) {
        scratch.admin().run("CREATE TABLE " + person + " (id INTEGER PRIMARY KEY, made DATE, origin VARCHAR(20))");
        scratch.admin().run("CREATE TABLE visit (person INTEGER, at DATE)");
        scratch.admin().run("INSERT INTO " + person + " VALUES (1, '2010-01-01', NULL)");
        Entity entity;
        entity.name = "person";
        entity.kind = EntityKind::person;
        entity.table = {"", person};
        entity.key = {"id"};
        entity.paths = {{"visits", {{{"", "visit"}, {{"person", "id", false}}, {}}}}};
        entity.attributes = {{"made", ValueType::date, Role::created, OwnColumn{column("made")}, false},
                             {"origin", ValueType::text, Role::source, OwnColumn{column("origin")}, false},
                             {"visited", ValueType::date, Role::activity,
                              Related{"visits", Aggregate::latest, column("at"), {}}, false}};
        entity.absent = {{Role::notice, "none"}};
        profile.name = "small";
        profile.entities = {entity};
        if (scratch.product() == Product::postgresql) log = required("CRMAUDIT_TEST_POSTGRESQL_LOG");
        if (scratch.product() == Product::mariadb) log = required("CRMAUDIT_TEST_MARIADB_LOG");
        if (scratch.product() == Product::sqlite) log = folder.path() / "trace";
    }

    /// How many statements that read the person table the server saw during an audit with these checks.
    std::size_t statements_seen(const std::vector<std::string>& checks) {
        const std::size_t before = seen();
        connectors::ConnectOptions options = scratch.options();
        if (scratch.product() == Product::sqlite) options.connection_string += ";Tracefile=" + log.string();
        Policy policy;
        for (const std::string& check : checks) {
            policy.rules.push_back({check,
                                    check,
                                    Severity::high,
                                    {},
                                    {},
                                    {{"after", "P3Y"}, {"within", "P1M"}, {"missing_activity", "created"}}});
        }
        {
            const auto database = connectors::open_database(options);
            const Catalog catalog = database->read_catalog();
            crmaudit::Run run;
            run.label = "crm";
            run.as_of = parse_date("2026-06-15").value();
            const std::optional<Profile> chosen = profile;
            const engine::AuditInput input{run, catalog, {}, policy, chosen, {}, {}, {}, {}, {}};
            const AuditResult result = engine::audit(input, database->grammar(), *database);
            EXPECT_EQ(result.findings.size(), checks.size()) << "every rule must have been counted";
        }
        EXPECT_TRUE(eventually([&] { return seen() > before; })) << "the server's log shows no statement";
        return seen() - before;
    }

    /// The person table read as a statement's base table ("t" is its alias).
    std::size_t seen() const {
        const std::string text = content_of(log);
        return occurrences(text, person + "\" t") + occurrences(text, person + "` t");
    }

    Scratch scratch{GetParam()};
    TemporaryDirectory folder;
    std::string person;
    Profile profile;
    std::filesystem::path log;
};

TEST_P(Fusing, AddingARuleAddsNoStatementThatTheServerSees) {
    const std::size_t with_one = statements_seen({"stale_person"});
    const std::size_t with_three = statements_seen({"stale_person", "unknown_source", "notice_overdue"});
    EXPECT_EQ(with_one, with_three);
    EXPECT_LE(with_three, 2U);
}

INSTANTIATE_TEST_SUITE_P(Live, Fusing, ::testing::ValuesIn(all_products),
                         [](const auto& tried) { return to_string(tried.param); });

}  // namespace
}  // namespace crmaudit::live
