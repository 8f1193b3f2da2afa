// Scripts for MySQL. They have been run on MariaDB only, which knows all that they use.
#pragma once

#include "reports/purge/mariadb_script.h"

namespace crmaudit::reports::purge {

/// Like MariaDB's; but MySQL knows compound statements only within a procedure, so the script makes one, calls it and
/// drops it.
class MysqlScript final : public MariadbScript {
public:
    explicit MysqlScript(const sql::Grammar& grammar) : MariadbScript(grammar) {}

    std::string_view client() const override { return "mysql"; }
    bool is_proven() const override { return false; }

protected:
    std::string block(const std::string& statements) const override;
    std::string_view passing_engine() const override { return " ENGINE = InnoDB"; }
    std::string_view for_empty_table() const override { return ""; }
};

}  // namespace crmaudit::reports::purge
