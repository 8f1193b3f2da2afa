#include "reports/locale.h"
#include "reports/purge/one_line.h"
#include "reports/subject/subject.h"

namespace crmaudit::reports {

std::string write_subject_notes(const SubjectAnswer& answer, std::string_view language) {
    const Locale locale{language};
    std::string text = locale.text("subject.notes.title", {{"date", locale.date(answer.run.as_of)}}) + "\n";
    const auto paragraph = [&](const std::string& what) { text += "\n" + what + "\n"; };
    const auto item = [&](const std::string& what) { text += "* " + purge::on_one_line(what) + "\n"; };
    if (answer.records.empty() && answer.matches.size() > 1) {
        paragraph(locale.text("subject.state.several"));
    }
    for (const char* each : {"identity", "read", "masked", "words", "elsewhere", "logs", "keep"}) {
        paragraph(locale.text(std::string{"subject.notes."} + each));
    }
    if (answer.run.profile_discovered || answer.run.profile.empty()) paragraph(locale.text("subject.notes.draft"));
    for (const SubjectRecord& record : answer.records) {
        paragraph(locale.text("subject.notes.found", {{"entity", record.person.entity}}));
        for (const SubjectTable& each : record.tables) {
            item(to_string(each.table) + ": " +
                 locale.counted("subject.rows", static_cast<std::int64_t>(each.rows.size())) +
                 (each.left > 0 ? "; " + locale.counted("subject.left", each.left) : "") + "; " +
                 locale.text("subject.link." + std::string{to_string(each.link)}) +
                 (each.via.empty() ? "" : " (" + each.via + ")"));
        }
    }
    if (answer.gaps.empty()) return text;
    paragraph(locale.text("subject.gaps.caption"));
    for (const Gap& each : answer.gaps) item(each.object + ": " + locale.reason(each.reason));
    return text;
}

}  // namespace crmaudit::reports
