#include "tests/support/purge_forecast.h"

#include <algorithm>
#include <iterator>

#include "auditor/sql/render.h"
#include "connectors/database.h"

namespace crmaudit::live {
namespace {

using reports::purge::Step;

/// Asks the questions of all steps at once, and hands each answer to whom it is for.
class Forecaster {
public:
    Forecaster(PurgeCrm& crm, const AuditResult& result)
        : crm_(crm),
          grammar_(*connectors::find_grammar(result.source.dialect)),
          audited_(grammar_, result.run.as_of),
          // The scripts believe dates after the audit, however strange: a sign of life then.
          believing_(grammar_, sql::Days{result.run.as_of, Date{std::chrono::year{9998} / 12 / 31}}) {}

    void add(Forecast& to) {
        const Step& step = to.step;
        const auto of_entity = [&](const Condition& condition, const sql::Renderer& renderer, std::set<Cells>& into) {
            want(renderer.keys(step.entity, condition), step.entity.key.size(), into);
        };
        for (ChosenRows* each : {&to.found, &to.due, &to.going}) *each = {step.entity.table, step.entity.key, {}};
        of_entity(step.found, audited_, to.found.values);
        of_entity(step.due, audited_, to.due.values);
        of_entity(step.still, believing_, to.going.values);
        if (!reports::purge::deletes_rows(step.action))
            of_entity(all({step.found, step.pending}), audited_, to.pending);
        to.spared.resize(step.spared.size());
        for (std::size_t i = 0; i < step.spared.size(); ++i) {
            to.spared[i].first = step.spared[i].why;
            of_entity(all({step.found, step.spared[i].condition}), audited_, to.spared[i].second);
        }
        due_ = "(" + audited_.keys(step.entity, step.due) + ")";
        to.along.resize(step.reach.removals.size() + step.reach.cascades.size());
        auto along = to.along.begin();
        for (const auto& each : step.reach.removals)
            led(step, each.path, each.joins, *along++ = {each.table, each.key, {}});
        for (const auto& each : step.reach.cascades) {
            ChosenRows& rows = *along++ = {each.table, each.key, {}};
            for (const Path& path : each.paths) led(step, path, path.joins.size(), rows);
        }
        to.changed.resize(step.changes.size());
        for (std::size_t i = 0; i < step.changes.size(); ++i) {
            const auto& change = step.changes[i];
            to.changed[i] = {change.table, change.key, {}};
            if (change.path) {
                led(step, *change.path, change.path->joins.size(), to.changed[i]);
            } else {
                of_entity(all({step.due, change.where}), audited_, to.changed[i].values);
            }
        }
    }

    void answer() {
        const auto answers = ask(crm_, questions_);
        for (std::size_t i = 0; i < answers.size(); ++i) into_[i]->insert(answers[i].begin(), answers[i].end());
    }

private:
    /// Rows that the first joins of the path lead to from those who are due.
    void led(const Step& step, const Path& path, std::size_t joins, ChosenRows& into) {
        want(believing_.related_keys(step.entity, path, joins, into.columns, due_), into.columns.size(), into.values);
    }

    void want(const std::string& keys, std::size_t columns, std::set<Cells>& into) {
        Question question{"(" + keys + ") q", {}};
        for (std::size_t i = 1; i <= columns; ++i) question.columns.push_back(grammar_.quote("k" + std::to_string(i)));
        questions_.push_back(std::move(question));
        into_.push_back(&into);
    }

    PurgeCrm& crm_;
    const sql::Grammar& grammar_;
    sql::Renderer audited_;
    sql::Renderer believing_;
    std::string due_;
    std::vector<Question> questions_;
    std::vector<std::set<Cells>*> into_;
};

}  // namespace

std::vector<Forecast> forecast(PurgeCrm& crm, const AuditResult& result, const reports::purge::Plan& plan) {
    std::vector<Forecast> forecasts(plan.steps.size());
    Forecaster forecaster{crm, result};
    for (std::size_t i = 0; i < forecasts.size(); ++i) {
        forecasts[i].step = plan.steps[i];
        forecaster.add(forecasts[i]);
    }
    forecaster.answer();
    for (Forecast& each : forecasts) {
        std::set<Cells> both;
        std::set_intersection(each.due.values.begin(), each.due.values.end(), each.going.values.begin(),
                              each.going.values.end(), std::inserter(both, both.end()));
        each.going.values = std::move(both);
    }
    return forecasts;
}

}  // namespace crmaudit::live
