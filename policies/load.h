// Loads policies, profiles, lexicons and patterns: shipped ones by name, others by path. Each file is validated against
// its schema; messages name file, line and remedy. All functions throw xml::DocumentError.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/cue.h"
#include "auditor/model/lexicon.h"
#include "auditor/model/mail_pattern.h"
#include "auditor/model/pattern.h"
#include "auditor/model/policy.h"
#include "auditor/model/profile.h"

namespace crmaudit::policies {

/// A name ("gdpr") means a shipped file; anything with a '/' or ending in ".xml" is a path.
/// `known_checks` are the ids a rule's check may name; `needed` gives the parameters, separated by spaces, that
/// rules of a check must have. A policy that names a parent comes with everything it takes over.
Policy load_policy(const std::string& name_or_path, const std::vector<std::string>& known_checks,
                   const std::map<std::string, std::string>& needed = {});
Profile load_profile(const std::string& name_or_path);
Lexicon load_lexicon(const std::string& name_or_path);
/// Every expression compiles, none matches the empty text, and ids differ.
std::vector<ValuePattern> load_patterns(const std::string& name_or_path);
/// What stored messages are searched for. Every expression compiles, and none matches the empty text.
MailPatterns load_trackers(const std::string& name_or_path);
/// The words for schemas that no profile knows; the shipped ones are "words".
std::vector<CueWord> load_discovery(const std::string& name_or_path = "words");

std::vector<Profile> shipped_profiles();
std::vector<Lexicon> shipped_lexicons();
std::vector<ValuePattern> shipped_patterns();  // of all files, by file and place
MailPatterns shipped_trackers();               // of all files, by file and place
/// The shipped patterns and those of the files; no id may come twice.
std::vector<ValuePattern> patterns_with(const std::vector<std::string>& paths);

/// The shipped lexicons and those at `paths`. One of a language that ships is added to the shipped one.
std::vector<Lexicon> lexicons_with(const std::vector<std::string>& paths);

std::vector<std::string> shipped_policy_names();
std::vector<std::string> shipped_profile_names();

}  // namespace crmaudit::policies
