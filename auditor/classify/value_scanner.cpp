#include "auditor/classify/value_scanner.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "auditor/classify/birth_dates.h"
#include "auditor/classify/checksums.h"
#include "auditor/classify/digits.h"
#include "auditor/classify/prose.h"

namespace crmaudit::classify {
namespace {

constexpr std::size_t longest_look = 64 * 1024;   // bytes of a value: its beginning and its end
constexpr int most_candidates = 256;              // of one pattern in one value, tried for their check digits
constexpr std::int64_t filter_memory = 64 << 20;  // bytes at most, as far as values ask for it
constexpr double identifying = 0.5;               // a pattern of less weight is the shape of too much else

RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    return options;
}

/// No letter, digit or underscore may touch what is found within a text.
std::string between_boundaries(const std::string& expression) {
    return R"((?:^|[^\pL\pN_])()" + expression + R"()(?:[^\pL\pN_]|$))";
}

RE2::Options filter_options() {
    RE2::Options result = options();
    result.set_max_mem(filter_memory);
    return result;
}

/// What the sifting set looks for: less than the pattern, but with a beginning, so that a long number or key is entered
/// once and not at each of its characters.
std::string sifting(const ValuePattern& pattern) {
    if (pattern.extent == ValuePattern::Extent::whole) return "^(?:" + pattern.expression + ")$";
    return "(?:^|[^0-9A-Za-z_])(?:" + pattern.expression + ")";
}

/// Columns of fixed width are filled up with blanks or NUL.
std::string_view trimmed(std::string_view value) {
    constexpr std::string_view white{" \t\r\n\v\f\0", 7};
    const auto first = value.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return value.substr(first, value.find_last_not_of(white) - first + 1);
}

/// A number that goes on ("1.2.3.4.5", "RE-123456782", "3704 0044 0532") is a part of something else.
bool goes_on(std::string_view text, std::size_t begin, std::size_t end) {
    constexpr std::string_view joints = ".-/";
    const auto is_part = [](char c) { return is_digit(c) || is_upper(c) || is_lower(c); };
    if (is_digit(text[begin]) && begin >= 3 && text[begin - 1] == ' ') {
        const std::string_view before = text.substr(0, begin - 1);
        const std::string_view group = before.substr(before.rfind(' ') + 1);
        if (group.size() >= 2 && all_digits(group)) return true;
    }
    if (is_digit(text[begin]) && begin >= 2 && joints.find(text[begin - 1]) != std::string_view::npos &&
        is_part(text[begin - 2])) {
        return true;
    }
    return is_digit(text[end - 1]) && end + 1 < text.size() && joints.find(text[end]) != std::string_view::npos &&
           is_digit(text[end + 1]);
}

std::string_view view(re2::StringPiece piece) { return {piece.data(), piece.size()}; }

/// One pattern with the expressions it is looked for with.
struct Finder {
    explicit Finder(const ValuePattern& pattern)
        : whole(pattern.expression, options()), within(between_boundaries(pattern.expression), options()) {
        if (!whole.ok()) {
            throw std::invalid_argument("pattern '" + pattern.id + "' does not compile: " + whole.error());
        }
        if (pattern.checksum.empty()) return;
        const Checksum* checksum = find_checksum(pattern.checksum);
        if (checksum == nullptr) {
            throw std::invalid_argument("pattern '" + pattern.id + "' asks for the unknown checksum '" +
                                        pattern.checksum + "'");
        }
        holds = checksum->holds;
    }

    bool is(std::string_view value) const {
        re2::StringPiece groups[2];
        const int count = whole.NumberOfCapturingGroups() > 0 ? 2 : 1;
        const re2::StringPiece text{value.data(), value.size()};
        if (!whole.Match(text, 0, text.size(), RE2::ANCHOR_BOTH, groups, count)) return false;
        return checked(view(groups[0]), count > 1 ? view(groups[1]) : std::string_view{});
    }

    bool is_in(std::string_view value) const {
        re2::StringPiece groups[3];
        const int count = whole.NumberOfCapturingGroups() > 0 ? 3 : 2;
        const re2::StringPiece text{value.data(), value.size()};
        std::size_t from = 0;
        for (int tried = 0; tried < most_candidates; ++tried) {
            if (!within.Match(text, from, text.size(), RE2::UNANCHORED, groups, count)) return false;
            const auto begin = static_cast<std::size_t>(groups[1].data() - text.data());
            const std::size_t end = begin + groups[1].size();
            if (end == begin) return false;
            if (!goes_on(value, begin, end) &&
                checked(view(groups[1]), count > 2 ? view(groups[2]) : std::string_view{})) {
                return true;
            }
            from = end;
        }
        return false;
    }

    bool checked(std::string_view all, std::string_view group) const {
        return holds == nullptr || holds(group.empty() ? all : group);
    }

    RE2 whole;
    RE2 within;
    ChecksumRule holds = nullptr;
};

}  // namespace

struct ValueScanner::Compiled {
    explicit Compiled(std::vector<ValuePattern> all)
        : patterns(std::move(all)), filter(filter_options(), RE2::UNANCHORED) {
        std::set<std::string> ids;
        for (const ValuePattern& pattern : patterns) {
            if (!ids.insert(pattern.id).second) {
                throw std::invalid_argument("there is a second pattern '" + pattern.id + "'");
            }
            finders.push_back(std::make_unique<Finder>(pattern));
            filter.Add(sifting(pattern), nullptr);
        }
        filters = !patterns.empty() && filter.Compile();
    }

    /// The patterns that may be in the text; all of them when the filter gives up.
    void candidates(std::string_view text, std::vector<int>& found) const {
        found.clear();
        RE2::Set::ErrorInfo error{RE2::Set::kNoError};
        if (filters && (filter.Match({text.data(), text.size()}, &found, &error) || error.kind == RE2::Set::kNoError)) {
            return;
        }
        found.clear();
        for (std::size_t i = 0; i < patterns.size(); ++i) found.push_back(static_cast<int>(i));
    }

    std::vector<ValuePattern> patterns;
    std::vector<std::unique_ptr<const Finder>> finders;
    RE2::Set filter;
    bool filters = false;
};

ValueScanner::ValueScanner(std::vector<ValuePattern> patterns)
    : compiled_(std::make_unique<const Compiled>(std::move(patterns))) {}
ValueScanner::~ValueScanner() = default;

const std::vector<ValuePattern>& ValueScanner::patterns() const { return compiled_->patterns; }

const ValuePattern* ValueScanner::find(std::string_view id) const {
    const auto& all = compiled_->patterns;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const ValuePattern& pattern) { return pattern.id == id; });
    return found == all.end() ? nullptr : &*found;
}

struct ColumnScan::State {
    State(const ValueScanner::Compiled& with, ColumnKind of_kind, Date as_of)
        : compiled(&with), kind(of_kind), counts(with.patterns.size()), births(as_of) {}

    struct Count {
        std::int64_t whole = 0;
        std::int64_t within = 0;
    };

    bool has_dates() const {
        return kind != ColumnKind::decimal && kind != ColumnKind::boolean && kind != ColumnKind::time &&
               kind != ColumnKind::binary;
    }
    /// A moment or a yes holds no number of a person.
    bool has_patterns() const {
        return kind != ColumnKind::boolean && kind != ColumnKind::date && kind != ColumnKind::timestamp &&
               kind != ColumnKind::time;
    }

    void look_at(std::string_view value) {
        const bool cut = value.size() > longest_look;
        const std::string_view begin = cut ? value.substr(0, longest_look / 2) : value;
        const std::string_view end = cut ? value.substr(value.size() - longest_look / 2) : std::string_view{};
        bool identifier = false;
        bool single = false;
        seen.assign(counts.size(), false);
        for (const std::string_view part : {begin, end}) {
            if (part.empty()) continue;
            compiled->candidates(part, hits);
            for (const int hit : hits) {
                const auto index = static_cast<std::size_t>(hit);
                const ValuePattern& pattern = compiled->patterns[index];
                const Finder& finder = *compiled->finders[index];
                if (seen[index]) continue;
                const bool is_whole = !cut && finder.is(part);
                if (!is_whole && (pattern.extent == ValuePattern::Extent::whole || !finder.is_in(part))) continue;
                seen[index] = true;
                ++(is_whole ? counts[index].whole : counts[index].within);
                if (pattern.hint) continue;
                identifier = identifier || pattern.weight >= identifying;
                single = single || is_whole;
            }
        }
        if (identifier) ++content.identified;
        if (!single && is_prose(begin)) ++content.texts;
    }

    const ValueScanner::Compiled* compiled;
    ColumnKind kind;
    ColumnContent content;
    std::vector<Count> counts;
    BirthDates births;
    std::vector<int> hits;   // kept for their memory alone
    std::vector<bool> seen;  // as above
};

ColumnScan::ColumnScan(const ValueScanner& scanner, ColumnKind kind, Date as_of)
    : state_(std::make_unique<State>(*scanner.compiled_, kind, as_of)) {}
ColumnScan::~ColumnScan() = default;
ColumnScan::ColumnScan(ColumnScan&&) noexcept = default;
ColumnScan& ColumnScan::operator=(ColumnScan&&) noexcept = default;

void ColumnScan::add(std::string_view value) {
    ++state_->content.read;
    const std::string_view text = trimmed(value);
    if (text.empty()) return;
    ++state_->content.filled;
    if (state_->has_dates()) state_->births.add(text);
    if (state_->has_patterns()) state_->look_at(text);
}

void ColumnScan::add_missing() { ++state_->content.read; }

ColumnContent ColumnScan::result() const {
    ColumnContent content = state_->content;
    for (std::size_t i = 0; i < state_->counts.size(); ++i) {
        const ValuePattern& pattern = state_->compiled->patterns[i];
        const auto [whole, within] = state_->counts[i];
        if (whole + within > 0) content.patterns.push_back({pattern.id, pattern.category, pattern.hint, whole, within});
    }
    if (const std::int64_t births = state_->births.result(); births > 0) {
        content.patterns.push_back({std::string{birth_date_pattern}, Category::birth_date, false, births, 0});
    }
    std::sort(content.patterns.begin(), content.patterns.end(),
              [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
    return content;
}

}  // namespace crmaudit::classify
