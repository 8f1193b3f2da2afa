#include "reports/purge/postgresql_hash.h"

namespace crmaudit::reports::purge {
namespace {

/// The key filled up with zeros to a block of 64 bytes, each byte with the bits of `pad` turned.
std::string padded(int pad) {
    return "(SELECT string_agg(set_byte(decode('00', 'hex'), 0, (CASE WHEN i < length(s.key) THEN get_byte(s.key, i) "
           "ELSE 0 END) # " +
           std::to_string(pad) + "), decode('', 'hex') ORDER BY i) FROM generate_series(0, 63) i)";
}

}  // namespace

std::string PostgresqlHash::normalised(const std::string& text) const {
    return "translate(btrim(" + text +
           ", chr(9) || chr(10) || chr(13) || chr(32)), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')";
}

std::string PostgresqlHash::bytes_of(const std::string& text) const { return "convert_to(" + text + ", 'UTF8')"; }

std::string PostgresqlHash::hash(const std::string& bytes) const {
    return "encode(sha256(k.outer_pad || sha256(k.inner_pad || " + bytes + ")), 'hex')";
}

std::string PostgresqlHash::key_row(const std::string& key) const {
    return "SELECT " + padded(0x36) + " AS inner_pad, " + padded(0x5c) +
           " AS outer_pad FROM (SELECT CASE WHEN length(f.key) > 64 THEN sha256(f.key) ELSE f.key END AS key FROM (" +
           key + ") f) s";
}

std::string PostgresqlHash::place() const { return forget() + "CREATE TEMP TABLE crmaudit_key_file (line text);\n"; }

std::string PostgresqlHash::read(const std::string& path) const {
    std::string name;
    for (const char c : path) name += c == '\'' ? "''" : std::string{c};
    // Characters that no key holds: a line that COPY cannot take apart would stand in the server's log.
    return "\\copy pg_temp.crmaudit_key_file FROM '" + name +
           "' WITH (FORMAT csv, DELIMITER E'\\x1f', QUOTE E'\\x1e', ESCAPE E'\\x1e', NULL E'\\x1d')\n";
}

std::string PostgresqlHash::is_key() const {
    return "(SELECT COUNT(*) = 1 AND bool_and(length(line) BETWEEN 32 AND 1024 AND line COLLATE \"C\" ~ '^[!-~]+$') "
           "FROM pg_temp.crmaudit_key_file)";
}

std::string PostgresqlHash::take() const {
    return "CREATE TEMP TABLE crmaudit_key AS " +
           key_row("SELECT " + bytes_of("line") + " AS key FROM pg_temp.crmaudit_key_file") +
           ";\nDROP TABLE pg_temp.crmaudit_key_file;\n";
}

std::string PostgresqlHash::forget() const {
    return "DROP TABLE IF EXISTS pg_temp.crmaudit_key_file;\nDROP TABLE IF EXISTS pg_temp.crmaudit_key;\n";
}

}  // namespace crmaudit::reports::purge
