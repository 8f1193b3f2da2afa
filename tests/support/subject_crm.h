// A CRM in which everything about one person holds the word "own", and everything about others "else", on a real
// server: whoever asks for the one must get all of it and nothing of the others.
#pragma once

#include <string>
#include <vector>

#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::live {

class SubjectCrm {
public:
    explicit SubjectCrm(Product product);

    void sql(const std::string& statement) { scratch.admin().run(statement); }

    /// Runs `crmaudit subject` with this request, as the account of the connection string.
    support::ProcessResult ask(const std::string& request, std::vector<std::string> more = {});
    support::ProcessResult ask_as(const std::string& connection, const std::string& request,
                                  std::vector<std::string> more = {});
    /// A file of the latest answer; "" where there is none.
    std::string text(const std::string& file) const;
    std::filesystem::path answer() const { return place_.path() / ("answer" + std::to_string(number_)); }
    const std::filesystem::path& place() const { return place_.path(); }

    /// Every word with "own" and a number that was planted.
    const std::vector<std::string>& own_words() const { return own_words_; }
    /// The one of them that was planted for this.
    std::string own_word(const std::string& kind) const;

    Scratch scratch;

private:
    std::string own(const std::string& kind);

    TemporaryDirectory place_;
    std::vector<std::string> own_words_;
    int number_ = 0;
};

inline constexpr const char* own_address = "anna.own@example.org";
inline constexpr const char* own_key = "own-key-0000-0000-000000000001";

}  // namespace crmaudit::live
