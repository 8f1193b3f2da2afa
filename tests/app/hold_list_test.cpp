#include "auditor/app/hold_list.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/catalog_builder.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::app {
namespace {

class HoldFiles : public ::testing::Test {
protected:
    HoldList read(const std::string& text) {
        support::write_text(path(), text);
        return read_hold_list({"contact", path(), "--hold-file"});
    }

    std::string refused(const std::string& text) {
        try {
            read(text);
        } catch (const Failure& failure) {
            EXPECT_EQ(failure.code(), ExitCode::bad_configuration);
            EXPECT_EQ(std::string{failure.what()}.find("k3y"), std::string::npos) << failure.what();
            const std::string message = failure.what();
            return message.substr(message.find(path()) + path().size());
        }
        return "accepted";
    }

    std::string path() const { return place_.path() / "holds"; }

    live::TemporaryDirectory place_;
};

TEST_F(HoldFiles, HoldOneKeyALine) {
    const HoldList list = read("\xEF\xBB\xBF# case 17\r\n k3y-1 \r\n\r\n\xC3\xA4k3y\n0042");
    ASSERT_EQ(list.keys.size(), 3U);
    EXPECT_EQ(list.keys[0].key, "k3y-1");
    EXPECT_EQ(list.keys[0].line, 2);
    EXPECT_EQ(list.keys[1].line, 4);
    EXPECT_EQ(list.keys[2].key, "0042");
}

TEST_F(HoldFiles, RefuseGarbageByItsLine) {
    const std::string why = ": this line is no key; write one key a line and nothing else";
    EXPECT_EQ(refused("k3y\nk3y two\n"), ":2" + why);
    EXPECT_EQ(refused("k3y,k3y\n"), ":1" + why);
    EXPECT_EQ(refused("k3y;1\n"), ":1" + why);
    EXPECT_EQ(refused("\"k3y\"\n"), ":1" + why);
    EXPECT_EQ(refused(std::string{"k3y\0\n", 5}), ":1" + why);
    EXPECT_EQ(refused(std::string(256, 'k')), ":1" + why);
}

TEST_F(HoldFiles, RefuseTheEmptyAndTheHuge) {
    EXPECT_EQ(refused("\n# k3y\n"), ": it holds no key; remove it from the configuration");
    std::string many;
    for (int i = 0; i < 10001; ++i) many += "k3y" + std::to_string(i) + "\n";
    EXPECT_EQ(refused(many), ":10001: more than 10000 keys; put them into a table and name it with --hold");
}

TEST_F(HoldFiles, AreForTheirOwnerAlone) {
    support::write_text(path(), "k3y\n");
    ::chmod(path().c_str(), 0644);
    try {
        read_hold_list({"contact", path(), "--hold-file"});
        FAIL() << "accepted";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string{failure.what()}.find("chmod 600"), std::string::npos) << failure.what();
    }
}

TEST_F(HoldFiles, BelongToAnEntityWhoseKeysAreLikeThem) {
    const Catalog catalog = crmaudit::testing::catalog().table("people").column("id", "bigint").build();
    Entity contact;
    contact.name = "contact";
    contact.table = catalog.tables.front().name;
    contact.key = {"id"};
    const auto keys = [&](const std::string& text, const std::string& entity = "contact") {
        HoldList list = read(text);
        list.file.entity = entity;
        return keys_by_entity({list}, {contact}, catalog);
    };
    EXPECT_EQ(keys("7\n-8\n"), (sql::KeyLists{{"contact", {"7", "-8"}}}));
    try {
        keys("7\nk3y\n");
        FAIL() << "accepted";
    } catch (const Failure& failure) {
        EXPECT_EQ(std::string{failure.what()},
                  "the hold file " + path() + ":2: the keys of 'contact' are numbers, this line holds none");
    }
    try {
        keys("7\n", "contcat");
        FAIL() << "accepted";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string{failure.what()}.find("did you mean 'contact'?"), std::string::npos) << failure.what();
    }
}

}  // namespace
}  // namespace crmaudit::app
