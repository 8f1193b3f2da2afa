// The hash that outlives a person, as each database works it out, against published vectors and a hash that is not
// ours.
#include <gtest/gtest.h>

#include <memory>
#include <regex>

#include "connectors/database.h"
#include "reports/purge/mariadb_hash.h"
#include "reports/purge/postgresql_hash.h"
#include "reports/purge/sqlite_hash.h"
#include "reports/purge/sqlserver_hash.h"
#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using reports::purge::KeyedHash;

std::string hex(const std::string& bytes) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char c : bytes) text += std::string{digits[c >> 4]} + digits[c & 15];
    return text;
}

std::string times(int count, const std::string& byte) {
    std::string text;
    for (int i = 0; i < count; ++i) text += byte;
    return text;
}

struct Vector {
    std::string key;
    std::string data;
    std::string hmac_sha_256;
};

/// RFC 4231, all test cases but the fifth, whose result is cut; hexadecimal.
const std::vector<Vector> vectors{
    {times(20, "0b"), hex("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {hex("Jefe"), hex("what do ya want for nothing?"),
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {times(20, "aa"), times(50, "dd"), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {"0102030405060708090a0b0c0d0e0f10111213141516171819", times(50, "cd"),
     "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
    {times(131, "aa"), hex("Test Using Larger Than Block-Size Key - Hash Key First"),
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {times(131, "aa"),
     hex("This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
         "hashed before being used by the HMAC algorithm."),
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
};

const std::string some_key = hex("0123456789abcdef0123456789abcdef");

/// Addresses, and the bytes that are hashed of them, hexadecimal.
const std::vector<std::pair<std::string, std::string>> addresses{
    {"  \t Erika.MUSTER@Example.ORG\r\n ", hex("erika.muster@example.org")},
    {"a \t b", hex("a \t b")},
    {"AZ[`az{@O'Brien.\\x", hex("az[`az{@o'brien.\\x")},
    // No database is asked what the lower case of other letters is: they would not agree.
    {"M\xc3\x9cLLER@x", hex("m\xc3\x9cller@x")},
    {"\xc3\xb6\xe2\x82\xac\xf0\x9f\x99\x82@x", hex("\xc3\xb6\xe2\x82\xac\xf0\x9f\x99\x82@x")}};

/// Lengths of keys and of data around the ends of blocks.
constexpr int lengths[] = {1, 55, 63, 64, 65, 135, 136, 137, 200};

/// The HMAC by OpenSSL.
std::string independent(const std::string& digest, const std::string& key, const std::string& data) {
    const std::string said =
        support::run("printf '" + data + "' | xxd -r -p | openssl dgst -" + digest + " -mac HMAC -macopt hexkey:" + key)
            .output;
    return said.substr(said.rfind(' ') + 1, 64);
}

class KeyedHashes : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam(), "", std::vector<std::string>{}};
    std::unique_ptr<KeyedHash> hash = make();

    static const sql::Grammar& grammar() { return *connectors::find_grammar(to_string(GetParam())); }

    static std::unique_ptr<KeyedHash> make() {
        switch (GetParam()) {
            case Product::sqlite: return std::make_unique<reports::purge::SqliteHash>(grammar());
            case Product::postgresql: return std::make_unique<reports::purge::PostgresqlHash>(grammar());
            default: return std::make_unique<reports::purge::MariadbHash>(grammar());
        }
    }

    static std::string bytes(const std::string& digits) {
        return GetParam() == Product::postgresql ? "decode('" + digits + "', 'hex')" : "x'" + digits + "'";
    }

    std::string hashed(const std::string& key, const std::string& data) {
        const char* name = GetParam() == Product::mariadb ? " AS `key`" : " AS key";
        std::string text =
            crm.rows("SELECT " + hash->hash(data) + " FROM (" + hash->key_row("SELECT " + bytes(key) + name) + ") k");
        if (text.ends_with('\n')) text.pop_back();
        return text;
    }
};

TEST_P(KeyedHashes, AgreeWithPublishedVectors) {
    for (const Vector& each : vectors) {
        ASSERT_EQ(independent("sha256", each.key, each.data), each.hmac_sha_256);
        const std::string expected =
            hash->algorithm() == "hmac-sha-256" ? each.hmac_sha_256 : independent("sha3-256", each.key, each.data);
        EXPECT_EQ(hashed(each.key, bytes(each.data)), expected) << each.key;
    }
}

TEST_P(KeyedHashes, AgreeAtTheEndsOfBlocks) {
    const std::string digest = hash->algorithm() == "hmac-sha-256" ? "sha256" : "sha3-256";
    for (const int length : lengths) {
        const std::string key = times(length, "36");
        EXPECT_EQ(hashed(key, bytes(times(length, "00"))), independent(digest, key, times(length, "00"))) << length;
    }
}

TEST_P(KeyedHashes, AreOfTheBytesOfANormalisedAddress) {
    const std::string digest = hash->algorithm() == "hmac-sha-256" ? "sha256" : "sha3-256";
    for (const auto& [address, bytes] : addresses) {
        EXPECT_EQ(hashed(some_key, hash->bytes_of(hash->normalised(grammar().text_literal(address)))),
                  independent(digest, some_key, bytes))
            << address;
    }
}

/// SQL Server's expressions in PostgreSQL's words, as no SQL Server is at hand to work them out: this holds what is put
/// together from its functions, and not what they do.
class SqlserverHashes : public ::testing::Test {
protected:
    SqlserverHashes() {
        for (const char* definition :
             {"FUNCTION hashbytes(text, bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT CASE $1 WHEN 'SHA2_256' THEN "
              "sha256($2) END $$",
              "FUNCTION datalength(bytea) RETURNS int LANGUAGE sql AS $$ SELECT length($1) $$",
              "FUNCTION binary_4(int) RETURNS bytea LANGUAGE sql AS $$ SELECT int4send($1) $$",
              "FUNCTION binary_64(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT substr($1 || decode(repeat('00', 64), "
              "'hex'), 1, 64) $$",
              "FUNCTION int_of(bytea) RETURNS int LANGUAGE sql AS $$ SELECT ('x' || encode($1, 'hex'))::bit(32)::int "
              "$$",
              "FUNCTION one_behind_the_other(bytea, bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT $1 || $2 $$",
              "OPERATOR + (LEFTARG = bytea, RIGHTARG = bytea, FUNCTION = one_behind_the_other)",
              "FUNCTION one_behind_the_other(text, text) RETURNS text LANGUAGE sql AS $$ SELECT $1 || $2 $$",
              "OPERATOR + (LEFTARG = text, RIGHTARG = text, FUNCTION = one_behind_the_other)"}) {
            crm.sql(std::string{"CREATE "} + definition);
        }
    }

    static std::string in_postgresql(std::string sql) {
        for (const auto& [words, others] : std::vector<std::pair<std::string, std::string>>{
                 {R"(CAST\(CAST\((SUBSTRING\(s\.block, \d+, 4\)) AS int\) \^ (\d+) AS binary\(4\)\))",
                  "binary_4(int_of($1) # $2)"},
                 {R"(CAST\((CASE WHEN .* END) AS binary\(64\)\))", "binary_64($1)"},
                 {R"(CONVERT\(varchar\(64\), (.*), 2\))", "encode($1, 'hex')"},
                 {R"(CAST\(CAST\((.*) COLLATE \w+_UTF8 AS varchar\(max\)\) AS varbinary\(max\)\))",
                  "convert_to($1, 'UTF8')"},
                 {" COLLATE Latin1_General_100_BIN2", ""},
                 {R"(\bN')", "'"},
                 {R"(\bNCHAR\()", "chr("},
                 {R"(\[key\])", "key"}}) {
            sql = std::regex_replace(sql, std::regex{words}, others);
        }
        return sql;
    }

    std::string hashed(const std::string& key, const std::string& data) {
        std::string text =
            crm.rows(in_postgresql("SELECT " + hash.hash(data) + " FROM (" +
                                   hash.key_row("SELECT decode('" + key + "', 'hex') AS [key]") + ") k"));
        if (text.ends_with('\n')) text.pop_back();
        return text;
    }

    PurgeCrm crm{Product::postgresql, "", std::vector<std::string>{}};
    const sql::Grammar& grammar = *connectors::find_grammar("mssql");
    reports::purge::SqlserverHash hash{grammar};
};

TEST_F(SqlserverHashes, AgreeWithPublishedVectors) {
    for (const Vector& each : vectors) {
        EXPECT_EQ(hashed(each.key, "decode('" + each.data + "', 'hex')"), each.hmac_sha_256) << each.key;
    }
    for (const int length : lengths) {
        const std::string key = times(length, "b6");
        const std::string data = times(length, "00");
        EXPECT_EQ(hashed(key, "decode('" + data + "', 'hex')"), independent("sha256", key, data)) << length;
    }
}

TEST_F(SqlserverHashes, AreOfTheBytesOfANormalisedAddress) {
    for (const auto& [address, bytes] : addresses) {
        EXPECT_EQ(hashed(some_key, hash.bytes_of(hash.normalised(grammar.text_literal(address)))),
                  independent("sha256", some_key, bytes))
            << address;
    }
}

INSTANTIATE_TEST_SUITE_P(Products, KeyedHashes, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
