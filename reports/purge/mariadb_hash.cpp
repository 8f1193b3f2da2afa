#include "reports/purge/mariadb_hash.h"

namespace crmaudit::reports::purge {
namespace {

/// The key, as `s.digits`, with the bits of `pad` turned, four bytes at a time: integers are all that can be turned.
std::string padded(unsigned pad) {
    std::string parts;
    for (int at = 1; at <= 128; at += 8) {
        parts += (parts.empty() ? "" : ", ") + std::string{"LPAD(HEX(CAST(CONV(SUBSTR(s.digits, "} +
                 std::to_string(at) + ", 8), 16, 10) AS UNSIGNED) ^ " + std::to_string(pad) + "), 8, '0')";
    }
    return "UNHEX(CONCAT(" + parts + "))";
}

}  // namespace

std::string MariadbHash::normalised(const std::string& text) const {
    const std::string blanks = "[', CHAR(9, 10, 13, 32 USING utf8mb4), ']+";
    std::string lower = "REGEXP_REPLACE(CONVERT(" + text + " USING utf8mb4) COLLATE utf8mb4_bin, CONCAT('^" + blanks +
                        "|" + blanks + "$'), '')";
    for (char c = 'A'; c <= 'Z'; ++c) {
        lower = "REPLACE(" + lower + ", '" + c + "', '" + static_cast<char>(c - 'A' + 'a') + "')";
    }
    return lower;
}

std::string MariadbHash::bytes_of(const std::string& text) const {
    return "CAST(CONVERT(" + text + " USING utf8mb4) AS BINARY)";
}

std::string MariadbHash::hash(const std::string& bytes) const {
    return "SHA2(CONCAT(k.outer_pad, UNHEX(SHA2(CONCAT(k.inner_pad, " + bytes + "), 256))), 256)";
}

std::string MariadbHash::key_row(const std::string& key) const {
    return "SELECT " + padded(0x36363636) + " AS inner_pad, " + padded(0x5c5c5c5c) +
           " AS outer_pad FROM (SELECT RPAD(CASE WHEN LENGTH(f.`key`) > 64 THEN SHA2(f.`key`, 256) ELSE HEX(f.`key`) "
           "END, 128, '0') AS digits FROM (" +
           key + ") f) s";
}

std::optional<KeyedHash::Precondition> MariadbHash::precondition() const {
    // Unless it holds rows, the binary log repeats the file that a statement loads.
    return Precondition{"purge.guard.key_logged", "@@log_bin = 0 OR @@sql_log_bin = 0 OR @@binlog_format = 'ROW'"};
}

std::string MariadbHash::place() const {
    // In memory: what a temporary table holds elsewhere is written to a file.
    return forget() + "CREATE TEMPORARY TABLE crmaudit_key_file (line VARBINARY(2048)) ENGINE = MEMORY;\n";
}

std::string MariadbHash::read(const std::string& path) const {
    return "LOAD DATA LOCAL INFILE " + grammar_.text_literal(path) +
           " INTO TABLE crmaudit_key_file CHARACTER SET binary FIELDS TERMINATED BY '' ENCLOSED BY '' ESCAPED BY '' "
           "LINES TERMINATED BY 0x0A (line);\n";
}

std::string MariadbHash::is_key() const {
    return "(SELECT COUNT(*) = 1 AND MAX(LENGTH(line) BETWEEN 32 AND 1024 AND CONVERT(line USING latin1) COLLATE "
           "latin1_bin "
           "REGEXP CONCAT('^[!-~]+', CHAR(13), '?$')) FROM crmaudit_key_file)";
}

std::string MariadbHash::take() const {
    return "CREATE TEMPORARY TABLE crmaudit_key (inner_pad VARBINARY(64), outer_pad VARBINARY(64)) ENGINE = MEMORY "
           "AS " +
           key_row("SELECT TRIM(TRAILING 0x0D FROM line) AS `key` FROM crmaudit_key_file") +
           ";\nDROP TEMPORARY TABLE crmaudit_key_file;\n";
}

std::string MariadbHash::forget() const {
    return "DROP TEMPORARY TABLE IF EXISTS crmaudit_key_file;\nDROP TEMPORARY TABLE IF EXISTS crmaudit_key;\n";
}

}  // namespace crmaudit::reports::purge
