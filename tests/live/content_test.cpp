// What values tell, on every database and through the real program: a field without a name is found, a name that lies
// is contradicted, free texts and readable passwords are reported, and no value gets into any output.
#include <gtest/gtest.h>

#include <regex>

#include <algorithm>
#include <set>

#include "reports/result_xml.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::live {
namespace {

class Content : public ::testing::TestWithParam<Product> {
protected:
    Content() : scratch(GetParam()) {
        for (const char* statement :
             {"CREATE TABLE contacts (id INTEGER NOT NULL PRIMARY KEY, last_name VARCHAR(40), fax VARCHAR(80), "
              "cf_801 DATE, field_17 VARCHAR(80), notes VARCHAR(400), user_password VARCHAR(80), rating INTEGER, misc "
              "VARCHAR(80))",
              "CREATE TABLE contact_field_types (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(40))",
              "CREATE TABLE contact_fields (id INTEGER NOT NULL PRIMARY KEY, contact_id INTEGER, "
              "contact_field_type_id INTEGER, data VARCHAR(80))",
              "INSERT INTO contact_field_types VALUES (1, 'Geburtstag'), (2, 'Lieblingsfarbe')"}) {
            scratch.admin().run(statement);
        }
        std::string contacts;
        std::string fields;
        for (int i = 1; i <= 300; ++i) {
            const std::string n = std::to_string(i);
            const std::string born =
                std::to_string(1940 + i % 61) + "-" + two(1 + i % 12) + "-" + two(1 + (i * 7) % 28);
            contacts += (i == 1 ? "" : ", ") + std::string{"("} + n + ", 'Mustermann" + n + "', 'fax" + n +
                        "@canary.example', '" + born + "', 'person" + n + "@canary.example', '" + note(i) +
                        "', 'Geheim!" + n + "x', " + std::to_string(i % 5) + ", '" +
                        (i > 270 ? "other" + n + "@canary.example" : "batch-" + n) + "')";
            fields += (i == 1 ? "" : ", ") + std::string{"("} + n + ", " + n + ", " + (i % 2 == 0 ? "1" : "2") + ", '" +
                      (i % 2 == 0 ? born : "blau") + "')";
        }
        scratch.admin().run("INSERT INTO contacts VALUES " + contacts);
        scratch.admin().run("INSERT INTO contact_fields VALUES " + fields);
        connection = place.path() / "connection";
        support::write_text(connection, scratch.connection());
    }

    static std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

    static std::string note(int i) {
        if (i % 10 == 0) return "Please write to canary" + std::to_string(i) + "@mail.example when the offer is ready";
        if (i % 10 == 5) return "Kunde ist wegen Depression krankgeschrieben, bitte erst im Mai wieder anrufen";
        return "Interested in the larger model, call again after the fair in spring";
    }

    support::ProcessResult run(const std::vector<std::string>& arguments) {
        support::ProcessOptions options;
        options.environment = support::bare_environment();
        return support::run_crmaudit(arguments, options);
    }

    AuditResult audit(const std::string& extent, const std::string& seed = "1") {
        const std::string out = place.path() / ("out-" + extent + seed);
        const auto result =
            run({"audit", "--connect-file", connection, "--label", "crm", "--as-of", "2026-06-15", "--content", extent,
                 "--seed", seed, "--format", "xml,html,csv,metrics", "--out", out, "--state", place.path() / "state"});
        EXPECT_TRUE(result.code == 2 || result.code == 3) << result.code << " " << result.err;
        outputs.push_back(result.out + result.err);
        for (const auto& entry : std::filesystem::directory_iterator(out + "/latest/")) {
            outputs.push_back(support::read_text(entry.path()));
        }
        const std::string report = out + "/latest/report.xml";
        return reports::read_result_xml(report, support::read_text(report));
    }

    Scratch scratch;
    TemporaryDirectory place;
    std::string connection;
    std::vector<std::string> outputs;
};

const ColumnClassification* column(const AuditResult& result, const std::string& name) {
    const auto found = std::find_if(result.inventory.begin(), result.inventory.end(),
                                    [&](const ColumnClassification& each) { return field_name_of(each) == name; });
    return found == result.inventory.end() ? nullptr : &*found;
}

const Finding* finding(const AuditResult& result, const std::string& rule, const std::string& column) {
    const auto found = std::find_if(result.findings.begin(), result.findings.end(), [&](const Finding& each) {
        return each.rule == rule && each.object.column == column;
    });
    return found == result.findings.end() ? nullptr : &*found;
}

OutcomeStatus status(const AuditResult& result, const std::string& rule) {
    const auto found = std::find_if(result.outcomes.begin(), result.outcomes.end(),
                                    [&](const RuleOutcome& each) { return each.rule == rule; });
    if (found == result.outcomes.end()) throw std::runtime_error("no outcome of " + rule);
    return found->status;
}

TEST_P(Content, DecidesWhereNamesSayNothingAndContradictsWhereTheyLie) {
    const AuditResult result = audit("sample");
    ASSERT_NE(column(result, "field_17"), nullptr);
    EXPECT_EQ(column(result, "field_17")->category, Category::email);
    ASSERT_NE(column(result, "cf_801"), nullptr);
    EXPECT_EQ(column(result, "cf_801")->category, Category::birth_date);
    ASSERT_NE(column(result, "fax"), nullptr);
    EXPECT_EQ(column(result, "fax")->category, Category::email);
    EXPECT_EQ(column(result, "fax")->by_name, Category::phone);
    EXPECT_EQ(column(result, "rating"), nullptr);

    const Finding* misplaced = finding(result, "misplaced_personal_data", "fax");
    ASSERT_NE(misplaced, nullptr);
    EXPECT_TRUE(misplaced->sampled);
    EXPECT_EQ(misplaced->affected, 300);
    EXPECT_EQ(finding(result, "misplaced_personal_data", "field_17"), nullptr);
    EXPECT_NE(finding(result, "unnecessary_field", "cf_801"), nullptr) << "a birthday is one whatever it is called";
}

TEST_P(Content, FindsPersonalDataInFreeTextAndReadablePasswords) {
    const AuditResult result = audit("sample");
    const Finding* text = finding(result, "personal_data_in_free_text", "notes");
    ASSERT_NE(text, nullptr);
    EXPECT_GE(text->affected, 30);
    EXPECT_EQ(text->total, 300);
    const Finding* newest = finding(result, "personal_data_in_free_text", "misc");
    ASSERT_NE(newest, nullptr) << "only the newest tenth holds addresses, and they are there all the same";
    EXPECT_EQ(newest->affected, 30);
    const Finding* password = finding(result, "plaintext_credential", "user_password");
    ASSERT_NE(password, nullptr);
    EXPECT_EQ(password->affected, 300);
}

TEST_P(Content, ResolvesFieldsThatAreKeptInRows) {
    const AuditResult result = audit("sample");
    const ColumnClassification* birthday = column(result, "data [Geburtstag]");
    ASSERT_NE(birthday, nullptr);
    EXPECT_EQ(birthday->category, Category::birth_date);
    ASSERT_TRUE(birthday->counts);
    EXPECT_EQ(birthday->counts->rows, 150);
    EXPECT_EQ(birthday->counts->filled, 150);
    EXPECT_EQ(column(result, "data [Lieblingsfarbe]"), nullptr);
    const Finding* found = finding(result, "unnecessary_field", "data [Geburtstag]");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->affected, 150);
}

TEST_P(Content, CountsWhatTheInventoryTells) {
    const AuditResult result = audit("none");
    const ColumnClassification* name = column(result, "last_name");
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(name->counts, (ColumnCounts{300, 300, 300}));
    EXPECT_TRUE(result.inventory_gaps.empty());
}

TEST_P(Content, WithoutContentItsRulesAreNotCheckedAndNeverClean) {
    const AuditResult result = audit("none");
    EXPECT_EQ(column(result, "field_17"), nullptr);
    for (const char* rule : {"misplaced_personal_data", "personal_data_in_free_text", "plaintext_credential"}) {
        EXPECT_EQ(status(result, rule), OutcomeStatus::not_checked) << rule;
    }
    EXPECT_EQ(result.content.extent, ContentExtent::none);
}

TEST_P(Content, KeepsNoValueAnywhere) {
    audit("sample");
    audit("full");
    for (const char* explained :
         {"contacts.fax", "contacts.notes", "contacts.cf_801", "contact_fields.data [Geburtstag]"}) {
        const auto result = run({"explain", "--column", explained, "--connect-file", connection, "--label", "crm"});
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_FALSE(result.out.empty());
        outputs.push_back(result.out + result.err);
    }
    outputs.push_back(run({"discover", "--connect-file", connection, "--label", "crm"}).out);
    for (const std::string& output : outputs) {
        for (const char* value : {"canary", "Mustermann", "Geheim!", "1959-", "1987-", "krankgeschrieben"}) {
            EXPECT_EQ(output.find(value), std::string::npos) << value << " in " << output.substr(0, 200);
        }
    }
}

TEST_P(Content, ExplainNamesTheEvidenceForAndAgainst) {
    const auto result = run({"explain", "--column", "contacts.fax", "--connect-file", connection, "--label", "crm"});
    ASSERT_EQ(result.code, 0) << result.err;
    for (const char* part : {"E-mail address (email)", "By its name alone: Telephone number (phone)", "match email",
                             "term 'fax'", "300 records read"}) {
        EXPECT_NE(result.out.find(part), std::string::npos) << part << " is not in\n" << result.out;
    }
    const auto unknown = run({"explain", "--column", "contacts.fux", "--connect-file", connection, "--label", "crm"});
    EXPECT_EQ(unknown.code, 64);
    EXPECT_NE(unknown.err.find("contacts.fax"), std::string::npos) << unknown.err;
}

TEST_P(Content, SameSeedSameReport) {
    const AuditResult first = audit("sample", "5");
    const std::string again = place.path() / "again";
    run({"audit", "--connect-file", connection, "--label", "crm", "--as-of", "2026-06-15", "--seed", "5", "--format",
         "xml,html,csv,metrics", "--out", again, "--state", place.path() / "state"});
    const auto but_for_times = [](const std::string& report) {
        return std::regex_replace(support::read_text(report), std::regex{" milliseconds=\"[0-9]+\""}, "");
    };
    EXPECT_EQ(but_for_times(again + "/latest/report.xml"),
              but_for_times((place.path() / "out-sample5").string() + "/latest/report.xml"));
    EXPECT_EQ(first.content.seed, 5U);
}

INSTANTIATE_TEST_SUITE_P(On, Content, ::testing::ValuesIn(all_products),
                         [](const auto& instance) { return to_string(instance.param); });

}  // namespace
}  // namespace crmaudit::live
