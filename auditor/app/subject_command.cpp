#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <ostream>

#include "auditor/app/commands.h"
#include "auditor/app/erasure.h"
#include "auditor/app/inspect_database.h"
#include "auditor/app/private_directory.h"
#include "auditor/app/subject_file.h"
#include "auditor/app/subject_pointers.h"
#include "auditor/app/whole_file.h"
#include "auditor/engine/bind.h"
#include "auditor/engine/subject.h"
#include "auditor/model/reasons.h"
#include "reports/subject/subject.h"

namespace crmaudit::app {
namespace {

namespace fs = std::filesystem;

std::int64_t read_most_rows(const Settings& settings) {
    const std::string text = settings.text("rows").value_or("");
    std::int64_t rows = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rows);
    if (error == std::errc{} && end == text.data() + text.size() && rows >= 1 && rows <= 100'000) return rows;
    throw settings.bad("rows", "must be a whole number from 1 to 100000");
}

std::vector<Purpose> declared_purposes(const Settings& settings, const Policy& policy) {
    std::vector<Purpose> declared;
    for (const std::string& id : settings["declare"].values) {
        const auto found = std::find_if(policy.purposes.begin(), policy.purposes.end(),
                                        [&](const Purpose& each) { return each.id == id; });
        if (found == policy.purposes.end()) {
            throw settings.bad("declare", "policy " + policy.name + " has no purpose '" + id + "'");
        }
        declared.push_back(*found);
    }
    return declared;
}

void note_what_is_hidden(SubjectAnswer& answer, const InspectedDatabase& database) {
    for (const CatalogGap& each : database.catalog.gaps) {
        if (each.object != "grants" && each.object != "hosts") answer.gaps.push_back({each.object, each.reason});
    }
    for (const std::string& each : database.catalog.left_out) {
        answer.gaps.push_back({each, std::string{reasons::left_out}});
    }
    const auto persons = [](const Entity& each) { return is_person(each.kind); };
    if (!database.profile ||
        std::none_of(database.profile->entities.begin(), database.profile->entities.end(), persons)) {
        answer.gaps.push_back({"", std::string{reasons::no_person}});
    }
}

void describe(SubjectAnswer& answer, const PreparedSource& source, const Policy& policy, const SourceOptions& options,
              const InspectedDatabase& database) {
    answer.run.tool_version = CRMAUDIT_VERSION;
    answer.run.as_of = options.as_of;
    answer.run.label = source.connection.label;
    answer.run.policy = policy.name;
    answer.source.database = database.catalog.database;
    answer.source.product = database.catalog.product;
    if (database.profile) {
        answer.run.profile = database.profile->name;
        answer.run.profile_discovered = database.profile->discovered;
    }
    for (const Rule& rule : policy.rules) {
        if (!rule.parameter("after").empty()) answer.periods.push_back(rule);
    }
}

/// What purge scripts archived is data about persons as well.
void take_back_own_tables(InspectedDatabase& database) {
    for (Table& each : database.own_tables) {
        std::erase(database.catalog.left_out, to_string(each.name));
        database.catalog.tables.push_back(std::move(each));
    }
    database.own_tables.clear();
    std::sort(database.catalog.tables.begin(), database.catalog.tables.end(),
              [](const Table& a, const Table& b) { return a.name < b.name; });
}

SubjectAnswer look_up(const SubjectQuestion& question, const PreparedSource& source, const SourceOptions& options,
                      InspectedDatabase& database, std::int64_t most_rows) {
    take_back_own_tables(database);
    database.classify();
    const std::vector<Entity> entities =
        database.profile ? engine::bind(*database.profile, database.catalog) : std::vector<Entity>{};
    engine::SubjectSource where{database.catalog, database.classification, entities,
                                engine::known_pointers(database.catalog, entities)};
    for (auto& each :
         guessed_pointers(database.catalog, database.classification, entities, copy_marks(source.lexicons))) {
        where.pointers.push_back(std::move(each));
    }
    SubjectAnswer found;
    const sql::Renderer renderer{database.grammar(), options.as_of};
    try {
        engine::answer(found, question, where, renderer, database.port(), most_rows);
    } catch (const std::invalid_argument& error) {
        throw Failure(ExitCode::bad_configuration, error.what());
    }
    note_what_is_hidden(found, database);
    engine::add_readers(found, database.catalog);
    return found;
}

bool is_undecided(const SubjectAnswer& answer) { return answer.records.empty() && answer.matches.size() > 1; }

void tell(const SubjectAnswer& answer, std::ostream& err) {
    if (is_undecided(answer)) {
        err << "crmaudit: " << answer.matches.size()
            << " persons match the request, so no data was written; the report lists their keys, choose with `key:` "
               "lines\n";
    } else if (answer.records.size() > 1) {
        err << "crmaudit: " << answer.records.size()
            << " records were chosen; make sure that they are of one and the same person\n";
    } else if (answer.records.empty()) {
        err << "crmaudit: nothing was found about that person; the report says so\n";
    }
    if (!answer.gaps.empty()) {
        err << "crmaudit: incomplete, " << answer.gaps.size() << " objects could not be looked at; see the report\n";
    }
}

}  // namespace

ExitCode subject_command(const Settings& settings, const Surroundings& surroundings) {
    if (!settings.operands().empty()) {
        // Whatever it is, it may be somebody's data: it is not repeated.
        throw Failure(ExitCode::usage,
                      "an argument that is no option; whom it is about stands in --subject-file or comes on standard "
                      "input, because other users of this machine see arguments");
    }
    const auto out = settings.text("out");
    if (!out || out->empty()) throw Failure(ExitCode::usage, "give a new directory for the answer: --out DIR");
    const SourceOptions options = read_source_options(settings, surroundings.today);
    const std::string language = read_language(settings, "en");
    const std::int64_t most_rows = read_most_rows(settings);
    const Policy policy = load_policy(settings.text("policy").value_or("gdpr"));
    const std::vector<Purpose> purposes = declared_purposes(settings, policy);
    std::optional<ErasureOptions> erasing;
    if (settings.is_set("erase")) {
        erasing = read_erasure_options(settings, options.as_of);
        erasing->language = language;
    }
    const SubjectQuestion question = read_subject(settings.text("subject-file").value_or(""));
    const PreparedSource source = prepare_source(settings, options, surroundings);
    make_private_directory(*out);

    SubjectAnswer answer;
    Erasure erasure;
    inspect(source, options, surroundings, [&](InspectedDatabase& database) {
        answer = look_up(question, source, options, database, most_rows);
        describe(answer, source, policy, options, database);
        if (!erasing || is_undecided(answer)) return;
        Run run = answer.run;
        run.policy_digest = policy.digest;
        erasure = erase(answer.matches, run, *erasing, copy_marks(source.lexicons), database);
    });
    answer.purposes = purposes;
    write_whole_file(*out, {"subject.xml", reports::write_subject_xml(answer)});
    write_whole_file(*out, {"subject.html", reports::write_subject_html(answer, language)});
    write_whole_file(*out, {"notes.txt", reports::write_subject_notes(answer, language)});
    if (!erasure.files.empty()) make_private_directory(fs::path{*out} / "erase");
    for (const OutputFile& each : erasure.files) write_whole_file(fs::path{*out} / "erase", each);
    tell(answer, surroundings.err);
    for (const std::string& each : erasure.refusals) surroundings.err << "crmaudit: " << each << "\n";
    const bool is_whole = !is_undecided(answer) && answer.gaps.empty() && erasure.refusals.empty();
    return is_whole ? ExitCode::clean : ExitCode::incomplete;
}

}  // namespace crmaudit::app
