// Scripts for sqlite3, the shell of SQLite.
#pragma once

#include "reports/purge/script_grammar.h"
#include "reports/purge/sqlite_hash.h"

namespace crmaudit::reports::purge {

/// The shell knows no loops and goes on after errors. So a batch is a trigger on a temporary table: one INSERT is one
/// batch, whole or not at all, and takes the lock that keeps others from writing before it looks at anything.
class SqliteScript final : public ScriptGrammar {
public:
    explicit SqliteScript(const sql::Grammar& grammar) : ScriptGrammar(grammar), hash_(grammar) {}

    std::string_view client() const override { return "sqlite3"; }
    /// It knows no way to wait that is not a program of the operating system.
    bool can_pause() const override { return false; }
    std::string today() const override { return "date('now')"; }
    const KeyedHash& hash() const override { return hash_; }
    std::string is_database(const Source& source) const override;
    std::string columns_now(const TableName& table) const override;
    std::string references_now(const TouchedTable& table) const override;
    std::string references_as_audited(const TouchedTable& table) const override;
    std::string has_no_delete_trigger(const TableName& table) const override;
    std::string has_no_update_trigger(const TableName& table) const override;
    std::string is_plain(const TableName& table, const std::string& column) const override;
    std::string seconds() const override;
    std::string is_there(const TableName& table) const override;
    std::string counted() const override { return "(SELECT number FROM temp.crmaudit_counted)"; }
    std::vector<Check> own_checks(const Plan& plan, const Locale& locale) const override;
    std::string is_share(const std::string& table, std::int64_t percent) const override;
    std::string row_of(const std::string& table) const override { return table; }
    std::string in_batch() const override;
    std::string rows_of_batch(const std::string& name, const std::string& select) const override;
    std::string work_table(const TableName& beside, const std::string& name) const override;
    std::string batch_table(const TableName& beside, const std::string& name) const override;
    std::string dry_run(const Script& script) const override;
    std::string archive(const Script& script) const override;
    std::string purge(const Script& script) const override;
    std::string verify(const Script& script) const override;

private:
    std::string guard(const Script& script) const;
    std::string batches(const StepSql& step, const Script& script, std::size_t number) const;
    static std::string listed(const StepSql& step);
    std::string deleted_alone(const StepSql& step) const;
    std::string one_batch(const StepSql& step) const;
    static std::string changed(const ChangeSql& change);
    std::string has_no_trigger(const TableName& table, const std::string& event) const;
    /// Reads the key and gives the token back only when it is the right one.
    std::string unlock(const Script& script) const;

    SqliteHash hash_;
};

}  // namespace crmaudit::reports::purge
