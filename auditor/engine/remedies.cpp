#include "auditor/engine/remedies.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "auditor/access/entries.h"
#include "auditor/access/listed_grants.h"
#include "auditor/engine/offences.h"

namespace crmaudit::engine {
namespace {

using access::Entry;
using access::Evaluation;

/// Rights that one statement may open to another rule are taken in the next round; more are never needed but in
/// circles.
constexpr int most_rounds = 5;
/// Principals that all losses together may be worked out for.
constexpr std::size_t most_evaluated = 40'000;

/// An entry, and whether it is about the option alone.
using Place = std::tuple<access::List, access::Id, bool>;

/// One statement: the entries that it takes, which differ in their columns alone.
struct Step {
    std::vector<Entry> entries;
    Revocation revocation;
};

Evaluation evaluated(const Catalog& catalog, const Classification& classification, Permissions permissions) {
    Catalog changed;
    changed.account = catalog.account;
    changed.permissions = std::make_shared<const Permissions>(std::move(permissions));
    return {changed, classification};
}

std::set<LostRight> rights_in(const Evaluation& evaluation) {
    std::set<LostRight> found;
    const auto add = [&](const std::string& name, const access::PrincipalReach& reach) {
        for (const access::Way& way : reach.ways) found.insert({name, way.category, way.right});
    };
    for (const access::Id id : evaluation.principals()) {
        add(evaluation.facts().principals[id].name, evaluation.of(id));
    }
    add("", evaluation.everybody());
    return found;
}

/// The step that takes the same of other columns of the table; only steps that nothing depends on lie between. What the
/// holder has given to others goes before, and so does not lie between either.
Step* same_but_columns(std::vector<Step>& steps, const Revocation& wanted) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        const ListedGrant& grant = step->revocation.grant;
        if (!grant.grantor.empty() && grant.grantor == wanted.grant.holder.name) return nullptr;
        const bool is_beside = !grant.columns.empty() && grant.schema == wanted.grant.schema &&
                               grant.name == wanted.grant.name && grant.optional.empty();
        if (!is_beside || step->revocation.depends || wanted.depends || !wanted.grant.optional.empty()) return nullptr;
        Revocation same = step->revocation;
        same.grant.columns = wanted.grant.columns;
        if (same == wanted) return &*step;
    }
    return nullptr;
}

class Search {
public:
    Search(const Evaluation& evaluation, const Catalog& catalog, const Classification& classification)
        : before_(evaluation), catalog_(catalog), classification_(classification), index_(evaluation.facts()) {}

    /// Gives what the checks find in the end.
    std::vector<Finding> run(std::vector<Finding> open, const JudgeAgain& judge) {
        const Evaluation* now = &before_;
        for (int round = 0; round < most_rounds && !open.empty(); ++round) {
            if (!take_from(*now, open)) break;
            now_.emplace(evaluated(catalog_, classification_, access::without(before_.facts(), going_)));
            now = &*now_;
            open = judge(*now);
            std::erase_if(open, [](const Finding& each) { return !is_mended_by_revoking(each.check); });
        }
        return open;
    }

    const Evaluation& last() const { return now_ ? *now_ : before_; }

    std::vector<Revocation> revocations(Remedies& remedies) const {
        std::vector<Step> steps;
        for (const Entry& entry : going_) {
            const auto told = access::listed_grants(before_.facts(), entry);
            for (const ListedGrant& grant : told)
                add(steps, entry, {rules_of(entry, grant.option), grant, entry.depends, {}});
            const auto rules = rules_of(entry, false);
            if (told.empty() && !rules.empty()) remedies.unmended.push_back({rules.front(), "", "no_name"});
        }
        return with_losses(std::move(steps));
    }

private:
    /// False when there is nothing more to take.
    bool take_from(const Evaluation& now, const std::vector<Finding>& open) {
        const access::Index index{now.facts()};
        std::vector<Entry> entries = going_;
        for (const Finding& finding : open) {
            for (const Entry& entry : entries_behind(now, index, finding)) {
                entries.push_back(entry);
                rules_[{entry.list, entry.place, entry.rights == 0}].insert(finding.rule);
            }
        }
        if (entries.size() == going_.size()) return false;
        going_ = access::in_order(index_, entries);
        return true;
    }

    /// With the rights their options go too, but for MariaDB, where the option stays until it is taken itself.
    std::vector<std::string> rules_of(const Entry& entry, bool is_option) const {
        std::set<std::string> rules;
        for (const bool each : {false, true}) {
            const auto known = rules_.find({entry.list, entry.place, each});
            const bool is_meant = each == is_option || (each && !before_.facts().roles_add_to_own);
            if (known != rules_.end() && is_meant) rules.insert(known->second.begin(), known->second.end());
        }
        return {rules.begin(), rules.end()};
    }

    static void add(std::vector<Step>& steps, const Entry& entry, Revocation revocation) {
        Step* same = revocation.grant.columns.empty() ? nullptr : same_but_columns(steps, revocation);
        if (same == nullptr) {
            steps.push_back({{entry}, std::move(revocation)});
        } else {
            same->entries.push_back(entry);
            same->revocation.grant.columns.push_back(revocation.grant.columns.front());
        }
    }

    std::vector<Revocation> with_losses(std::vector<Step> steps) const {
        const std::size_t all = before_.principals().size() + 1;
        const std::size_t pace = 1 + steps.size() * all / most_evaluated;
        std::set<LostRight> had = rights_in(before_);
        std::vector<Entry> gone;
        std::vector<Revocation> revocations;
        for (Step& step : steps) {
            gone.insert(gone.end(), step.entries.begin(), step.entries.end());
            revocations.push_back(std::move(step.revocation));
            revocations.back().lost_later = revocations.size() % pace != 0 && revocations.size() != steps.size();
            if (revocations.back().lost_later) continue;
            std::set<LostRight> has =
                rights_in(evaluated(catalog_, classification_, access::without(before_.facts(), gone)));
            std::set_difference(had.begin(), had.end(), has.begin(), has.end(),
                                std::back_inserter(revocations.back().lost));
            had = std::move(has);
        }
        return revocations;
    }

    const Evaluation& before_;
    const Catalog& catalog_;
    const Classification& classification_;
    access::Index index_;
    std::vector<Entry> going_;
    std::map<Place, std::set<std::string>> rules_;
    std::optional<Evaluation> now_;
};

}  // namespace

bool is_mended_by_revoking(std::string_view check) {
    constexpr std::array<std::string_view, 8> mended{"broad_grant",  "default_privilege", "export_privilege",
                                                     "grant_option", "indirect_access",   "new_principal",
                                                     "public_grant", "write_privilege"};
    return std::find(mended.begin(), mended.end(), check) != mended.end();
}

Remedies find_remedies(const Evaluation& evaluation, const std::vector<Finding>& findings, const Catalog& catalog,
                       const Classification& classification, const JudgeAgain& judge) {
    Remedies remedies;
    std::vector<Finding> open;
    for (const Finding& finding : findings) {
        if (is_mended_by_revoking(finding.check)) {
            open.push_back(finding);
        } else if (const auto reason = reason_for_no_statement(finding)) {
            remedies.unmended.push_back({finding.rule, finding.object.principal, *reason});
        }
    }
    if (open.empty()) return remedies;
    Search search{evaluation, catalog, classification};
    for (const Finding& left : search.run(std::move(open), judge)) {
        remedies.unmended.push_back({left.rule, left.object.principal, reason_it_stays(search.last(), left)});
    }
    remedies.revocations = search.revocations(remedies);
    return remedies;
}

}  // namespace crmaudit::engine
