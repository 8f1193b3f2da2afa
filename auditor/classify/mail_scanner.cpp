#include "auditor/classify/mail_scanner.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <stdexcept>

#include "auditor/classify/mail_parts.h"
#include "auditor/classify/mail_text.h"
#include "auditor/classify/mail_tokens.h"

namespace crmaudit::classify {
namespace {

constexpr std::int64_t set_memory = 32 << 20;

RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(set_memory);
    return options;
}

/// Without what is written one way or the other: "https://www.Example.org/x/" and "example.org/x".
std::string bare_address(std::string_view address) {
    std::string bare = folded_text(address);
    for (const char* start : {"https://", "http://", "www."}) {
        if (bare.starts_with(start)) bare.erase(0, std::string_view{start}.size());
    }
    while (bare.ends_with('/')) bare.pop_back();
    return bare;
}

bool has_any(std::string_view text, const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return text.find(word) != std::string_view::npos; });
}

}  // namespace

struct MailScanner::Compiled {
    Compiled(MailPatterns all, std::vector<LinkQuestion> asked)
        : patterns(std::move(all)), questions(std::move(asked)), set(options(), RE2::ANCHOR_START) {
        for (std::size_t i = 0; i < patterns.trackers.size(); ++i) {
            const MailTracker& tracker = patterns.trackers[i];
            if (tracker.expression.empty()) continue;
            std::string error;
            if (set.Add(tracker.expression, &error) < 0) {
                throw std::invalid_argument("a pattern of '" + tracker.vendor + "' does not compile: " + error);
            }
            in_set.push_back(i);
        }
        if (!in_set.empty() && !set.Compile())
            throw std::invalid_argument("the patterns of mails take too much memory");
        for (const OptOutForm& form : patterns.opt_outs) {
            if (form.expression.empty()) continue;
            way_out.push_back(std::make_unique<RE2>(form.expression, options()));
            if (!way_out.back()->ok()) {
                throw std::invalid_argument("a form of opting out does not compile: " + way_out.back()->error());
            }
        }
        for (LinkQuestion& question : questions) {
            for (std::string& term : question.terms) term = folded_text(term);
            for (std::string& address : question.addresses) address = bare_address(address);
            std::erase(question.terms, "");
            std::erase(question.addresses, "");
        }
    }

    std::vector<const MailTracker*> matching(std::string_view address) const {
        std::vector<const MailTracker*> found;
        std::vector<int> hits;
        if (in_set.empty()) return found;
        RE2::Set::ErrorInfo error{RE2::Set::kNoError};
        const bool any = set.Match({address.data(), address.size()}, &hits, &error);
        if (!any && error.kind != RE2::Set::kNoError) {
            // The set gave up for lack of memory: one by one then, rather than not at all.
            for (std::size_t i = 0; i < in_set.size(); ++i) {
                if (RE2::PartialMatch(std::string{address}, patterns.trackers[in_set[i]].expression))
                    hits.push_back(static_cast<int>(i));
            }
        }
        std::sort(hits.begin(), hits.end());
        for (const int hit : hits) found.push_back(&patterns.trackers[in_set[static_cast<std::size_t>(hit)]]);
        return found;
    }

    bool is_way_out(std::string_view text) const {
        return std::any_of(way_out.begin(), way_out.end(), [&](const auto& form) {
            return RE2::PartialMatch(re2::StringPiece{text.data(), text.size()}, *form);
        });
    }

    bool has_mark_of_way_out(std::string_view text) const {
        return std::any_of(patterns.opt_outs.begin(), patterns.opt_outs.end(), [&](const OptOutForm& form) {
            return !form.text.empty() && text.find(form.text) != std::string_view::npos;
        });
    }

    MailPatterns patterns;
    std::vector<LinkQuestion> questions;
    RE2::Set set;
    std::vector<std::size_t> in_set;  // which tracker each expression of the set belongs to
    std::vector<std::unique_ptr<const RE2>> way_out;
};

namespace {

/// A body on its way through the patterns.
class Look {
public:
    explicit Look(MailReading& reading) : reading_(reading) {}

    void hit(std::string_view vendor, TrackerKind kind, bool weak) {
        MailReading::Hit& hit = reading_.vendors[std::string{vendor}];
        (kind == TrackerKind::open ? hit.opens : hit.clicks) = true;
        hit.weak = hit.weak && weak;
    }

    /// Weak patterns count in the place of their kind alone. False when none counts.
    bool hits(const std::vector<const MailTracker*>& matching, TrackerKind place) {
        const bool has_named =
            std::any_of(matching.begin(), matching.end(), [](const MailTracker* tracker) { return !tracker->weak; });
        bool any = false;
        for (const MailTracker* tracker : matching) {
            if (tracker->weak && (has_named || tracker->kind != place)) continue;
            hit(tracker->vendor, tracker->kind, tracker->weak);
            any = true;
        }
        return any;
    }

private:
    MailReading& reading_;
};

}  // namespace

MailScanner::MailScanner(MailPatterns patterns, std::vector<LinkQuestion> questions)
    : compiled_(std::make_unique<const Compiled>(std::move(patterns), std::move(questions))) {}
MailScanner::~MailScanner() = default;

const std::vector<LinkQuestion>& MailScanner::questions() const { return compiled_->questions; }

std::vector<const MailTracker*> MailScanner::trackers_in(std::string_view address) const {
    return compiled_->matching(address);
}

bool MailScanner::is_way_out(std::string_view text) const {
    return compiled_->is_way_out(text) || compiled_->has_mark_of_way_out(text);
}

void MailScanner::read(std::string_view body, MailReading& reading) const {
    const Compiled& with = *compiled_;
    const std::string markup = mail_markup(body);
    const MailParts parts = mail_parts(markup);
    const bool has_text = parts.text.find_first_not_of(' ') != std::string::npos;
    reading.filled = reading.filled || has_text || !parts.images.empty() || !parts.links.empty();
    reading.answers.resize(with.questions.size(), false);

    Look look{reading};
    for (const MailTracker& tracker : with.patterns.trackers) {
        if (!tracker.text.empty() && markup.find(tracker.text) != std::string::npos)
            look.hit(tracker.vendor, tracker.kind, tracker.weak);
    }
    for (const MailImage& image : parts.images) {
        if (image.quoted || look.hits(with.matching(image.address), TrackerKind::open) || !is_remote(image.address))
            continue;
        if (image.hidden && (has_token(image.address) || !is_spacer(image.address))) {
            look.hit(hidden_image, TrackerKind::open, true);
        } else if (image_names_recipient(image.address)) {
            look.hit(image_token, TrackerKind::open, true);
        }
    }
    bool leads_out = with.has_mark_of_way_out(markup);
    for (const MailLink& link : parts.links) {
        if (link.quoted) continue;
        if (with.is_way_out(link.address)) {
            leads_out = true;
        } else if (!look.hits(with.matching(link.address), TrackerKind::click) && is_remote(link.address) &&
                   link_names_recipient(link.address)) {
            look.hit(link_token, TrackerKind::click, true);
        }
    }
    for (std::size_t i = 0; i < with.questions.size(); ++i) {
        if (reading.answers[i]) continue;
        const LinkQuestion& question = with.questions[i];
        const bool is_notice = question.what == LinkQuestion::What::notice;
        reading.answers[i] = is_notice ? has_any(parts.text, question.terms) : leads_out;
        for (const MailLink& link : parts.links) {
            if (reading.answers[i]) break;
            if (link.quoted) continue;
            const std::string address = folded_text(link.address);
            reading.answers[i] = has_any(address, question.terms) || has_any(address, question.addresses) ||
                                 (!is_notice && has_any(link.around, question.terms));
        }
        if (is_notice && !reading.answers[i]) reading.answers[i] = has_any(parts.text, question.addresses);
    }
}

}  // namespace crmaudit::classify
