#include "reports/purge/sqlserver_hash.h"

namespace crmaudit::reports::purge {
namespace {

/// Any collation of this code page turns text into the same bytes.
constexpr const char* utf8 = "Latin1_General_100_CI_AS_SC_UTF8";

/// Elsewhere letters are the same with and without their accents, and blanks the same as nothing.
constexpr const char* exact = " COLLATE Latin1_General_100_BIN2";

/// The block of a key, as `s.block`, with the bits of `pad` turned, four bytes at a time: integers are all that can be
/// turned.
std::string padded(int pad) {
    std::string parts;
    for (int at = 1; at <= 64; at += 4) {
        parts += (parts.empty() ? "" : " + ") + std::string{"CAST(CAST(SUBSTRING(s.block, "} + std::to_string(at) +
                 ", 4) AS int) ^ " + std::to_string(pad) + " AS binary(4))";
    }
    return parts;
}

std::string kept(const std::string& name) { return "SESSION_CONTEXT(N'crmaudit_" + name + "')"; }

std::string keep(const std::string& name, const std::string& value) {
    return "EXEC sp_set_session_context N'crmaudit_" + name + "', " + value + ";\n";
}

}  // namespace

std::string SqlserverHash::normalised(const std::string& text) const {
    // A text that as_text has made compares character by character.
    return "TRANSLATE(TRIM(CONCAT(NCHAR(9), NCHAR(10), NCHAR(13), NCHAR(32)) FROM " + text +
           "), N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz')";
}

std::string SqlserverHash::bytes_of(const std::string& text) const {
    // A text keeps its collation when it is cast, and so takes the encoding.
    return "CAST(CAST((" + text + ") COLLATE " + utf8 + " AS varchar(max)) AS varbinary(max))";
}

std::string SqlserverHash::hash(const std::string& bytes) const {
    return "LOWER(CONVERT(varchar(64), HASHBYTES('SHA2_256', k.outer_pad + HASHBYTES('SHA2_256', k.inner_pad + " +
           bytes + ")), 2))";
}

std::string SqlserverHash::key_table() const {
    return "(SELECT CAST(" + kept("inner_pad") + " AS varbinary(64)) AS inner_pad, CAST(" + kept("outer_pad") +
           " AS varbinary(64)) AS outer_pad)";
}

std::string SqlserverHash::key_row(const std::string& key) const {
    return "SELECT " + padded(0x36363636) + " AS inner_pad, " + padded(0x5c5c5c5c) +
           " AS outer_pad FROM (SELECT CAST(CASE WHEN DATALENGTH(f.[key]) > 64 THEN HASHBYTES('SHA2_256', f.[key]) "
           "ELSE f.[key] END AS binary(64)) AS block FROM (" +
           key + ") f) s";
}

std::optional<KeyedHash::Precondition> SqlserverHash::precondition() const {
    return Precondition{"purge.guard.key_unreadable",
                        "HAS_PERMS_BY_NAME(NULL, NULL, N'ADMINISTER BULK OPERATIONS') = 1 AND COLLATIONPROPERTY(N'" +
                            std::string{utf8} + "', 'CodePage') = 65001"};
}

std::string SqlserverHash::place() const {
    return forget() + "DECLARE @inner_pad varbinary(64), @outer_pad varbinary(64);\n";
}

std::string SqlserverHash::read(const std::string& path) const {
    // One statement from the file to the pads: a variable with the key in a query could stand in its plan. What is
    // cut off here is longer than a key may be.
    const std::string line = "SELECT TRIM(CONCAT(NCHAR(10), NCHAR(13)) FROM CAST(b.BulkColumn AS nvarchar(1100))" +
                             std::string{exact} + ") AS line FROM OPENROWSET(BULK " + grammar_.text_literal(path) +
                             ", SINGLE_CLOB) AS b";
    const std::string key = "SELECT CAST(CAST(t.line AS varchar(1024)) AS varbinary(1024)) AS [key] FROM (" + line +
                            ") t WHERE DATALENGTH(t.line) BETWEEN 64 AND 2048 AND t.line NOT LIKE N'%[^!-~]%'";
    return "SELECT @inner_pad = p.inner_pad, @outer_pad = p.outer_pad FROM (" + key_row(key) + ") p;\n" +
           keep("inner_pad", "@inner_pad") + keep("outer_pad", "@outer_pad");
}

std::string SqlserverHash::is_key() const { return kept("inner_pad") + " IS NOT NULL"; }

std::string SqlserverHash::forget() const { return keep("inner_pad", "NULL") + keep("outer_pad", "NULL"); }

}  // namespace crmaudit::reports::purge
