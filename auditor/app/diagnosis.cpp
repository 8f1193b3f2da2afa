#include "auditor/app/diagnosis.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "auditor/app/columns.h"
#include "auditor/model/reasons.h"

namespace crmaudit::app {
namespace {

using connectors::ConnectionFacts;
using reports::Locale;

class Writer {
public:
    explicit Writer(const Locale& locale) : locale_(locale) {}

    std::string take() && { return std::move(text_); }

    void heading(const char* key) { text_ += (text_.empty() ? "" : "\n") + locale_.text(key) + "\n"; }
    void line(const std::string& text) { text_ += wrapped(text, "  "); }
    void item(const std::string& text) { text_ += wrapped("- " + text, "    "); }
    void line(const char* key, const reports::Values& values) { line(locale_.text(key, values)); }

    void write(const ConnectionFacts& facts) {
        heading("doctor.connection");
        line("doctor.server", {{"product", facts.product}, {"version", facts.version}, {"dialect", facts.dialect}});
        line("doctor.driver",
             {{"driver", facts.driver}, {"version", facts.driver_version}, {"manager", facts.driver_manager}});
        line(facts.keeps_text ? "doctor.text_kept" : "doctor.text_lost", {});
        line(!facts.is_read_only   ? "doctor.read_only_unknown"
             : *facts.is_read_only ? "doctor.read_only"
                                   : "doctor.not_read_only",
             {});
    }

    void write(const ExaminedSource& source) {
        write(source.connection);
        for (const std::string& missing : source.missing_safeguards) item(missing);

        heading("doctor.account");
        line(source.account.empty() ? locale_.counted("doctor.no_account", source.tables)
                                    : locale_.counted("doctor.sees", source.tables,
                                                      {{"account", source.account}, {"database", source.database}}));
        if (source.can_write.empty()) {
            line("doctor.cannot_write", {});
        } else {
            line("doctor.can_write", {});
            for (const std::string& each : source.can_write) item(each);
            line("doctor.can_write_remedy", {});
        }

        heading("doctor.limits");
        if (source.gaps.empty() && source.blocked.empty()) line("doctor.sees_all", {});
        if (!source.gaps.empty()) {
            line("doctor.hidden", {});
            for (const CatalogGap& gap : source.gaps) item(gap.object + ": " + locale_.reason(gap.reason));
        }
        if (!source.blocked.empty()) line("doctor.blocked", {});
        for (const BlockedRule& rule : source.blocked)
            item(rule.id + ", " + std::string{in_language(rule.title, locale_.language())} + ": " + reasons_of(rule));
        if (!source.gaps.empty() || !source.blocked.empty()) line("doctor.incomplete", {});
    }

private:
    std::string reasons_of(const BlockedRule& rule) const {
        std::vector<std::string> told;
        for (const Gap& gap : rule.gaps) {
            std::string reason = locale_.reason(gap.reason);
            if (std::find(told.begin(), told.end(), reason) == told.end()) told.push_back(std::move(reason));
        }
        std::string text;
        for (const std::string& reason : told) text += (text.empty() ? "" : "; ") + reason;
        return text;
    }

    const Locale& locale_;
    std::string text_;
};

}  // namespace

bool is_about_the_account(const std::string& reason) {
    constexpr std::array<std::string_view, 5> codes{reasons::forbidden, reasons::not_in_catalog,
                                                    reasons::permissions_hidden, reasons::own_rights_only,
                                                    reasons::hosts_hidden};
    const std::string_view code = std::string_view{reason}.substr(0, reason.find(':'));
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::vector<BlockedRule> blocked_rules(const AuditResult& result) {
    std::vector<BlockedRule> blocked;
    for (const RuleOutcome& outcome : result.outcomes) {
        BlockedRule rule{outcome.rule, {}, {}};
        for (const Gap& gap : outcome.gaps) {
            if (is_about_the_account(gap.reason)) rule.gaps.push_back(gap);
        }
        if (rule.gaps.empty()) continue;
        const auto named = std::find_if(result.rules.begin(), result.rules.end(),
                                        [&](const Rule& each) { return each.id == outcome.rule; });
        if (named != result.rules.end()) rule.title = named->texts.title;
        blocked.push_back(std::move(rule));
    }
    return blocked;
}

std::string diagnosis_text(const Diagnosis& diagnosis, const Locale& locale) {
    Writer writer{locale};
    writer.heading("doctor.drivers");
    if (diagnosis.drivers.empty()) writer.line("doctor.no_drivers", {});
    for (const std::string& driver : diagnosis.drivers) writer.item(driver);
    if (diagnosis.source) {
        writer.write(*diagnosis.source);
    } else {
        writer.heading("doctor.connection");
        writer.line("doctor.no_connection", {});
    }
    return std::move(writer).take();
}

ExitCode exit_code_of(const Diagnosis& diagnosis) {
    if (!diagnosis.source) return ExitCode::clean;
    const ExaminedSource& source = *diagnosis.source;
    if (!source.gaps.empty() || !source.blocked.empty()) return ExitCode::incomplete;
    return source.can_write.empty() && source.connection.keeps_text ? ExitCode::clean : ExitCode::findings;
}

}  // namespace crmaudit::app
