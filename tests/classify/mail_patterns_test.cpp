// Every pattern of pixels, click links and ways out matches what its file says it does, and nothing of everyday mails.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "auditor/classify/mail_scanner.h"
#include "policies/load.h"

namespace crmaudit::classify {
namespace {

class MailPatternFiles : public ::testing::Test {
protected:
    bool matches(const MailTracker& tracker, const std::string& address) const {
        if (!tracker.text.empty() && address.find(tracker.text) != std::string::npos) return true;
        const auto found = scanner.trackers_in(address);
        return std::any_of(found.begin(), found.end(), [&](const MailTracker* each) { return *each == tracker; });
    }

    const MailPatterns patterns = policies::shipped_trackers();
    const MailScanner scanner{patterns, {}};
};

TEST_F(MailPatternFiles, KnowAtLeastSixtySenders) {
    std::set<std::string> vendors;
    for (const MailTracker& tracker : patterns.trackers) vendors.insert(tracker.vendor);
    EXPECT_GE(vendors.size(), 60U);
}

TEST_F(MailPatternFiles, MatchTheirExamplesAndNotTheirCounterExamples) {
    for (const MailTracker& tracker : patterns.trackers) {
        EXPECT_FALSE(tracker.examples.empty()) << tracker.vendor;
        EXPECT_FALSE(tracker.counter_examples.empty()) << tracker.vendor;
        for (const std::string& example : tracker.examples) {
            EXPECT_TRUE(matches(tracker, example)) << tracker.vendor << ": " << example;
        }
        for (const std::string& other : tracker.counter_examples) {
            EXPECT_FALSE(matches(tracker, other)) << tracker.vendor << ": " << other;
        }
    }
}

TEST_F(MailPatternFiles, MatchNoCounterExampleOfAnother) {
    for (const MailTracker& tracker : patterns.trackers) {
        for (const std::string& other : tracker.counter_examples) {
            const auto found = scanner.trackers_in(other);
            const bool named = std::any_of(found.begin(), found.end(), [](const auto* each) { return !each->weak; });
            EXPECT_FALSE(named) << other << " is taken for " << found.front()->vendor;
        }
    }
}

TEST_F(MailPatternFiles, MatchNoOrdinaryAddress) {
    EXPECT_GE(patterns.ordinary.size(), 30U);
    for (const std::string& address : patterns.ordinary) {
        const auto found = scanner.trackers_in(address);
        EXPECT_TRUE(found.empty()) << address << " is taken for " << found.front()->vendor;
    }
}

TEST_F(MailPatternFiles, GiveNoExampleToTwoVendors) {
    for (const MailTracker& tracker : patterns.trackers) {
        for (const std::string& example : tracker.examples) {
            for (const MailTracker* each : scanner.trackers_in(example)) {
                if (each->weak || tracker.weak) continue;
                EXPECT_EQ(each->vendor, tracker.vendor) << example;
            }
        }
    }
}

TEST_F(MailPatternFiles, KnowWaysOut) {
    EXPECT_FALSE(patterns.opt_outs.empty());
    for (const OptOutForm& form : patterns.opt_outs) {
        for (const std::string& example : form.examples) EXPECT_TRUE(scanner.is_way_out(example)) << example;
        for (const std::string& other : form.counter_examples) EXPECT_FALSE(scanner.is_way_out(other)) << other;
    }
}

TEST_F(MailPatternFiles, TakeNoOrdinaryPictureOrLinkForOneMadeForARecipient) {
    for (const std::string& address : patterns.ordinary) {
        const bool is_picture = address.ends_with(".png") || address.ends_with(".gif") || address.ends_with(".jpg") ||
                                address.starts_with("cid:") || address.starts_with("data:");
        MailReading reading;
        scanner.read(is_picture ? "<p>Text<img src=\"" + address + "\" width=120 height=40></p>"
                                : "<p>Text <a href=\"" + address + "\">hier</a></p>",
                     reading);
        EXPECT_TRUE(reading.vendors.empty()) << address << " is taken for " << reading.vendors.begin()->first;
    }
}

}  // namespace
}  // namespace crmaudit::classify
