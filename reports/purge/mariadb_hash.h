// HMAC-SHA-256 in the functions of MariaDB and MySQL; the client sends the key's file as the data of a LOAD DATA.
#pragma once

#include "auditor/sql/grammar.h"
#include "reports/purge/keyed_hash.h"

namespace crmaudit::reports::purge {

class MariadbHash final : public KeyedHash {
public:
    explicit MariadbHash(const sql::Grammar& grammar) : grammar_(grammar) {}

    std::string_view algorithm() const override { return "hmac-sha-256"; }
    std::string normalised(const std::string& text) const override;
    std::string bytes_of(const std::string& text) const override;
    std::string hash(const std::string& bytes) const override;
    std::string key_table() const override { return "crmaudit_key"; }
    std::string key_row(const std::string& key) const override;
    std::optional<Precondition> precondition() const override;
    std::string place() const override;
    std::string read(const std::string& path) const override;
    std::string is_key() const override;
    std::string take() const override;
    std::string forget() const override;

private:
    const sql::Grammar& grammar_;
};

}  // namespace crmaudit::reports::purge
