// Scripts for psql, the client of PostgreSQL.
#pragma once

#include "reports/purge/postgresql_hash.h"
#include "reports/purge/script_grammar.h"

namespace crmaudit::reports::purge {

/// Guard and batches are one DO block: its first commit fails within a transaction, before anything is touched, and an
/// error anywhere ends all of it. A batch locks the tables whose rows keep a person, then the persons, then asks again
/// in a new statement, which sees what was committed until then.
class PostgresqlScript final : public ScriptGrammar {
public:
    explicit PostgresqlScript(const sql::Grammar& grammar) : ScriptGrammar(grammar), hash_(grammar) {}

    std::string_view client() const override { return "psql"; }
    std::string today() const override { return "to_char(current_date, 'YYYY-MM-DD')"; }
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
    std::string counted() const override { return "crmaudit_found"; }
    std::vector<Check> own_checks(const Plan& plan, const Locale& locale) const override;
    std::string is_share(const std::string& table, std::int64_t percent) const override;
    std::string in_batch() const override { return "n > crmaudit_at AND n <= crmaudit_to"; }
    std::string work_table(const TableName& beside, const std::string& name) const override;
    std::string batch_table(const TableName& beside, const std::string& name) const override;
    std::string dry_run(const Script& script) const override;
    std::string archive(const Script& script) const override;
    std::string purge(const Script& script) const override;
    std::string verify(const Script& script) const override;

private:
    /// A DO block that begins with the guard.
    /// With `listing`, what the guard counts goes into the work lists where it can.
    std::string guarded(const Script& script, const std::string& body, bool listing = false) const;
    std::string batches(const StepSql& step, const Script& script) const;
    std::string one_batch(const StepSql& step) const;
    std::string deleted_alone(const StepSql& step) const;
    static std::string changed(const ChangeSql& change);
    std::string has_no_trigger(const TableName& table, const std::string& event, const std::string& rule) const;
    /// The same once the guard has passed and the key was read.
    std::string with_key(const Script& script, const std::string& body) const;
    std::string stops(const std::vector<Check>& checks, const Script& script, bool listing = false) const;
    std::string counted_keys(const Check& check, bool listing, const Script& script) const;
    std::string not_there(const std::string& table) const;
    /// A statement that makes a work list of keys, a SELECT.
    static std::string listed(const std::string& list, const std::vector<std::string>& columns, const std::string& keys,
                              const std::string& where = {});

    PostgresqlHash hash_;
};

}  // namespace crmaudit::reports::purge
