// One language of the reports: its words, plural forms, numbers, dates and the way it cites a law. All of them stand in
// reports/locales/<language>.xml.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auditor/model/date.h"
#include "auditor/model/policy.h"

namespace crmaudit::reports {

/// What takes the place of {name} in a text.
using Values = std::vector<std::pair<std::string_view, std::string>>;

class Locale {
public:
    /// Throws std::invalid_argument, naming the languages there are, for one that does not ship.
    explicit Locale(std::string_view language);

    const std::string& language() const { return language_; }

    /// The text for a key; the key itself when the file lacks it (a test keeps that from happening).
    std::string text(std::string_view key, const Values& values = {}) const;

    /// The form of the text that goes with `count`, which also stands for {n}.
    std::string counted(std::string_view key, std::int64_t count, const Values& values = {}) const;

    /// The text "<group>.<name>"; the name itself when there is none: checks, profiles and drivers bring new words.
    std::string word(std::string_view group, std::string_view name) const;

    /// 1,234 or 1.234.
    std::string number(std::int64_t value) const;
    /// One decimal; "<0.1%" and ">99.9%" rather than a round number that is not true. Empty when `whole` is 0.
    std::string percent(std::int64_t part, std::int64_t whole) const;
    /// 31 Dec 2026 or 31.12.2026.
    std::string date(Date date) const;
    /// The same for a date as written in XML; unchanged when it is none.
    std::string date(std::string_view iso) const;
    /// "3 years", "1 month and 15 days".
    std::string period(Period period) const;
    /// "Art. 5(1)(c) GDPR" or "Art. 5 Abs. 1 lit. c DSGVO".
    std::string basis(const LegalBasis& basis) const;
    /// A reason "code" or "code: detail" of model/reasons.h in words; unchanged when the code is unknown.
    std::string reason(std::string_view reason) const;
    /// What a check judged by: a word "code", or "code: category"; unchanged when the code is unknown.
    std::string fact(std::string_view fact) const;
    /// What a check counted apart: a word of its own, or a category.
    std::string detail(std::string_view name) const;
    /// "a, b and c".
    std::string list(const std::vector<std::string>& items) const;

    /// Every key, sorted; plural ones once.
    std::vector<std::string> keys() const;

private:
    struct Forms {
        std::string one;
        std::string other;
    };

    std::optional<std::string_view> find(const std::string& key) const;
    std::string article(std::string_view article) const;

    std::string language_;
    std::map<std::string, std::string, std::less<>> texts_;
    std::map<std::string, Forms, std::less<>> plurals_;
};

}  // namespace crmaudit::reports
