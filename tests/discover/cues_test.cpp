// Cues in names: the longest words win, and whether a name says nothing else is known.
#include "auditor/discover/cues.h"

#include <gtest/gtest.h>

#include "auditor/discover/schema.h"
#include "policies/load.h"

namespace crmaudit::discover {
namespace {

std::set<Cue> cues_in(const std::string& name) {
    static const Cues cues{policies::load_discovery()};
    std::set<Cue> found;
    for (const FoundCue& each : cues.in(name)) found.insert(each.cue);
    return found;
}

TEST(Cues, TellsRefusalFromConsent) {
    for (const char* name : {"opt_out", "emailOptOut", "unsubscribed", "DoNotEmail", "no_newsletter", "KEINE_WERBUNG",
                             "not_subscribed", "consent_withdrawn", "Werbewiderspruch"}) {
        const auto found = cues_in(name);
        EXPECT_TRUE(found.contains(Cue::refused)) << name;
        EXPECT_FALSE(found.contains(Cue::granted) || found.contains(Cue::listed)) << name;
    }
    for (const char* name : {"opt_in", "marketingConsent", "WERBUNG_ERLAUBT", "is_subscribed"}) {
        EXPECT_EQ(cues_in(name), std::set<Cue>{Cue::granted}) << name;
    }
}

TEST(Cues, TellsADateFromWhatItIsTheDateOf) {
    EXPECT_EQ(cues_in("consent_date"), std::set<Cue>{Cue::agreed_at});
    EXPECT_EQ(cues_in("unsubscribedAt"), std::set<Cue>{Cue::objected_at});
    EXPECT_EQ(cues_in("deleted_at"), std::set<Cue>{Cue::deleted_at});
    EXPECT_EQ(cues_in("expected_close_date"), std::set<Cue>{Cue::planned});
    EXPECT_EQ(cues_in("ERSTELLT_AM"), std::set<Cue>{Cue::created});
}

TEST(Cues, SaysWhetherANameSaysMore) {
    const Cues cues{{{"deleted", Cue::deleted}, {"date", Cue::happened}}};
    EXPECT_EQ(cues.in("deleted"), (std::vector<FoundCue>{{Cue::deleted, true}}));
    EXPECT_EQ(cues.in("can_be_deleted"), (std::vector<FoundCue>{{Cue::deleted, false}}));
    EXPECT_EQ(cues.in("meeting_date", {"meeting"}), (std::vector<FoundCue>{{Cue::happened, true}}));
    EXPECT_TRUE(cues.in("").empty());
}

TEST(WritableNames, AreThoseThatXmlKeepsAsTheyAre) {
    for (const char* name : {"a", "a b", "--", "<&>\"'", "\xC3\xA4", "\xF0\x9F\x93\x85"})
        EXPECT_TRUE(is_writable(name)) << name;
    for (const char* name : {"", "a\x01", "a\nb", "a\xFF", "\xC3", "\xED\xA0\x80", "\xEF\xBF\xBF"})
        EXPECT_FALSE(is_writable(name)) << name;
}

}  // namespace
}  // namespace crmaudit::discover
