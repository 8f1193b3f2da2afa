#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

/// A table of logins with 50 passwords read.
class Logins : public SmallCrm {
public:
    Logins() {
        sql("CREATE TABLE login (id INTEGER PRIMARY KEY, password TEXT, password_changed TIMESTAMP, locked BOOLEAN,"
            " secret BLOB);");
        content.extent = ContentExtent::sample;
        password().category = Category::credential;
        read({});
    }
    ColumnClassification& password() { return classified("login", "password"); }
    void read(std::vector<PatternCount> patterns) { password().content = ColumnContent{60, 50, 0, 0, patterns}; }
};

PatternCount seen(const char* pattern, std::int64_t whole) { return {pattern, Category::credential, false, whole, 0}; }

TEST(PlaintextCredential, HitForPasswordsThatNothingProtects) {
    Logins crm;
    const AuditResult result = crm.audit("plaintext_credential");
    EXPECT_EQ(summary(result), "found 50/50 login.password");
    EXPECT_TRUE(result.findings.at(0).sampled);
    EXPECT_EQ(result.findings.at(0).category, Category::credential);
}

TEST(PlaintextCredential, HitForTheRestBesideHashesAndNamesWeakOnes) {
    Logins crm;
    crm.read({seen("hash_bcrypt", 20), seen("hash_md5", 10), seen("token_jwt", 5)});
    EXPECT_EQ(summary(crm.audit("plaintext_credential", {{"weak", "hash_md5 hash_sha1"}})),
              "found 15/50 login.password weak_hash=10");
}

TEST(PlaintextCredential, HitIsNotTalkedAwayByOtherPatterns) {
    Logins crm;
    crm.read({{"email", Category::email, false, 30, 0}, seen("hash_bcrypt", 20)});
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "found 30/50 login.password");
}

TEST(PlaintextCredential, CleanForHashesAndTokens) {
    Logins crm;
    crm.read({seen("hash_argon2", 30), seen("hash_phpass", 15), seen("token_random", 5)});
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "clean");
    crm.read({{"hash_bcrypt", Category::credential, false, 0, 50}});
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "clean") << "with the name of the method before it";
}

TEST(PlaintextCredential, CleanForDatesFlagsAndColumnsOfOtherKinds) {
    Logins crm;
    crm.read({seen("hash_bcrypt", 50)});
    for (const char* column : {"password_changed", "locked"}) {
        crm.classified("login", column).category = Category::credential;
        crm.classified("login", column).content = ColumnContent{50, 50, 0, 0, {}};
    }
    crm.classified("person", "email").content = ColumnContent{50, 50, 0, 0, {}};
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "clean");
}

TEST(PlaintextCredential, CleanWhenNothingIsFilled) {
    Logins crm;
    crm.password().content = ColumnContent{60, 0, 0, 0, {}};
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "clean");
}

TEST(PlaintextCredential, MappingMissingContentIsAGap) {
    Logins crm;
    crm.has_profile = false;
    crm.content.extent = ContentExtent::none;
    crm.password().content.reset();
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "not_checked [ content_not_read]");
}

TEST(PlaintextCredential, MappingMissingContentOfOneSecretIsAGapOfItsOwn) {
    Logins crm;
    crm.read({seen("hash_bcrypt", 50)});
    crm.classified("login", "secret").category = Category::credential;
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "not_checked [login.secret content_not_read]");
    crm.content.gaps = {{"login.secret", "forbidden: 42501"}};
    EXPECT_EQ(summary(crm.audit("plaintext_credential")), "not_checked [login.secret forbidden: 42501]");
}

}  // namespace
}  // namespace crmaudit::testing
