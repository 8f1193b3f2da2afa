#include "auditor/app/subject_file.h"

#include <gtest/gtest.h>

#include "auditor/app/exit_code.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::app {
namespace {

std::string refused(const std::string& text) {
    try {
        parse_subject("request", text);
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.code(), ExitCode::bad_configuration);
        const std::string message = failure.what();
        for (const char* value : {"s3cret", "1999"}) EXPECT_EQ(message.find(value), std::string::npos) << message;
        return message;
    }
    return "accepted";
}

TEST(SubjectFile, NamesAPersonInOneOfThreeWays) {
    EXPECT_EQ(parse_subject("request", "\xEF\xBB\xBF# asked on Monday\r\n\r\nemail:  Anna@example.org \r\n").email,
              "Anna@example.org");
    const SubjectQuestion keys = parse_subject("request", "key: contact=a1\nkey: lead = 7, 8\nemail: a@b.de");
    ASSERT_EQ(keys.keys.size(), 2U);
    EXPECT_EQ(keys.keys[0].entity, "contact");
    EXPECT_EQ(keys.keys[0].values, std::vector<std::string>{"a1"});
    EXPECT_EQ(keys.keys[1].values, (std::vector<std::string>{"7", "8"}));
    const SubjectQuestion name = parse_subject("request", "birth-date: 1999-12-31\nname: Anna Muster: Dr.");
    EXPECT_EQ(name.name, "Anna Muster: Dr.");
    EXPECT_EQ(name.birth_date, parse_date("1999-12-31"));
}

TEST(SubjectFile, SaysLineAndReasonAndNeverTheValue) {
    EXPECT_EQ(refused(""), "request: it names nobody; write `email: …`");
    EXPECT_EQ(refused("# nobody\n"), "request: it names nobody; write `email: …`");
    EXPECT_EQ(refused("\ns3cret@example.org\n"),
              "request:2: a line is `email: …`, `key: ENTITY=VALUE`, `name: …` or `birth-date: YYYY-MM-DD`");
    EXPECT_EQ(refused("mail: s3cret@example.org\n"),
              "request:1: a line is `email: …`, `key: ENTITY=VALUE`, `name: …` or `birth-date: YYYY-MM-DD`");
    EXPECT_EQ(refused("email:\n"), "request:1: 'email' has no value");
    EXPECT_EQ(refused("email: s3cret@a.de\nemail: s3cret@b.de\n"),
              "request:2: 'email' is given twice; a request is about one person");
    for (const char* each :
         {"s3cret", "@s3cret", "s3cret@", "s3cret@a@b", "s3cret@a.de, s3cret@b.de", "<s3cret@a.de>"}) {
        EXPECT_EQ(refused(std::string{"email: "} + each), "request:1: the value of 'email' is no single address");
    }
    EXPECT_EQ(refused("name: s3cret\n"),
              "request: a name alone may be anybody's: give 'name' and 'birth-date' together");
    EXPECT_EQ(refused("birth-date: 1999-01-01\n"),
              "request: a name alone may be anybody's: give 'name' and 'birth-date' together");
    EXPECT_EQ(refused("name: s3cret\nbirth-date: 1999-02-30\n"),
              "request:2: the value of 'birth-date' is no date; write YYYY-MM-DD");
    EXPECT_EQ(refused("key: s3cret\n"), "request:1: a key is `key: ENTITY=VALUE`");
    EXPECT_EQ(refused("email: s3cret@a.de\nname: s3cret\nbirth-date: 1999-01-01\n"),
              "request: give one of 'email', 'key', or 'name' with 'birth-date'");
    EXPECT_EQ(refused("email: s3cret\x01@a.de"),
              "request:1: the value of 'email' holds control characters or is not UTF-8");
    EXPECT_EQ(refused("email: s3cret\xFF@a.de"),
              "request:1: the value of 'email' holds control characters or is not UTF-8");
    EXPECT_EQ(refused("name: " + std::string(400, 's')), "request:1: the value of 'name' is too long");
}

TEST(SubjectFile, IsNotReadWhereOthersMayReadIt) {
    const live::TemporaryDirectory place;
    const std::string path = place.path() / "request";
    support::write_text(path, "email: a@example.org\n", 0644);
    try {
        read_subject(path);
        FAIL() << "a file that all may read was taken";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string{failure.what()}.find("chmod 600"), std::string::npos) << failure.what();
    }
    support::write_text(place.path() / "own", "email: a@example.org\n");
    EXPECT_EQ(read_subject(place.path() / "own").email, "a@example.org");
}

}  // namespace
}  // namespace crmaudit::app
