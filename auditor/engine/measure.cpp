#include "auditor/engine/measure.h"

#include <algorithm>
#include <map>
#include <set>

#include "auditor/engine/consent_counts.h"
#include "auditor/engine/fused.h"
#include "auditor/engine/query_reasons.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

using sql::QueryError;

/// A probe of a rule, by position.
struct ProbeRef {
    std::size_t rule;
    std::size_t probe;
};

struct Group {
    Entity entity;
    std::vector<ProbeRef> probes;
    Condition kept;  // the rows that count as persons
};

bool is_about_groups(const checks::Probe& probe) { return !probe.unique_over.empty() || !probe.shared_over.empty(); }

/// Where the cells of one probe stand in the fused row.
struct ProbeCells {
    ProbeRef ref;
    std::size_t affected = 0;
    std::size_t total = 0;
    std::vector<std::size_t> details;
    std::optional<std::size_t> oldest;
    std::vector<std::pair<std::size_t, std::size_t>> coded;  // filled, known
};

class GroupRun {
public:
    GroupRun(std::vector<RuleRun>& runs, const Group& group, const sql::Renderer& renderer, sql::QueryPort& port)
        : runs_(runs), group_(group), renderer_(renderer), port_(port), active_(group.probes) {}

    void run(Counted& counted) {
        run_together(counted);
        run_groupings();
    }

private:
    void run_together(Counted& counted) {
        while (!active_.empty() || counts_persons()) {
            try {
                run_fused(counted);
                return;
            } catch (const QueryError& error) {
                if (ends_the_run(error)) throw;
                if (is_about_time(error)) return give_up(error);
                if (!take_out_unreadable()) return run_singly(counted);
            }
        }
    }

    /// Rows that are alone with a combination of values, or share it: a grouping of its own for each probe that asks.
    void run_groupings() {
        for (const ProbeRef ref : group_.probes) {
            const checks::Probe& asked = probe(ref);
            auto& measured = runs_[ref.rule].measured[ref.probe];
            if (!is_about_groups(asked) || !measured) continue;
            const Condition rows = all({asked.total, asked.affected});
            try {
                Fused single;
                const std::size_t cell = single.add_count({});
                sql::Query query = asked.shared_over.empty()
                                       ? renderer_.count_unique(group_.entity, rows, asked.unique_over)
                                       : renderer_.count_shared(group_.entity, rows, asked.shared_over);
                single.set_rows(port_.select(std::move(query).named(runs_[ref.rule].rule->id)));
                measured->affected = single.count(cell);
            } catch (const QueryError& error) {
                if (ends_the_run(error)) throw;
                measured.reset();
                note(ref, error);
            }
        }
    }

    const checks::Probe& probe(ProbeRef ref) const { return runs_[ref.rule].plan.probes[ref.probe]; }

    bool counts_persons() const { return is_person(group_.entity.kind) && !base_unreadable_; }

    ProbeCells add(Fused& fused, ProbeRef ref) const {
        const checks::Probe& asked = probe(ref);
        const Condition affected = all({asked.total, asked.affected});
        ProbeCells cells{ref, fused.add_count(affected), fused.add_count(asked.total), {}, std::nullopt, {}};
        for (const auto& detail : asked.details) cells.details.push_back(fused.add_count(detail.condition));
        if (!asked.oldest.empty()) {
            cells.oldest = fused.add({sql::Measure::What::earliest, affected, asked.oldest});
        }
        for (const auto& each : asked.coded) {
            cells.coded.emplace_back(fused.add_count(each.filled), fused.add_count(each.known));
        }
        return cells;
    }

    void keep(const Fused& fused, const ProbeCells& cells) const {
        checks::Measured measured;
        if (probe(cells.ref).ages == aged_by_) measured.ages = fused.ages(cells.total, cells.affected);
        measured.affected = fused.count(cells.affected);
        measured.total = fused.count(cells.total);
        for (const std::size_t cell : cells.details) measured.details.push_back(fused.count(cell));
        if (cells.oldest) measured.oldest = fused.day(*cells.oldest);
        runs_[cells.ref.rule].measured[cells.ref.probe] = std::move(measured);
    }

    void select(Fused& fused, const std::vector<ProbeRef>& refs) {
        const sql::Ages ages = ages_of(refs);
        fused.set_rows(port_.select(renderer_.measure(group_.entity, fused.measures(), ages).named("rules")),
                       !ages.latest_of.empty());
    }

    /// The dates that the first of these probes wants a histogram of. A probe of other dates gets none: that would take
    /// another pass.
    sql::Ages ages_of(const std::vector<ProbeRef>& refs) {
        const auto wants_ages = [&](const ProbeRef& ref) { return !probe(ref).ages.empty(); };
        const auto first = std::find_if(refs.begin(), refs.end(), wants_ages);
        aged_by_ = first == refs.end() ? std::vector<std::string>{} : probe(*first).ages;
        sql::Ages ages;
        for (const std::string& name : aged_by_) {
            const Attribute* dated = group_.entity.find(name);
            const bool by_creation = dated != nullptr && dated->role == Role::created;
            (by_creation ? ages.otherwise : ages.latest_of).push_back(name);
        }
        if (ages.latest_of.empty()) std::swap(ages.latest_of, ages.otherwise);
        return ages;
    }

    /// Takes out the probe if what decides it is kept in codes of which the profile knows none.
    bool take_out_unmatched(const Fused& fused, const ProbeCells& cells) {
        for (std::size_t i = 0; i < cells.coded.size(); ++i) {
            const auto [filled, known] = cells.coded[i];
            if (fused.count(filled) == 0 || fused.count(known) > 0) continue;
            const std::string& name = probe(cells.ref).coded[i].name;
            RuleRun& run = runs_[cells.ref.rule];
            run.gaps.push_back({group_.entity.name, reasons::text(reasons::values_unmatched, name)});
            run.measured[cells.ref.probe].reset();
            unmatched_.insert(name);
            std::erase_if(active_, [&](const ProbeRef& ref) {
                return ref.rule == cells.ref.rule && ref.probe == cells.ref.probe;
            });
            return true;
        }
        return false;
    }

    /// One statement for all probes, and for the persons and the consent they sum up to.
    void run_fused(Counted& counted) {
        Fused fused;
        std::vector<ProbeCells> cells;
        for (const ProbeRef ref : active_) cells.push_back(add(fused, ref));

        std::size_t persons_total = 0;
        std::size_t persons_affected = 0;
        std::map<Severity, std::size_t> by_severity;
        if (counts_persons()) {
            persons_total = fused.add_count(group_.kept);
            persons_affected = fused.add_count(hit_by([](Severity) { return true; }));
            for (const Severity each : {Severity::low, Severity::medium, Severity::high, Severity::critical}) {
                by_severity[each] = fused.add_count(hit_by([each](Severity severity) { return severity == each; }));
            }
        }
        const ConsentCells consent{fused, group_.entity, group_.kept,
                                   counts_persons() ? consents() : std::vector<ConsentSigns>{}};
        select(fused, active_);

        bool all_matched = true;
        for (const ProbeCells& each : cells) {
            if (take_out_unmatched(fused, each)) {
                all_matched = false;
            } else {
                keep(fused, each);
            }
        }
        // Whom the probes affect is counted anew without those that cannot be judged.
        if (!all_matched) return run_fused(counted);
        if (!counts_persons()) return;
        PersonsAffected persons{group_.entity.name, fused.count(persons_total), fused.count(persons_affected), {}};
        for (const auto& [severity, cell] : by_severity) persons.by_severity[severity] = fused.count(cell);
        counted.persons.push_back(std::move(persons));
        for (ConsentCount& each : consent.counts(fused)) counted.consent.push_back(std::move(each));
    }

    /// Persons whom some active rule of an accepted severity affects.
    template <typename Accept>
    Condition hit_by(Accept accept) const {
        std::vector<Condition> hits;
        for (const ProbeRef ref : active_) {
            const Rule* rule = runs_[ref.rule].rule;
            if (rule == nullptr || !accept(rule->severity)) continue;
            // Whether a row is alone with its values, or shares them, is not known row by row.
            if (is_about_groups(probe(ref))) continue;
            hits.push_back(all({probe(ref).total, probe(ref).affected}));
        }
        return any(std::move(hits));
    }

    std::vector<ConsentSigns> consents() const {
        return consent_signs(
            group_.entity, [this](const Condition& condition, const std::vector<std::string>& columns) {
                return readable(condition) &&
                       std::none_of(columns.begin(), columns.end(),
                                    [&](const std::string& each) { return unmatched_.contains(each); });
            });
    }

    bool readable(const Condition& condition) const {
        const auto tables = tables_of(group_.entity, condition);
        return std::none_of(tables.begin(), tables.end(),
                            [&](const TableName& table) { return unreadable_.contains(table); });
    }

    std::vector<TableName> tables_needed(ProbeRef ref) const {
        const checks::Probe& asked = probe(ref);
        std::vector<Condition> parts{asked.affected, asked.total};
        for (const auto& each : asked.coded) parts.push_back(all({each.filled, each.known}));
        for (const auto& detail : asked.details) parts.push_back(detail.condition);
        if (!asked.oldest.empty()) parts.push_back(present(attribute(asked.oldest)));
        for (const std::string& name : asked.ages) parts.push_back(present(attribute(name)));
        for (const Operand& each : asked.shared_over) parts.push_back(present(each));
        return tables_of(group_.entity, Condition{All{std::move(parts)}});
    }

    /// Finds the tables that cannot be read and takes out the probes that need them. False when every table can be
    /// read.
    bool take_out_unreadable() {
        std::vector<Condition> everything;
        for (const ProbeRef ref : active_) everything.push_back({All{{probe(ref).total, probe(ref).affected}}});
        std::vector<TableName> tables = tables_of(group_.entity, Condition{All{std::move(everything)}});
        for (const ProbeRef ref : active_) {
            for (TableName& table : tables_needed(ref)) {
                if (std::find(tables.begin(), tables.end(), table) == tables.end()) tables.push_back(std::move(table));
            }
        }
        for (const ConsentSigns& consent : consents()) {
            for (TableName& table : tables_of(group_.entity, all({consent.states.granted, consent.states.refused}))) {
                if (std::find(tables.begin(), tables.end(), table) == tables.end()) tables.push_back(std::move(table));
            }
        }
        bool found = false;
        for (const TableName& table : tables) {
            if (unreadable_.contains(table)) continue;
            try {
                port_.select(renderer_.touch(table).named("readable"));
            } catch (const QueryError& error) {
                if (ends_the_run(error)) throw;
                found = true;
                unreadable_[table] =
                    reasons::text(reason_code(error.reason()), to_string(table) + " " + error.sqlstate());
                base_unreadable_ = base_unreadable_ || table == group_.entity.table;
            }
        }
        if (!found) return false;
        std::vector<ProbeRef> rest;
        for (const ProbeRef ref : active_) {
            const auto needed = tables_needed(ref);
            const auto blocked = std::find_if(needed.begin(), needed.end(),
                                              [&](const TableName& table) { return unreadable_.contains(table); });
            if (blocked == needed.end()) {
                rest.push_back(ref);
            } else {
                runs_[ref.rule].gaps.push_back({group_.entity.name, unreadable_[*blocked]});
            }
        }
        active_ = std::move(rest);
        return true;
    }

    /// Every table can be read, yet the statement fails: a column that is not granted, or a value of an odd type.
    /// Each probe by itself shows which one it is.
    void run_singly(Counted& counted) {
        std::vector<ProbeRef> counted_refs;
        const std::vector<ProbeRef> all_refs = active_;
        for (const ProbeRef ref : all_refs) {
            try {
                Fused fused;
                const ProbeCells cells = add(fused, ref);
                select(fused, {ref});
                if (take_out_unmatched(fused, cells)) continue;
                keep(fused, cells);
                counted_refs.push_back(ref);
            } catch (const QueryError& error) {
                if (ends_the_run(error)) throw;
                note(ref, error);
            }
        }
        active_ = std::move(counted_refs);
        if (!counts_persons()) return;
        try {
            run_fused(counted);
        } catch (const QueryError& error) {
            if (ends_the_run(error)) throw;
        }
    }

    void note(ProbeRef ref, const QueryError& error) const {
        RuleRun& run = runs_[ref.rule];
        const std::string object = to_string(probe(ref).object);
        const std::string detail = object + (error.sqlstate().empty() ? "" : " " + error.sqlstate());
        if (error.reason() == QueryError::Reason::other) {
            run.failure = reasons::text(reasons::statement_failed, detail);
        } else {
            run.gaps.push_back({group_.entity.name, reasons::text(reason_code(error.reason()), detail)});
        }
    }

    void give_up(const QueryError& error) const {
        for (const ProbeRef ref : active_) note(ref, error);
    }

    std::vector<RuleRun>& runs_;
    const Group& group_;
    const sql::Renderer& renderer_;
    sql::QueryPort& port_;
    std::vector<ProbeRef> active_;
    std::vector<std::string> aged_by_;  // the dates by whose years the latest statement told rows apart
    std::map<TableName, std::string> unreadable_;
    std::set<std::string> unmatched_;  // table.column
    bool base_unreadable_ = false;
};

/// Probes may bring an entity with attributes of their own; the group's entity has them all.
void merge(Entity& into, const Entity& from) {
    for (const Path& path : from.paths) {
        if (into.path(path.name) == nullptr) into.paths.push_back(path);
    }
    for (const Attribute& each : from.attributes) {
        if (into.find(each.name) == nullptr) into.attributes.push_back(each);
    }
}

}  // namespace

Counted measure(std::vector<RuleRun>& runs, const std::vector<Entity>& entities, const sql::Renderer& renderer,
                sql::QueryPort& port, const std::map<std::string, Condition, std::less<>>& kept) {
    const auto kept_of = [&](const Entity& entity) {
        const auto found = kept.find(entity.name);
        return found == kept.end() ? Condition{} : found->second;
    };
    std::vector<Group> groups;
    for (const Entity& entity : entities) {
        const bool countable = is_person(entity.kind) && !entity.attributes.empty();
        if (countable) groups.push_back({entity, {}, kept_of(entity)});
    }
    for (std::size_t rule = 0; rule < runs.size(); ++rule) {
        const auto& probes = runs[rule].plan.probes;
        runs[rule].measured.resize(probes.size());
        for (std::size_t probe = 0; probe < probes.size(); ++probe) {
            const Entity& entity = probes[probe].entity;
            auto group = std::find_if(groups.begin(), groups.end(),
                                      [&](const Group& each) { return each.entity.name == entity.name; });
            if (group == groups.end()) {
                group = groups.insert(groups.end(), Group{entity, {}, kept_of(entity)});
            } else {
                merge(group->entity, entity);
            }
            group->probes.push_back({rule, probe});
        }
    }
    Counted counted;
    for (const Group& group : groups) {
        GroupRun{runs, group, renderer, port}.run(counted);
        counted.entities.push_back(group.entity);
    }
    return counted;
}

}  // namespace crmaudit::engine
