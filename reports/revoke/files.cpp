#include "reports/revoke/files.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "reports/locale.h"
#include "reports/purge/one_line.h"
#include "reports/purge/script_grammar.h"
#include "reports/revoke/frame.h"
#include "reports/revoke/statements.h"

namespace crmaudit::reports::revoke {
namespace {

using purge::on_one_line;

/// A client may look for its variables in comments too.
std::string comment(const std::string& text) {
    std::string line = on_one_line(text);
    for (std::size_t at = line.find("$("); at != std::string::npos; at = line.find("$(", at)) line.insert(at + 1, " ");
    return "-- " + line + "\n";
}

class Scripts {
public:
    Scripts(const AuditResult& result, const sql::Grammar& grammar, const Locale& locale)
        : result_(result), grammar_(grammar), locale_(locale), client_(purge::client_of(result.source, grammar)) {}

    std::string revoke(Date valid_until) const {
        std::vector<Part> parts;
        std::size_t number = 0;
        for (const Revocation& each : revocations()) {
            const Statements statements = statements_for(each.grant, result_.source, grammar_);
            std::string words =
                "\n" +
                comment(locale_.text("revoke.step", {{"number", std::to_string(++number)}, {"rules", rules_of(each)}}));
            words += losses(each);
            words += comment(locale_.text("revoke.undo"));
            for (const std::string& statement : statements.give) words += comment("    " + statement + ";");
            parts.push_back({std::move(words), statements.take});
        }
        const std::vector<Check> checks{is_database(), is_valid(valid_until)};
        return head("revoke.heading") + framed(result_.source, grammar_, checks, parts) + unmended();
    }

    std::string undo() const {
        std::vector<Part> parts;
        const auto all = revocations();
        for (std::size_t i = all.size(); i > 0; --i) {
            const Statements statements = statements_for(all[i - 1].grant, result_.source, grammar_);
            std::string words =
                "\n" +
                comment(locale_.text("revoke.step", {{"number", std::to_string(i)}, {"rules", rules_of(all[i - 1])}}));
            parts.push_back({std::move(words), statements.give});
        }
        return head("revoke.undo_heading") + framed(result_.source, grammar_, {is_database()}, parts);
    }

private:
    /// Without those whose names the client would take for its own words, which are told of at the end.
    std::vector<Revocation> revocations() const {
        std::vector<Revocation> all = result_.remedies.revocations;
        std::erase_if(all, [&](const Revocation& each) { return is_misread(each.grant); });
        return all;
    }

    bool is_misread(const ListedGrant& grant) const {
        const auto names = names_in(grant);
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return !client_->can_write(name) || name.find(delimiter) != std::string::npos;
        });
    }

    std::string rules_of(const Revocation& revocation) const {
        std::string text;
        for (const std::string& each : revocation.rules) text += (text.empty() ? "" : ", ") + each;
        return revocation.depends && text.empty() ? locale_.text("revoke.depends") : text;
    }

    std::string losses(const Revocation& revocation) const {
        if (revocation.lost_later) return comment(locale_.text("revoke.takes_later"));
        if (revocation.lost.empty()) return comment(locale_.text("revoke.takes_nothing"));
        std::map<std::string, std::map<AccessRight, std::set<std::string>>> by_principal;
        for (const LostRight& each : revocation.lost) {
            by_principal[each.principal][each.right].insert(
                locale_.word("category", std::string{to_string(each.category)}));
        }
        std::string text;
        for (const auto& [principal, rights] : by_principal) {
            std::string words;
            for (const auto& [right, categories] : rights) {
                words += (words.empty() ? "" : "; ") + locale_.word("access_right", std::string{to_string(right)}) +
                         ": " + locale_.list({categories.begin(), categories.end()});
            }
            text += comment(locale_.text(
                "revoke.takes",
                {{"principal", principal.empty() ? locale_.text("finding.everybody") : principal}, {"rights", words}}));
        }
        return text;
    }

    std::string unmended() const {
        std::string text;
        for (const Revocation& each : result_.remedies.revocations) {
            if (is_misread(each.grant)) text += told(rules_of(each), each.grant.holder.name, "misread");
        }
        for (const Unmended& each : result_.remedies.unmended) text += told(each.rule, each.principal, each.reason);
        return text.empty() ? text : "\n" + comment(locale_.text("revoke.unmended")) + text;
    }

    std::string told(const std::string& rule, const std::string& principal, const std::string& reason) const {
        return comment(rule + (principal.empty() ? "" : ", " + principal) + ": " +
                       locale_.text("revoke.unmended." + reason));
    }

    std::string head(const char* heading) const {
        std::string text = comment(locale_.text(heading, {{"version", result_.run.tool_version},
                                                          {"database", result_.source.database},
                                                          {"date", locale_.date(result_.run.as_of)}})) +
                           comment(locale_.text("revoke.never_run"));
        if (!client_->is_proven()) text += comment(locale_.text("revoke.unproven"));
        return text;
    }

    Check is_database() const {
        return {locale_.text("purge.guard.database", {{"database", result_.source.database}}),
                client_->is_database(result_.source)};
    }

    Check is_valid(Date until) const {
        return {locale_.text("purge.guard.expired", {{"date", locale_.date(until)}}),
                client_->today() + " <= " + grammar_.text_literal(to_string(until))};
    }

    const AuditResult& result_;
    const sql::Grammar& grammar_;
    const Locale& locale_;
    std::unique_ptr<purge::ScriptGrammar> client_;
};

bool has_remedies(const AuditResult& result) {
    return !result.remedies.revocations.empty() || !result.remedies.unmended.empty();
}

}  // namespace

std::vector<purge::PurgeFile> revoke_files(const AuditResult& result, Date valid_until, const sql::Grammar& grammar,
                                           std::string_view language) {
    if (!has_remedies(result)) return {};
    const Locale locale{language};
    const Scripts scripts{result, grammar, locale};
    std::vector<purge::PurgeFile> files{{"revoke.sql", scripts.revoke(valid_until)}};
    if (!result.remedies.revocations.empty()) files.push_back({"revoke-undo.sql", scripts.undo()});
    return files;
}

std::string revoke_readme(const AuditResult& result, const sql::Grammar& grammar, std::string_view language) {
    if (!has_remedies(result)) return {};
    const Locale locale{language};
    const auto client = purge::client_of(result.source, grammar);
    std::string text =
        "\n" + locale.text("revoke.readme.title") + "\n\n" +
        locale.counted("revoke.readme.number", static_cast<std::int64_t>(result.remedies.revocations.size())) + "\n";
    for (const char* part : {"order", "account", "undo", "after"}) {
        text += "\n" + locale.text(std::string{"revoke.readme."} + part) + "\n";
    }
    return text + "\n" + locale.text("revoke.readme.run." + std::string{client->client()}) + "\n";
}

}  // namespace crmaudit::reports::revoke
