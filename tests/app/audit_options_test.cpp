#include "auditor/app/audit_options.h"

#include <gtest/gtest.h>

#include "auditor/app/config_file.h"
#include "auditor/app/duration.h"

namespace crmaudit::app {
namespace {

using std::chrono::seconds;

constexpr Date today{std::chrono::year{2026}, std::chrono::June, std::chrono::day{15}};

AuditOptions options(const std::vector<std::string>& arguments) {
    return read_audit_options(read_settings(*find_command("audit"), arguments, {}), today);
}

std::string refusal(const std::vector<std::string>& arguments) {
    try {
        options(arguments);
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.code(), ExitCode::usage);
        return failure.what();
    }
    return "accepted";
}

TEST(Duration, IsReadAsPeopleAndIsoWriteIt) {
    EXPECT_EQ(parse_duration("90"), seconds{90});
    EXPECT_EQ(parse_duration("90s"), seconds{90});
    EXPECT_EQ(parse_duration("10m"), seconds{600});
    EXPECT_EQ(parse_duration("1h30m"), seconds{5400});
    EXPECT_EQ(parse_duration("PT1H30M5S"), seconds{5405});
}

TEST(Duration, IsAbsentForWhatIsNone) {
    for (const char* text : {"", "0", "-5", "10x", "m", "10m5", "5s10m", "PT", "PT5", "99999999999", "8d", "1000h"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

TEST(Acceptance, HasRuleDateAndReason) {
    const auto acceptance = parse_acceptance("notice_overdue until 2027-01-31: kept on paper: see file 7");
    ASSERT_TRUE(acceptance);
    EXPECT_EQ(acceptance->rule, "notice_overdue");
    EXPECT_EQ(to_string(acceptance->until), "2027-01-31");
    EXPECT_EQ(acceptance->reason, "kept on paper: see file 7");
    for (const char* text : {"", "a: b", "a until 2027-02-30: b", "a until 2027-01-01:", " until 2027-01-01: b",
                             "a b until 2027-01-01: c", "a until soon: b"}) {
        EXPECT_FALSE(parse_acceptance(text)) << text;
    }
}

TEST(AuditOptions, HaveTheDefaultsOfTheDesign) {
    const AuditOptions given = options({});
    EXPECT_EQ(given.as_of, today);
    EXPECT_EQ(given.policy, "gdpr");
    EXPECT_EQ(given.profile, "auto");
    EXPECT_EQ(given.formats, (std::vector<std::string>{"xml", "html"}));
    EXPECT_EQ(given.fail_on.what, FailOn::What::severity);
    EXPECT_EQ(given.fail_on.severity, Severity::medium);
}

TEST(AuditOptions, RefuseWhatCannotBe) {
    EXPECT_EQ(refusal({"--as-of", "2026-02-29"}), "--as-of: '2026-02-29' is no date; write YYYY-MM-DD");
    EXPECT_EQ(refusal({"--fail-on", "hihg"}),
              "--fail-on: 'hihg' is not one of low, medium, high, critical, never, new; did you mean 'high'?");
    EXPECT_NE(refusal({"--format", "pdf"}).find("'pdf' is not one of xml, html, csv, metrics"), std::string::npos);
    EXPECT_NE(refusal({"--lang", "fr"}).find("'fr' is not one of"), std::string::npos);
    EXPECT_NE(refusal({"--max-runtime", "soon"}).find("'soon' is no time"), std::string::npos);
    EXPECT_NE(refusal({"--fail-on", "new"}).find("--baseline"), std::string::npos);
    EXPECT_NE(refusal({"--accept", "nothing"}).find("until YYYY-MM-DD"), std::string::npos);
}

TEST(AuditOptions, AnArgumentWithoutAnOptionIsRefusedAndNotRepeated) {
    const std::string message = refusal({"DRIVER=x;PWD=secret"});
    EXPECT_EQ(message.find("secret"), std::string::npos);
    EXPECT_NE(message, "accepted");
}

TEST(AuditOptions, ABadValueInTheFileIsABadConfiguration) {
    const Settings settings(parse_config(*find_command("audit"), "a.conf", "lang = fr\nformat = xml\n"), {});
    try {
        read_language(settings, "en");
        FAIL() << "accepted";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.code(), ExitCode::bad_configuration);
        EXPECT_TRUE(std::string{failure.what()}.starts_with("a.conf:1: lang: ")) << failure.what();
    }
}

TEST(AuditOptions, AStatementTakesNoLongerThanTheWholeAudit) {
    EXPECT_EQ(options({"--max-runtime", "30s"}).statement_limit, seconds{30});
    EXPECT_EQ(options({"--max-runtime", "2h"}).statement_limit, seconds{600});
}

TEST(AuditOptions, TakeWhereTheDataIs) {
    const AuditOptions given =
        options({"--country", "DE", "--operator", "Example Hosting GmbH, Ort", "--processor-contract", "AV-17",
                 "--declared-host", "*.example.org, 192.0.2.1"});
    EXPECT_EQ(given.location,
              (DeclaredLocation{"DE", "Example Hosting GmbH, Ort", "AV-17", {"*.example.org", "192.0.2.1"}}));
    EXPECT_EQ(options({}).location, DeclaredLocation{});
    for (const char* country : {"Germany", "de", "D", "DEU"}) {
        EXPECT_NE(refusal({"--country", country}).find("two capital letters"), std::string::npos) << country;
    }
}

TEST(AuditOptions, TakeHolds) {
    const AuditOptions given = options({"--hold", "contact:legal.holds.contact_id; until=end", "--hold-file",
                                        "lead:/srv/a:b", "--leave-out-residents-outside"});
    ASSERT_EQ(given.hold_tables.size(), 1U);
    EXPECT_EQ(given.hold_tables.front().table, "legal.holds");
    EXPECT_EQ(given.hold_tables.front().column, "contact_id");
    EXPECT_EQ(given.hold_files.at(0).entity, "lead");
    EXPECT_EQ(given.hold_files.at(0).path, "/srv/a:b");
    EXPECT_TRUE(given.leave_out_residents_outside);
    EXPECT_FALSE(options({}).leave_out_residents_outside);
    EXPECT_NE(refusal({"--hold-file", "/srv/keys"}).find("ENTITY:FILE"), std::string::npos);
    EXPECT_NE(refusal({"--hold", "contact"}).find("ENTITY:TABLE.COLUMN"), std::string::npos);
}

TEST(Hold, HasEntityTableAndColumn) {
    EXPECT_EQ(parse_hold("contact:holds.who"), (engine::HoldTable{"contact", "holds", "who", "", ""}));
    EXPECT_EQ(parse_hold("contact:holds.who;until=ends"), (engine::HoldTable{"contact", "holds", "who", "ends", ""}));
    for (const char* text : {"", "contact", "contact:holds", ":holds.who", "contact:.who", "contact:holds.",
                             "contact:holds.who;until=", "contact:holds.who;till=ends", "contact;until=x:holds.who"}) {
        EXPECT_FALSE(parse_hold(text)) << text;
    }
}

}  // namespace
}  // namespace crmaudit::app
