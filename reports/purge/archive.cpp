#include "reports/purge/archive.h"

#include <iterator>

#include "auditor/sql/render.h"
#include "reports/purge/one_line.h"
#include "reports/purge/script_grammar.h"

namespace crmaudit::reports::purge {
namespace {

class Archiver {
public:
    Archiver(Script& script, StepSql& sql, const Step& step, const AuditResult& result, const sql::Grammar& grammar,
             const ScriptGrammar& client)
        : script_(script), sql_(sql), step_(step), result_(result), grammar_(grammar), client_(client) {}

    void add() {
        if (sql_.deletes) {
            copy(step_.entity.table, sql_.going, sql_.key, sql_.columns);
            undo_.push_back(put_back());
        }
        for (std::size_t i = 0; i < sql_.removals.size(); ++i) {
            const RemovalSql& each = sql_.removals[i];
            copy(step_.reach.removals[i].table, each.rows, each.key, each.columns);
            // Rows that the person points at come back before the person.
            undo_.insert(each.after_person ? undo_.begin() : std::next(undo_.begin(), parents_ + 1), put_back());
            if (each.after_person) ++parents_;
        }
        for (const Cascade& each : step_.reach.cascades) add(each);
        for (std::size_t i = 0; i < sql_.changes.size(); ++i) {
            const ChangeSql& each = sql_.changes[i];
            copy(step_.changes[i].table, each.rows, each.key, each.columns);
            undo_.push_back(set_back(each));
        }
        script_.undo.insert(script_.undo.begin(), undo_.begin(), undo_.end());
    }

private:
    /// Copies the rows that the table of keys names.
    void copy(const TableName& name, const std::string& rows, const std::vector<std::string>& key,
              const std::vector<std::string>& columns) {
        table_ = grammar_.quote(name);
        key_ = key;
        archive_ = client_.work_table(
            step_.entity.table, "crmaudit_archive_" + script_.id + "_" + std::to_string(script_.archives.size() + 1));
        columns_.clear();
        for (const TouchedColumn& each : table_named(result_, name)->columns) {
            columns_.push_back(grammar_.quote(std::string_view{each.name}));
        }
        script_.archives.push_back(client_.copied_table(
            archive_, "SELECT " + prefixed(columns_, "t.") + " FROM " + table_ + " t WHERE " + grammar_.truth(false)));
        sql_.kept.push_back("INSERT INTO " + archive_ + " (" + prefixed(columns_, "") + ") SELECT " +
                            prefixed(columns_, "t.") + " FROM " + rows + " w JOIN " + table_ + " t ON " +
                            same(key, "t", columns, "w") + " WHERE EXISTS (SELECT 1 FROM crmaudit_token)");
    }

    /// Rows of others, which stay, may be among what the person's rows lead to.
    void add(const Cascade& cascade) {
        const sql::Renderer renderer{grammar_, sql::Days{result_.run.as_of, Date{std::chrono::year{9998} / 12 / 31}}};
        std::vector<std::string> key;
        std::vector<std::string> columns;
        for (const std::string& each : cascade.key) {
            key.push_back(grammar_.quote(std::string_view{each}));
            columns.push_back(grammar_.quote(std::string_view{"k" + std::to_string(key.size())}));
        }
        std::string keys;
        for (const Path& path : cascade.paths) {
            keys += (keys.empty() ? "" : " UNION ") +
                    renderer.related_keys(step_.entity, path, path.joins.size(), cascade.key, sql_.going);
        }
        copy(cascade.table, "(" + keys + ")", key, columns);
        undo_.push_back(put_back());
    }

    /// Rows that are there have not gone, or are back.
    std::string put_back() const {
        return "INSERT INTO " + table_ + " (" + prefixed(columns_, "") + ") SELECT " + prefixed(columns_, "") +
               " FROM " + archive_ + " a WHERE NOT EXISTS (SELECT 1 FROM " + table_ + " t WHERE " +
               same(key_, "t", key_, "a") + ")";
    }

    std::string set_back(const ChangeSql& change) const {
        const std::string row = " FROM " + archive_ + " a WHERE " + same(change.key, "a", change.key, change.table);
        std::vector<std::string> columns;
        for (const auto& [column, value] : change.settings) columns.push_back(column);
        if (client_.dates_changes()) columns.insert(columns.end(), change.moments.begin(), change.moments.end());
        std::string settings;
        for (const std::string& column : columns) {
            settings += (settings.empty() ? "" : ", ") + column + " = (SELECT a." + column + row + ")";
        }
        return "UPDATE " + change.table + " SET " + settings + " WHERE EXISTS (SELECT 1" + row + ")";
    }

    Script& script_;
    StepSql& sql_;
    const Step& step_;
    const AuditResult& result_;
    const sql::Grammar& grammar_;
    const ScriptGrammar& client_;
    std::string table_;  // of the latest copy
    std::string archive_;
    std::vector<std::string> key_;
    std::vector<std::string> columns_;
    std::vector<std::string> undo_;
    std::ptrdiff_t parents_ = 0;
};

}  // namespace

void add_archive(Script& script, StepSql& sql, const Step& step, const AuditResult& result, const sql::Grammar& grammar,
                 const ScriptGrammar& client) {
    Archiver{script, sql, step, result, grammar, client}.add();
}

}  // namespace crmaudit::reports::purge
