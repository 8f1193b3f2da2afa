#include <filesystem>
#include <ostream>

#include "auditor/app/commands.h"
#include "auditor/app/mapping_draft.h"
#include "auditor/app/secrets.h"
#include "auditor/app/whole_file.h"
#include "auditor/classify/classifier.h"
#include "auditor/engine/audit.h"
#include "connectors/database.h"
#include "policies/load.h"
#include "policies/write_mapping.h"

namespace crmaudit::app {

ExitCode discover_command(const Settings& settings, const Surroundings& surroundings) {
    if (!settings.operands().empty()) {
        throw Failure(ExitCode::usage, "discover takes options only, for instance: crmaudit discover --dsn crm");
    }
    const ConnectionSource source = read_connection(settings, surroundings.environment);
    connectors::ConnectOptions connect;
    connect.connection_string = source.connection_string;
    connect.password = source.password;
    const auto database = connectors::open_database(connect);
    const Catalog catalog =
        engine::filter_tables(database->read_catalog(), settings["include"].values, settings["exclude"].values);

    const auto lexicons = policies::shipped_lexicons();
    const Classification classification = classify::NameClassifier{lexicons}.classify(catalog);
    std::vector<std::string> copy_marks;
    for (const Lexicon& lexicon : lexicons) {
        copy_marks.insert(copy_marks.end(), lexicon.copy_marks.begin(), lexicon.copy_marks.end());
    }
    const std::string text = policies::write_mapping(draft_of(catalog, classification, copy_marks));

    const auto out = settings.text("out");
    if (!out) {
        surroundings.out << text;
        return ExitCode::clean;
    }
    const std::filesystem::path path{*out};
    if (!path.has_filename()) throw settings.bad("out", "'" + *out + "' names no file");
    write_whole_file(path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."},
                     {path.filename().string(), text});
    return ExitCode::clean;
}

}  // namespace crmaudit::app
