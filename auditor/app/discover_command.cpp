#include <filesystem>
#include <ostream>

#include "auditor/app/commands.h"
#include "auditor/app/inspect_database.h"
#include "auditor/app/mapping_draft.h"
#include "auditor/app/whole_file.h"
#include "policies/write_mapping.h"

namespace crmaudit::app {

ExitCode discover_command(const Settings& settings, const Surroundings& surroundings) {
    if (!settings.operands().empty()) {
        throw Failure(ExitCode::usage, "discover takes options only, for instance: crmaudit discover --dsn crm");
    }
    SourceOptions options = read_source_options(settings, surroundings.today);
    // A profile that fits would hide what the database itself shows; one that was named still declares columns.
    if (options.profile == "auto") options.profile = "none";
    const PreparedSource source = prepare_source(settings, options, surroundings);
    std::string text;
    inspect(source, options, surroundings, [&](InspectedDatabase& database) {
        database.classify();
        text =
            policies::write_mapping(draft_of(database.catalog, database.classification, copy_marks(source.lexicons)));
    });

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
