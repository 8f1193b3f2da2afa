// Cues: what words in the names of columns and tables say where a data category alone is too coarse, for instance that
// one consent column grants and another objects. The words are data (policies/discovery.xml).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crmaudit {

enum class Cue {
    // What the rows of a table are.
    staff,         // people of the company itself, and its logins
    customer,      // people it deals with, even where they can log in
    lead,          // people who are no customers yet
    relationship,  // something that runs between company and person: a contract, a deal, a case
    bulk,          // mail to many
    automatic,     // written by the program, not by a contact with the person
    tracked,       // opens and clicks
    copy,          // left over from another table
    // What a column says.
    key,          // the name is that of a key
    bystander,    // the key leads to someone the row is not about: who typed it, who is in charge
    qualifier,    // says which of several such keys it is, and that the row is about whom it leads to
    target_kind,  // beside a key: tells which table it leads to
    created,
    modified,
    deleted,
    deleted_at,
    active,
    converted,
    source,
    contacted,      // the latest contact, kept with the person
    happened,       // when a contact took place
    sent,           // when a message went out
    planned,        // when something is due, or meant to end
    closed,         // over, as a flag
    open,           // running, as a flag
    closed_at,      // when it ended
    granted,        // agreed to marketing
    refused,        // objected to it
    listed,         // on a list that gets it
    subscribed_at,  // since when on the list
    agreed_at,      // proof of the consent
    objected_at,
    notice,  // when the person was informed
    tracking_granted,
    tracking_refused,
    state,    // one of several values that only people who know the program can tell apart
    purpose,  // what a consent is for
};

std::string_view to_string(Cue cue);
std::optional<Cue> cue_from(std::string_view name);

/// One or more tokens (see tokens_of) that give the cue.
struct CueWord {
    std::string text;
    Cue cue = Cue::key;
    bool operator==(const CueWord&) const = default;
};

}  // namespace crmaudit
