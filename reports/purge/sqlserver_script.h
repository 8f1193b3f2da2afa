// Scripts for sqlcmd, the client of SQL Server. They are parsed in tests and have never been run.
#pragma once

#include "reports/purge/script_grammar.h"
#include "reports/purge/sqlserver_hash.h"

namespace crmaudit::reports::purge {

/// The client goes on after errors where it is not told otherwise, batch by batch. So the token is dropped in the first
/// batch, made at the end of the guard's, and asked for by every statement that changes anything. A batch of persons
/// reads under SERIALIZABLE: what it has read, and the gaps between, stay as they are until it is over.
class SqlserverScript final : public ScriptGrammar {
public:
    explicit SqlserverScript(const sql::Grammar& grammar) : ScriptGrammar(grammar), hash_(grammar) {}

    std::string_view client() const override { return "sqlcmd"; }
    bool is_proven() const override { return false; }
    bool can_write(std::string_view name) const override;
    std::string today() const override { return "CONVERT(varchar(10), SYSDATETIME(), 23)"; }
    const KeyedHash& hash() const override { return hash_; }
    std::string is_database(const Source& source) const override;
    std::string columns_now(const TableName& table) const override;
    std::string references_now(const TouchedTable& table) const override;
    std::string references_as_audited(const TouchedTable& table) const override;
    std::string has_no_delete_trigger(const TableName& table) const override;
    std::string has_no_update_trigger(const TableName& table) const override;
    std::string is_plain(const TableName& table, const std::string& column) const override;
    std::string copied_table(const std::string& table, const std::string& select) const override;
    std::string joined(const std::vector<std::string>& texts) const override;
    std::string seconds() const override;
    std::string new_table(const std::string& table, const std::string& definition) const override;
    std::string is_there(const TableName& table) const override;
    std::string counted() const override { return "@found"; }
    std::vector<Check> own_checks(const Plan& plan, const Locale& locale) const override;
    std::string is_share(const std::string& table, std::int64_t percent) const override;
    std::string in_batch() const override { return "n > @at AND n <= @to"; }
    std::string work_table(const TableName& beside, const std::string& name) const override;
    std::string batch_table(const TableName& beside, const std::string& name) const override;
    std::string dry_run(const Script& script) const override;
    std::string archive(const Script& script) const override;
    std::string purge(const Script& script) const override;
    std::string verify(const Script& script) const override;

private:
    std::string object(const TableName& table) const;
    std::string drop(const std::string& table) const;
    std::string drop_temporary(const std::string& table) const;
    std::string guard(const Script& script, bool reads_key = false) const;
    std::string with_key(const KeyUse& key) const;
    std::string tables(const StepSql& step) const;
    std::string batches(const StepSql& step, const Script& script) const;
    std::string has_no_trigger(const TableName& table, const std::string& event) const;
    std::string unless_there(const std::string& table) const;
    std::string one_batch(const StepSql& step) const;
    static std::string changed(const ChangeSql& change);

    SqlserverHash hash_;
};

}  // namespace crmaudit::reports::purge
