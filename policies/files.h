// Where the files of this folder come from: shipped inside the program by name, anything else from the disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/xml/document.h"

namespace crmaudit::policies {

/// A kind of file that ships with the program.
struct Shelf {
    std::string_view what;    // "policy", for messages
    std::string_view folder;  // "policies/packs/"
    std::string_view schema;  // "policies/policy.xsd"
};

inline constexpr Shelf policy_shelf{"policy", "policies/packs/", "policies/policy.xsd"};
inline constexpr Shelf profile_shelf{"profile", "policies/profiles/", "policies/profile.xsd"};
inline constexpr Shelf lexicon_shelf{"lexicon", "policies/lexicons/", "policies/lexicon.xsd"};
inline constexpr Shelf discovery_shelf{"discovery", "policies/discovery/", "policies/discovery.xsd"};
inline constexpr Shelf tracker_shelf{"trackers", "policies/trackers/", "policies/tracker.xsd"};
inline constexpr Shelf country_shelf{"countries", "policies/countries/", "policies/countries.xsd"};
inline constexpr Shelf pattern_shelf{"patterns", "policies/patterns/", "policies/pattern.xsd"};

/// What a file at `name_or_path` means by `other`: a shipped name, or a path from the folder it lies in.
std::string beside(const std::string& name_or_path, const std::string& other);

/// The same for two ways to name one file: a shipped name, or a whole path.
std::string identity(const std::string& name_or_path);

/// Why there is no such file; absent when there is one.
std::optional<std::string> why_missing(const Shelf& shelf, const std::string& name_or_path);

/// The names of the shipped files, sorted.
std::vector<std::string> shipped_names(const Shelf& shelf);

/// The validated file: shipped by name; from the disk when the name holds a '/' or ends in ".xml".
/// Throws xml::DocumentError, with a suggestion for a name that is not shipped.
xml::Document open(const Shelf& shelf, const std::string& name_or_path);

}  // namespace crmaudit::policies
