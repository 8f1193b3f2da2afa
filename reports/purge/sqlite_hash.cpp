#include "reports/purge/sqlite_hash.h"

namespace crmaudit::reports::purge {
namespace {

/// All bytes in their order, to find a byte's number and the byte of a number: nothing else does both.
std::string all_bytes() {
    constexpr const char* digits = "0123456789abcdef";
    std::string text = "x'";
    for (int high = 0; high < 16; ++high) {
        for (int low = 0; low < 16; ++low) text += std::string{digits[high]} + digits[low];
    }
    return text + "'";
}

/// The byte of number v.n with the bits of `pad` turned.
std::string turned(int pad) {
    const std::string bits = std::to_string(pad);
    return "substr(a.bytes, 1 + (v.n | " + bits + ") - (v.n & " + bits + "), 1)";
}

}  // namespace

std::string SqliteHash::normalised(const std::string& text) const {
    return "lower(trim(" + text + ", char(9, 10, 13, 32)))";
}

std::string SqliteHash::bytes_of(const std::string& text) const { return "CAST(" + text + " AS BLOB)"; }

std::string SqliteHash::hash(const std::string& bytes) const {
    return "lower(hex(sha3(CAST(k.outer_pad || sha3(CAST(k.inner_pad || " + bytes + " AS BLOB), 256) AS BLOB), 256)))";
}

std::string SqliteHash::key_row(const std::string& key) const {
    // A block of this hash has 136 bytes.
    return "WITH RECURSIVE a(bytes) AS (SELECT " + all_bytes() + "), f(key) AS (" + key +
           "), s(key) AS (SELECT CASE WHEN length(key) > 136 THEN sha3(key, 256) ELSE key END FROM f), v(i, n) AS "
           "(SELECT 0, 0 UNION ALL SELECT v.i + 1, CASE WHEN v.i < length(s.key) THEN instr(a.bytes, substr(s.key, v.i "
           "+ 1, 1)) - 1 ELSE 0 END FROM v, s, a WHERE v.i < 136), p(i, inner_pad, outer_pad) AS (SELECT 0, x'', x'' "
           "UNION ALL SELECT v.i, CAST(p.inner_pad || " +
           turned(0x36) + " AS BLOB), CAST(p.outer_pad || " + turned(0x5c) +
           " AS BLOB) FROM p, v, a WHERE v.i = p.i + 1) SELECT inner_pad, outer_pad FROM p WHERE i = 136";
}

std::string SqliteHash::place() const {
    return "ATTACH ':memory:' AS crmaudit_secret;\nDROP TABLE IF EXISTS crmaudit_secret.crmaudit_key_file;\nDROP TABLE "
           "IF EXISTS crmaudit_secret.crmaudit_key;\nCREATE TABLE crmaudit_secret.crmaudit_key_file (line TEXT);\n"
           "CREATE TABLE crmaudit_secret.crmaudit_key (inner_pad BLOB, outer_pad BLOB);\n";
}

std::string SqliteHash::read(const std::string& path) const {
    return "INSERT INTO crmaudit_secret.crmaudit_key_file SELECT rtrim(CAST(readfile(" + grammar_.text_literal(path) +
           ") AS TEXT), char(10, 13)) WHERE EXISTS (SELECT 1 FROM temp.crmaudit_token);\n";
}

std::string SqliteHash::is_key() const {
    // In another encoding the same text has other bytes. What follows a byte 0 is not looked at, but counted.
    return "(SELECT COUNT(*) = 1 AND MAX(length(line) BETWEEN 32 AND 1024 AND length(line) = length(CAST(line AS "
           "BLOB)) "
           "AND line NOT GLOB '*[^!-~]*') FROM crmaudit_secret.crmaudit_key_file) AND (SELECT encoding FROM "
           "pragma_encoding) = 'UTF-8'";
}

std::string SqliteHash::take() const {
    return "INSERT INTO crmaudit_secret.crmaudit_key " +
           key_row("SELECT CAST(line AS BLOB) AS key FROM crmaudit_secret.crmaudit_key_file") +
           ";\nDELETE FROM crmaudit_secret.crmaudit_key_file;\n";
}

std::string SqliteHash::forget() const { return "DETACH crmaudit_secret;\n"; }

}  // namespace crmaudit::reports::purge
