#include "auditor/app/source_options.h"

#include <algorithm>
#include <charconv>

#include "auditor/app/duration.h"
#include "auditor/model/suggestion.h"
#include "reports/formats/formats.h"

namespace crmaudit::app {
namespace {

std::optional<std::chrono::seconds> read_duration(const Settings& settings, std::string_view option) {
    const auto text = settings.text(option);
    if (!text) return std::nullopt;
    const auto duration = parse_duration(*text);
    if (!duration)
        throw settings.bad(option, "'" + *text + "' is no time; write 90s, 10m, 2h or PT1H30M, at most a week");
    return duration;
}

Date read_date(const Settings& settings, Date today) {
    const auto text = settings.text("as-of");
    if (!text) return today;
    const auto date = parse_date(*text);
    if (!date) throw settings.bad("as-of", "'" + *text + "' is no date; write YYYY-MM-DD");
    if (*date < Date{std::chrono::year{1970}, std::chrono::month{1}, std::chrono::day{1}} ||
        *date > Date{std::chrono::year{2200}, std::chrono::month{1}, std::chrono::day{1}}) {
        throw settings.bad("as-of", *text + " cannot be the date of an audit");
    }
    return *date;
}

std::uint64_t read_seed(const Settings& settings) {
    const std::string text = settings.text("seed").value_or("1");
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error == std::errc{} && end == text.data() + text.size()) return seed;
    throw settings.bad("seed", "'" + text + "' is no seed; write a whole number from 0 to 18446744073709551615");
}

ContentExtent read_extent(const Settings& settings) {
    const std::string word = settings.text("content").value_or("sample");
    require_one_of(settings, "content", word, {"none", "sample", "full"});
    return content_extent_from(word).value_or(ContentExtent::sample);
}

}  // namespace

std::string comma_separated(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

void require_one_of(const Settings& settings, std::string_view option, const std::string& value,
                    const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), value) != known.end()) return;
    throw settings.bad(option, "'" + value + "' is not one of " + comma_separated(known) + suggestion(value, known));
}

std::string read_language(const Settings& settings, const std::string& otherwise) {
    const std::string language = settings.text("lang").value_or(otherwise);
    require_one_of(settings, "lang", language, reports::languages());
    return language;
}

SourceOptions read_source_options(const Settings& settings, Date today) {
    SourceOptions options;
    options.profile = settings.text("profile").value_or("");
    if (options.profile.empty()) throw settings.bad("profile", "must not be empty");
    options.as_of = read_date(settings, today);
    options.max_runtime = read_duration(settings, "max-runtime");
    options.statement_limit = *read_duration(settings, "statement-limit");
    options.lock_limit = *read_duration(settings, "lock-limit");
    if (options.max_runtime) options.statement_limit = std::min(options.statement_limit, *options.max_runtime);
    options.include = settings["include"].values;
    options.exclude = settings["exclude"].values;
    options.content = read_extent(settings);
    options.seed = read_seed(settings);
    options.lexicons = settings["lexicon"].values;
    options.patterns = settings["patterns"].values;
    options.verbose = settings.is_set("verbose");
    return options;
}

}  // namespace crmaudit::app
