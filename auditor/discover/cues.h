// Finds cues in names: the longest words win, so that "opt out" is no "opt" and "unsubscribed" not "subscribed".
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/cue.h"

namespace crmaudit::discover {

/// A cue, and whether the name says nothing else.
struct FoundCue {
    Cue cue = Cue::key;
    bool whole = false;
    bool operator==(const FoundCue&) const = default;
};

class Cues {
public:
    explicit Cues(const std::vector<CueWord>& words);

    /// `silent` are tokens that add nothing: those of the table in the name of its column ("meeting_date").
    std::vector<FoundCue> in(std::string_view name, const std::set<std::string>& silent = {}) const;

private:
    const std::set<Cue>* find(const std::string& text) const;

    std::map<std::string, std::set<Cue>> words_;  // without white space
};

/// The token and what it may be the plural of; for names, where a wrong singular matches nothing.
std::vector<std::string> singulars(const std::string& token);

}  // namespace crmaudit::discover
