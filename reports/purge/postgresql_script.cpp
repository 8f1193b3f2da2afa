#include "reports/purge/postgresql_script.h"

namespace crmaudit::reports::purge {
namespace {

constexpr const char* token = "EXISTS (SELECT 1 FROM pg_temp.crmaudit_token)";

std::string head(const Script& script) { return commented(script.heading) + "\n\\set ON_ERROR_STOP on\n"; }

/// A tag that the text does not hold, so that nothing in it ends the block.
std::string tag_for(const std::string& text) {
    std::string tag = "$crmaudit$";
    for (int number = 1; text.find(tag) != std::string::npos; ++number)
        tag = "$crmaudit" + std::to_string(number) + "$";
    return tag;
}

/// Of a table that it knows nothing about, PostgreSQL believes that it holds thousands of rows, and joins it by reading
/// all of the other.
std::string counted_anew(const std::string& table) { return "ANALYZE " + table + ";\n"; }

/// Within a transaction this is an error: nothing may be undone or kept together with something else.
std::string block(const std::string& body) {
    const std::string text =
        "#variable_conflict use_column\nDECLARE\n    crmaudit_tries integer;\n    crmaudit_found bigint;\n    "
        "crmaudit_at "
        "bigint;\n    crmaudit_to bigint;\nBEGIN\n"
        "COMMIT;\n" +
        body + "END\n";
    const std::string tag = tag_for(text);
    return "DO " + tag + "\n" + text + tag + ";\n";
}

}  // namespace

std::string PostgresqlScript::is_database(const Source& source) const {
    return "current_database() = " + grammar_.text_literal(source.database);
}

std::string PostgresqlScript::columns_now(const TableName& table) const {
    return "(SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull OR "
           "t.typnotnull THEN ' not null' ELSE ' null' END, chr(10) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a "
           "JOIN "
           "pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN "
           "pg_catalog.pg_type t ON t.oid = a.atttypid WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN "
           "('r', "
           "'p') AND n.nspname = " +
           grammar_.text_literal(table.schema) + " AND c.relname = " + grammar_.text_literal(table.name) + ")";
}

std::string PostgresqlScript::references_now(const TouchedTable& table) const {
    return "coalesce((SELECT string_agg(x.line, chr(10) ORDER BY x.line COLLATE \"C\") FROM (SELECT n.nspname || '.' "
           "|| "
           "c.relname || '.' || a.attname || ' ' || CASE con.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN "
           "'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END AS line FROM "
           "pg_catalog.pg_constraint con JOIN pg_catalog.pg_class c ON c.oid = con.conrelid JOIN "
           "pg_catalog.pg_namespace n "
           "ON n.oid = c.relnamespace CROSS JOIN LATERAL unnest(con.conkey) k(attnum) JOIN pg_catalog.pg_attribute a "
           "ON "
           "a.attrelid = con.conrelid AND a.attnum = k.attnum JOIN pg_catalog.pg_class fc ON fc.oid = con.confrelid "
           "JOIN "
           "pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace WHERE con.contype = 'f' AND (con.conparentid = 0 OR "
           "c.relispartition) AND fn.nspname = " +
           grammar_.text_literal(table.name.schema) + " AND fc.relname = " + grammar_.text_literal(table.name.name) +
           ") x), '')";
}

std::string PostgresqlScript::references_as_audited(const TouchedTable& table) const {
    return reference_lines(table, true);
}

std::string PostgresqlScript::has_no_delete_trigger(const TableName& table) const {
    return has_no_trigger(table, "8", "4");
}

std::string PostgresqlScript::has_no_update_trigger(const TableName& table) const {
    return has_no_trigger(table, "16", "2");
}

std::string PostgresqlScript::has_no_trigger(const TableName& table, const std::string& event,
                                             const std::string& rule) const {
    const std::string is_it =
        "n.nspname = " + grammar_.text_literal(table.schema) + " AND c.relname = " + grammar_.text_literal(table.name);
    const std::string of = " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE " + is_it;
    return "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid" + of +
           " AND NOT g.tgisinternal AND g.tgtype & " + event +
           " <> 0) AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = "
           "r.ev_class" +
           of + " AND r.ev_type = '" + rule + "')";
}

std::string PostgresqlScript::is_plain(const TableName& table, const std::string& column) const {
    return "EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN "
           "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = " +
           grammar_.text_literal(table.schema) + " AND c.relname = " + grammar_.text_literal(table.name) +
           " AND a.attname = " + grammar_.text_literal(column) + " AND a.attgenerated = '' AND a.attidentity = '')";
}

std::string PostgresqlScript::seconds() const { return "CAST(floor(extract(epoch FROM clock_timestamp())) AS bigint)"; }

std::string PostgresqlScript::is_there(const TableName& table) const {
    return "to_regclass(" + grammar_.text_literal(grammar_.quote(table)) + ") IS NOT NULL";
}

std::vector<Check> PostgresqlScript::own_checks(const Plan&, const Locale& locale) const {
    return {{locale.text("purge.guard.isolation"), "current_setting('transaction_isolation') = 'read committed'"},
            {locale.text("purge.guard.foreign_keys"), "current_setting('session_replication_role') <> 'replica'"}};
}

std::string PostgresqlScript::is_share(const std::string& table, std::int64_t percent) const {
    return "crmaudit_found = 0 OR (SELECT 1 FROM " + table +
           " LIMIT 1 OFFSET GREATEST(crmaudit_found * 100 - 1, 0) / " + std::to_string(percent) + ") IS NOT NULL";
}

std::string PostgresqlScript::work_table(const TableName& beside, const std::string& name) const {
    return grammar_.quote(TableName{beside.schema, name});
}

std::string PostgresqlScript::batch_table(const TableName&, const std::string& name) const {
    return "pg_temp." + grammar_.quote(std::string_view{name});
}

std::string PostgresqlScript::counted_keys(const Check& check, bool listing, const Script& script) const {
    const std::string count = "crmaudit_found := (SELECT COUNT(*) FROM ";
    std::string text = "DROP TABLE IF EXISTS " + check.kept + ";\n";
    const std::string aside =
        "CREATE TABLE " + check.kept + " AS " + check.counted + ";\n" + count + check.kept + ");\n";
    if (!listing || check.list.empty()) return text + aside;
    // To keep them once is quicker. When the guard does not pass, nothing of this is committed. Two runs at once must
    // not both make the list.
    return text + "PERFORM pg_advisory_xact_lock(hashtext(" + grammar_.text_literal(script.id) + "));\nIF " +
           not_there(check.list) + " THEN\n" + listed(check.list, check.columns, check.counted) + count + check.list +
           ");\nCREATE TABLE " + check.kept + " AS SELECT " + prefixed(check.columns, "") + " FROM " + check.list +
           " WITH NO DATA;\nELSE\n" + aside + "END IF;\n";
}

std::string PostgresqlScript::not_there(const std::string& table) const {
    return "to_regclass(" + grammar_.text_literal(table) + ") IS NULL";
}

std::string PostgresqlScript::listed(const std::string& list, const std::vector<std::string>& columns,
                                     const std::string& keys, const std::string& where) {
    const std::string names = prefixed(columns, "");
    return "CREATE TABLE " + list + " AS SELECT row_number() OVER (ORDER BY " + names + ") AS n, " + names +
           ", CAST(0 AS smallint) AS spared FROM (" + keys + ") d" + where + ";\n";
}

std::string PostgresqlScript::stops(const std::vector<Check>& checks, const Script& script, bool listing) const {
    std::string text;
    for (const Check& each : checks) {
        if (!each.counted.empty()) text += counted_keys(each, listing, script);
        text += "IF (" + each.condition +
                ") IS NOT TRUE THEN\n    RAISE EXCEPTION USING MESSAGE = " + grammar_.text_literal(each.message) +
                ", HINT = " + grammar_.text_literal(script.words.stopped) + ";\nEND IF;\n";
    }
    return text;
}

std::string PostgresqlScript::guarded(const Script& script, const std::string& body, bool listing) const {
    return block(
        // What row-level security hides may be what keeps a person: a query that it would cut has to fail.
        "PERFORM set_config('default_transaction_isolation', 'read committed', false), set_config('row_security', "
        "'off', "
        "false), set_config('lock_timeout', '5s', false), set_config('client_min_messages', 'warning', "
        "false);\n"
        // To compile these statements takes longer than to run them, and again in every batch.
        "PERFORM set_config(name, 'off', false) FROM pg_catalog.pg_settings WHERE name = 'jit';\n"
        "COMMIT;\nDROP TABLE IF EXISTS pg_temp.crmaudit_token;\n" +
        stops(script.checks, script, listing) + "CREATE TEMP TABLE crmaudit_token AS SELECT " +
        grammar_.text_literal(script.id) + " AS script, CAST(0 AS bigint) AS started;\nCOMMIT;\n" + body);
}

std::string PostgresqlScript::with_key(const Script& script, const std::string& body) const {
    const Check passed{script.words.stopped, token};
    return block(stops({passed, script.key->is_key}, script) + hash_.take() + ended(script.key->lists) +
                 stops(script.key->same, script) + "COMMIT;\n" + body + hash_.forget());
}

std::string PostgresqlScript::dry_run(const Script& script) const {
    return head(script) + guarded(script, "") + "SELECT " + grammar_.text_literal(script.words.passed) + ";\n" +
           said_before(script);
}

std::string PostgresqlScript::archive(const Script& script) const {
    return head(script) + guarded(script, ended(script.archives));
}

std::string PostgresqlScript::batches(const StepSql& step, const Script& script) const {
    const std::string columns = prefixed(step.columns, "");
    const auto keys_in = [](const std::string& table, const std::string& like) {
        return "DROP TABLE IF EXISTS " + table + ";\nCREATE TABLE " + table + " AS " + like + " WITH NO DATA;\n";
    };
    std::string text =
        begun(step) + nothing_over(step) +
        // Two runs at once must not both add the same persons.
        "PERFORM 1 FROM " + step.over + " FOR UPDATE;\nIF " + not_there(step.work) + " THEN\n" +
        listed(step.work, step.columns, step.fill, " WHERE " + std::string{token}) + "ELSE\n    INSERT INTO " +
        step.work + " (n, " + columns + ", spared)\n    SELECT (SELECT coalesce(MAX(n), 0) FROM " + step.work +
        ") + row_number() OVER (ORDER BY " + columns + "), " + columns + ", 0 FROM (" + step.fill +
        ") d WHERE NOT EXISTS (SELECT 1 FROM " + step.work + " w WHERE " + same(step.columns, "w", step.columns, "d") +
        ") AND " + token +
        // Made when the rows are there, an index costs less.
        ";\nEND IF;\nIF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = to_regclass(" +
        grammar_.text_literal(step.work) + ")) THEN\n    ALTER TABLE " + step.work +
        " ADD PRIMARY KEY (n);\nEND IF;\n" + counted_anew(step.work);
    for (const Collected& each : collected(step)) text += keys_in(each.rows, each.collect);
    text += ended(step.setup);
    // A batch's keys lie in the order of the index, so to follow them costs less than reading the whole table.
    text += "COMMIT;\nPERFORM set_config('random_page_cost', '1', false);\n";
    text += "LOOP\n    EXIT WHEN " + script.stop + " OR ((SELECT MAX(n) FROM " + step.work + ") > (SELECT n FROM " +
            step.over + ")) IS NOT TRUE;\n    crmaudit_tries := 0;\n    LOOP\n    BEGIN\n" + one_batch(step) +
            "    EXIT;\n    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN\n        crmaudit_tries := "
            "crmaudit_tries + 1;\n        IF crmaudit_tries >= 10 THEN RAISE; END IF;\n    END;\n"
            // Locks of an attempt that failed must not outlive it.
            "    COMMIT;\n    PERFORM pg_sleep(1);\n    END LOOP;\n    COMMIT;\n    PERFORM pg_sleep(" +
            std::to_string(script.pause / 1000) + "." + std::to_string(1000 + script.pause % 1000).substr(1) +
            ");\nEND LOOP;\nRESET random_page_cost;\n";
    return text;
}

std::string PostgresqlScript::one_batch(const StepSql& step) const {
    const std::string over = "UPDATE " + step.over + " SET n = crmaudit_to WHERE crmaudit_to > n;\n";
    // Another run waits here until this batch is over, and takes the next.
    std::string text = "SELECT n INTO crmaudit_at FROM " + step.over + " FOR UPDATE;\n";
    for (const std::string& table : step.reads) text += "LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE;\n";
    text += "crmaudit_to := (SELECT MAX(n) FROM (SELECT n FROM " + step.work +
            " WHERE n > crmaudit_at ORDER BY n LIMIT " + std::to_string(step.batch_size) + ") b);\n";
    if (is_alone(step)) return text + deleted_alone(step) + over;
    text += "PERFORM 1 FROM " + step.table + " t JOIN " + step.batch + " w ON " +
            same(step.key, "t", step.columns, "w") + " ORDER BY " + prefixed(step.columns, "w.") +
            " FOR UPDATE OF t;\n" + spare(step, in_batch(), not_among(step, "(" + step.still + ")")) + ";\n";
    for (const Collected& each : collected(step)) {
        // Not DELETE: nobody would clear away what it leaves in temporary tables, batch after batch.
        text += "TRUNCATE " + each.rows + ";\nINSERT INTO " + each.rows + " " + each.collect + ";\n" +
                counted_anew(each.rows);
    }
    text += ended(step.kept);
    for (const ChangeSql& each : step.changes) text += changed(each);
    std::string after;
    for (const RemovalSql& each : step.removals) {
        (each.after_person ? after : text) += "DELETE FROM " + each.table + " t USING " + each.rows + " w WHERE " +
                                              same(each.key, "t", each.columns, "w") + " AND " + token + ";\n";
    }
    if (step.deletes) {
        text += "DELETE FROM " + step.table + " t USING " + step.going + " w WHERE " +
                same(step.key, "t", step.columns, "w") + " AND " + token + ";\n";
    }
    return text + after + over;
}

std::string PostgresqlScript::deleted_alone(const StepSql& step) const {
    // What waits for a lock and finds another version of the row looks at that one again.
    return "WITH gone AS (DELETE FROM " + step.table + " t USING (SELECT n, " + prefixed(step.columns, "") + " FROM " +
           step.work + " WHERE " + in_batch() + " AND spared = 0) w WHERE " + same(step.key, "t", step.columns, "w") +
           " AND " + step.own + " AND " + token + " RETURNING w.n)\n" +
           spare(step, in_batch(), "n NOT IN (SELECT g.n FROM gone g)") + ";\n";
}

std::string PostgresqlScript::changed(const ChangeSql& change) {
    std::string settings;
    for (const auto& [column, value] : change.settings) {
        settings += (settings.empty() ? "" : ", ") + column + " = " + value;
    }
    return "UPDATE " + change.table + " t SET " + settings + " FROM " + change.rows + " w WHERE " +
           same(change.key, "t", change.columns, "w") + " AND " + token + ";\n";
}

std::string PostgresqlScript::purge(const Script& script) const {
    std::string body;
    for (const StepSql& step : script.steps) body += batches(step, script) + logged(step) + "COMMIT;\n";
    if (!script.key) return head(script) + guarded(script, body, true) + said_after(script);
    return head(script) + guarded(script, hash_.place()) + hash_.read(script.key->file) + with_key(script, body) +
           said_after(script);
}

std::string PostgresqlScript::verify(const Script& script) const {
    std::string text = head(script) + guarded(script, "");
    std::string body;
    for (const StepSql& step : script.steps) {
        text += said_verified(step);
        for (const std::string& table : {step.work, step.over}) body += "DROP TABLE IF EXISTS " + table + ";\n";
        for (const std::string& table : step.remembered) body += "DROP TABLE IF EXISTS " + table + ";\n";
    }
    return text + guarded(script, body + "DROP TABLE IF EXISTS " + script.stop_table + ";\n");
}

}  // namespace crmaudit::reports::purge
