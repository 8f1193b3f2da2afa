// What outlives the persons of a step, as SQL: hashes of the addresses of those who objected, and evidence without
// their data, written in the transaction that deletes them.
#pragma once

#include <string>

#include "auditor/model/result.h"
#include "auditor/sql/render.h"
#include "reports/locale.h"
#include "reports/purge/plan.h"
#include "reports/purge/script.h"
#include "reports/purge/script_grammar.h"

namespace crmaudit::reports::purge {

class KeepsakesSql {
public:
    KeepsakesSql(const sql::Grammar& grammar, const ScriptGrammar& client, const sql::Renderer& renderer,
                 const Locale& locale, const AuditResult& result)
        : grammar_(grammar),
          client_(client),
          hash_(client.hash()),
          renderer_(renderer),
          locale_(locale),
          evidence_kept_(result.evidence_kept),
          places_(result.suppression) {}

    /// Fills in what the step remembers, if it remembers anything; `suffix` tells its tables from those of other steps.
    void add_to(StepSql& sql, const Step& step, const std::string& script, const std::string& suffix) const;

    /// Of all steps; nothing where none remembers anything.
    std::optional<KeyUse> key_use(const Plan& plan, const std::string& file) const;

private:
    struct Tables {
        std::string list;      // hashes of addresses of those who objected
        std::string evidence;  // of consent, objection and notice
    };
    Tables tables(const Step& step) const;

    std::string addresses(const StepSql& sql, const Step& step) const;
    std::string values(const StepSql& sql, const Step& step, const Attribute& attribute, bool is_day) const;
    std::string entry(const std::string& hash, const std::string& objection, const std::string& script) const;
    void save_objections(StepSql& sql, const Step& step, const std::string& script, const Tables& tables) const;
    void save_evidence(StepSql& sql, const Step& step, const std::string& script, const Tables& tables) const;
    std::string with_key(const std::string& rows) const;
    std::string has_token(const Step& step) const;
    std::string literal(std::string_view text) const { return grammar_.text_literal(text); }

    const sql::Grammar& grammar_;
    const ScriptGrammar& client_;
    const KeyedHash& hash_;
    const sql::Renderer& renderer_;
    const Locale& locale_;
    std::optional<Period> evidence_kept_;
    const std::vector<SuppressionPlace>& places_;
};

}  // namespace crmaudit::reports::purge
