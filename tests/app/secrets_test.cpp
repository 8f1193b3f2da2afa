#include "auditor/app/secrets.h"

#include <gtest/gtest.h>

#include "auditor/app/print_config.h"
#include "tests/support/live.h"
#include "tests/support/process.h"
#include "tests/support/surroundings.h"

namespace crmaudit::app {
namespace {

using live::TemporaryDirectory;
using support::write_text;

Settings settings(const std::vector<std::string>& arguments, const Environment& environment = {}) {
    return read_settings(*find_command("audit"), arguments, environment);
}

ConnectionSource connection(const std::vector<std::string>& arguments, const Environment& environment = {}) {
    return read_connection(settings(arguments, environment), environment);
}

Failure refusal(const std::vector<std::string>& arguments, const Environment& environment = {}) {
    try {
        connection(arguments, environment);
    } catch (const Failure& failure) {
        EXPECT_EQ(std::string{failure.what()}.find("s3cret"), std::string::npos) << failure.what();
        return failure;
    }
    return {ExitCode::clean, "accepted"};
}

TEST(Secrets, APasswordInConnectIsRefusedUnderEveryName) {
    for (const char* part : {"PWD=s3cret", "pwd={s3cret}", "Password = s3cret", "pass=s3cret", "PWD=", "Passwd=s3cret",
                             "SSLKEYPASSWORD=s3cret", "pqopt={password=s3cret}", "PQOPT={ password = 's3cret' }"}) {
        const Failure failure = refusal({"--connect", std::string{"DRIVER=x;UID=a;"} + part + ";Database=crm"});
        EXPECT_EQ(failure.code(), ExitCode::usage) << part;
        EXPECT_NE(std::string{failure.what()}.find("--password-file"), std::string::npos) << part;
    }
}

TEST(Secrets, AConnectionFileMayHoldOneIfNobodyElseCanReadIt) {
    const TemporaryDirectory directory;
    const std::string file = directory.path() / "connection";
    write_text(file, "# the CRM\nDRIVER=x;UID=a;PWD={s3;cret};Database=crm\n");
    EXPECT_EQ(connection({"--connect-file", file}).connection_string, "DRIVER=x;UID=a;PWD={s3;cret};Database=crm");
    for (const mode_t mode : {0640U, 0604U, 0660U, 0644U}) {
        write_text(file, "DRIVER=x;PWD=s3cret;Database=crm", mode);
        const Failure failure = refusal({"--connect-file", file});
        EXPECT_EQ(failure.code(), ExitCode::bad_configuration);
        EXPECT_NE(std::string{failure.what()}.find("chmod 600 " + file), std::string::npos) << failure.what();
    }
}

TEST(Secrets, APasswordFileIsReadToTheEndOfItsFirstLine) {
    const TemporaryDirectory directory;
    const std::string file = directory.path() / "password";
    const std::vector<std::string> arguments{"--dsn", "crm", "--password-file", file};
    write_text(file, " s3cret \r\nanother line\n");
    EXPECT_EQ(connection(arguments).password, " s3cret ");
    write_text(file, "\n");
    EXPECT_EQ(refusal(arguments).code(), ExitCode::bad_configuration);
    write_text(file, "s3cret", 0644);
    EXPECT_EQ(refusal(arguments).code(), ExitCode::bad_configuration);
}

TEST(Secrets, ComeFromFileThenCredentialThenEnvironment) {
    const TemporaryDirectory directory;
    const std::string credential = directory.path() / "crmaudit-password";
    const std::string file = directory.path() / "password";
    write_text(credential, "of systemd", 0440);
    write_text(file, "of the file", 0440);
    const Environment variable{{"CRMAUDIT_PASSWORD", "of the environment"}};
    Environment both = variable;
    both["CREDENTIALS_DIRECTORY"] = directory.path();
    EXPECT_EQ(connection({"--dsn", "crm"}, variable).password, "of the environment");
    EXPECT_EQ(connection({"--dsn", "crm"}, both).password, "of systemd");
    EXPECT_EQ(connection({"--dsn", "crm", "--password-file", file}, both).password, "of the file");
    EXPECT_EQ(connection({"--dsn", "crm"}).password, std::nullopt);
}

TEST(Secrets, TwoPasswordsAreOneTooMany) {
    const TemporaryDirectory directory;
    const std::string file = directory.path() / "connection";
    write_text(file, "DRIVER=x;PWD=s3cret;Database=crm");
    EXPECT_EQ(refusal({"--connect-file", file, "--password-file", file}).code(), ExitCode::usage);
}

TEST(Secrets, OneSourceIsNeededAndTheNearestLayerChooses) {
    EXPECT_EQ(refusal({}).code(), ExitCode::usage);
    EXPECT_EQ(refusal({"--dsn", "a", "--connect", "DSN=b"}).code(), ExitCode::usage);
    EXPECT_EQ(connection({"--dsn", "near"}, {{"CRMAUDIT_CONNECT", "DSN=far"}}).connection_string, "DSN=near;");
    EXPECT_EQ(refusal({"--dsn", "DRIVER=x;PWD=s3cret"}).code(), ExitCode::usage);
    EXPECT_EQ(refusal({"--connect", "no connection string"}).code(), ExitCode::usage);
}

TEST(Label, IsTheDataSourceOrTheDatabase) {
    EXPECT_EQ(connection({"--dsn", "crm"}).label, "crm");
    EXPECT_EQ(connection({"--connect", "DRIVER=SQLite3;Database=/srv/my crm.db"}).label, "my_crm");
    EXPECT_EQ(connection({"--connect", "DRIVER=x;Database=sales", "--label", "emea-1"}).label, "emea-1");
    EXPECT_EQ(refusal({"--connect", "DRIVER=x"}).code(), ExitCode::usage);
    for (const char* label : {"", "..", "a/b", "-a", ".a", "a b", "ä", "a~b"}) EXPECT_FALSE(is_label(label)) << label;
}

TEST(PrintConfig, ShowsOriginsAndHidesSecrets) {
    support::TestSurroundings surroundings;
    surroundings.value.environment = {{"CRMAUDIT_CONNECT", "DRIVER=x;UID=a;pwd={s3cret};Database=crm"},
                                      {"CRMAUDIT_PASSWORD", "s3cret"}};
    const std::string text =
        print_config(settings({"--lang", "de"}, surroundings.value.environment), surroundings.value);
    EXPECT_EQ(text.find("s3cret"), std::string::npos);
    EXPECT_NE(text.find("connect = DRIVER=x;UID=a;PWD=***;DATABASE=crm"), std::string::npos) << text;
    EXPECT_NE(text.find("# CRMAUDIT_CONNECT"), std::string::npos);
    EXPECT_NE(text.find("# --lang"), std::string::npos);
    EXPECT_NE(text.find("as-of = 2026-06-15"), std::string::npos);
}

}  // namespace
}  // namespace crmaudit::app
