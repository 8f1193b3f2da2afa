// HMAC-SHA-256 in SQL Server's own functions. Its client has no way to send a file unseen, as what it puts in place of
// a variable stands in the statement: the server reads the file, and keeps the key where only the session finds it, in
// memory.
#pragma once

#include "auditor/sql/grammar.h"
#include "reports/purge/keyed_hash.h"

namespace crmaudit::reports::purge {

class SqlserverHash final : public KeyedHash {
public:
    explicit SqlserverHash(const sql::Grammar& grammar) : grammar_(grammar) {}

    std::string_view algorithm() const override { return "hmac-sha-256"; }
    std::string normalised(const std::string& text) const override;
    std::string bytes_of(const std::string& text) const override;
    std::string hash(const std::string& bytes) const override;
    std::string key_table() const override;
    std::string key_row(const std::string& key) const override;
    std::optional<Precondition> precondition() const override;
    std::string place() const override;
    std::string read(const std::string& path) const override;
    std::string is_key() const override;
    std::string take() const override { return {}; }
    std::string forget() const override;

private:
    const sql::Grammar& grammar_;
};

}  // namespace crmaudit::reports::purge
