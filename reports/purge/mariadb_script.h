// Scripts for mariadb, the client of MariaDB.
#pragma once

#include "reports/purge/mariadb_hash.h"
#include "reports/purge/script_grammar.h"

namespace crmaudit::reports::purge {

/// Guard and batches are one compound statement, which an error ends, whatever the client does then. A batch locks its
/// persons and finds out who goes by INSERT … SELECT, which under REPEATABLE READ reads what is committed and locks the
/// rows that it reads and the gaps between them: nothing that would keep a person can be added before the batch is
/// over.
class MariadbScript : public ScriptGrammar {
public:
    explicit MariadbScript(const sql::Grammar& grammar) : ScriptGrammar(grammar), hash_(grammar) {}

    std::string_view client() const override { return "mariadb"; }
    std::string today() const override { return "DATE_FORMAT(CURRENT_DATE, '%Y-%m-%d')"; }
    const KeyedHash& hash() const override { return hash_; }
    std::string is_database(const Source& source) const override;
    std::string columns_now(const TableName& table) const override;
    std::string references_now(const TouchedTable& table) const override;
    std::string references_as_audited(const TouchedTable& table) const override;
    std::string has_no_delete_trigger(const TableName& table) const override;
    std::string has_no_update_trigger(const TableName& table) const override;
    std::string is_plain(const TableName& table, const std::string& column) const override;
    bool dates_changes() const override { return true; }
    std::string joined(const std::vector<std::string>& texts) const override;
    std::string seconds() const override;
    std::string copied_table(const std::string& table, const std::string& select) const override;
    std::string new_table(const std::string& table, const std::string& definition) const override;
    std::string is_there(const TableName& table) const override;
    std::string counted() const override { return "crmaudit_found"; }
    std::vector<Check> own_checks(const Plan& plan, const Locale& locale) const override;
    std::string is_share(const std::string& table, std::int64_t percent) const override;
    std::string in_batch() const override { return "n > crmaudit_at AND n <= crmaudit_to"; }
    std::string work_table(const TableName& beside, const std::string& name) const override;
    std::string batch_table(const TableName& beside, const std::string& name) const override;
    std::string found_table(const TableName& beside, const std::string& name) const override;
    std::string dry_run(const Script& script) const override;
    std::string archive(const Script& script) const override;
    std::string purge(const Script& script) const override;
    std::string verify(const Script& script) const override;

protected:
    /// Runs statements as one: an error ends all of them.
    virtual std::string block(const std::string& statements) const;

    /// The kind of a temporary table that is filled fastest.
    virtual std::string_view passing_engine() const { return " ENGINE = Aria"; }

    /// What lets a statement fill an empty table at once, its indexes sorted and not row by row. Nothing refers to such
    /// a table, and keys differ; that holds for the one statement alone.
    virtual std::string_view for_empty_table() const {
        return "SET STATEMENT unique_checks = 0, foreign_key_checks = 0 FOR ";
    }

private:
    /// A compound statement that begins with the guard.
    std::string guarded(const Script& script, const std::string& body) const;
    std::string batches(const StepSql& step, const Script& script) const;
    std::string listed(const StepSql& step) const;
    std::string one_batch(const StepSql& step) const;
    std::string looked_at(const StepSql& step) const;
    static std::string deleted(const StepSql& step, const std::string& condition);
    static std::string changed(const ChangeSql& change);
    std::string has_no_trigger(const TableName& table, const std::string& event) const;
    /// The same once the guard has passed and the key was read.
    std::string with_key(const Script& script, const std::string& body) const;
    std::string stops(const std::vector<Check>& checks) const;

    MariadbHash hash_;
};

}  // namespace crmaudit::reports::purge
