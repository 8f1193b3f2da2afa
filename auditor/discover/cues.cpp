#include "auditor/discover/cues.h"

#include <algorithm>

#include "auditor/model/tokens.h"

namespace crmaudit::discover {
namespace {

/// A part of a name that is as long as this is recognised within a compound: "newslettereinwilligung".
constexpr std::size_t shortest_part = 8;
constexpr std::size_t most_tokens = 12;

struct Match {
    std::size_t begin;
    std::size_t end;
    const std::set<Cue>* cues;
};

bool lies_within(const Match& inner, const Match& outer) {
    return outer.begin <= inner.begin && inner.end <= outer.end && outer.end - outer.begin > inner.end - inner.begin;
}

/// Where tokens begin and end in the text that they make without white space.
std::vector<std::size_t> borders_of(const std::vector<std::string>& tokens) {
    std::vector<std::size_t> borders{0};
    for (const std::string& token : tokens) borders.push_back(borders.back() + token.size());
    return borders;
}

}  // namespace

Cues::Cues(const std::vector<CueWord>& words) {
    for (const CueWord& word : words) {
        std::string text;
        for (const std::string& token : tokens_of(word.text)) text += token;
        words_[text].insert(word.cue);
    }
}

const std::set<Cue>* Cues::find(const std::string& text) const {
    for (const std::string& form : singulars(text)) {
        const auto found = words_.find(form);
        if (found != words_.end()) return &found->second;
    }
    return nullptr;
}

std::vector<FoundCue> Cues::in(std::string_view name, const std::set<std::string>& silent) const {
    std::vector<std::string> tokens = tokens_of(name);
    if (tokens.size() > most_tokens) tokens.resize(most_tokens);
    const auto borders = borders_of(tokens);
    std::string text;
    for (const std::string& token : tokens) text += token;

    std::vector<Match> matches;
    const auto look_up = [&](std::size_t begin, std::size_t end) {
        if (const auto* cues = find(text.substr(begin, end - begin))) matches.push_back({begin, end, cues});
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        for (std::size_t j = i + 1; j <= tokens.size(); ++j) look_up(borders[i], borders[j]);
        for (std::size_t cut = borders[i] + 1; cut < borders[i + 1]; ++cut) {
            if (cut - borders[i] >= shortest_part) look_up(borders[i], cut);
            if (borders[i + 1] - cut >= shortest_part) look_up(cut, borders[i + 1]);
        }
    }
    std::vector<FoundCue> found;
    for (const Match& match : matches) {
        if (std::any_of(matches.begin(), matches.end(), [&](const Match& m) { return lies_within(match, m); }))
            continue;
        bool whole = true;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const bool covered = match.begin <= borders[i] && borders[i + 1] <= match.end;
            whole = whole && (covered || silent.contains(tokens[i]));
        }
        for (const Cue cue : *match.cues) {
            const FoundCue each{cue, whole};
            if (std::find(found.begin(), found.end(), each) == found.end()) found.push_back(each);
        }
    }
    return found;
}

std::vector<std::string> singulars(const std::string& token) {
    std::vector<std::string> forms{token};
    const auto cut = [&](std::string_view ending, std::string_view instead) {
        if (token.size() > ending.size() + 2 && token.ends_with(ending)) {
            forms.push_back(token.substr(0, token.size() - ending.size()).append(instead));
        }
    };
    cut("s", "");
    cut("es", "");
    cut("ies", "y");
    cut("e", "");
    cut("n", "");
    cut("en", "");
    return forms;
}

}  // namespace crmaudit::discover
