// Addresses within texts: whether a text names one, and the text with everybody else's taken out.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace crmaudit::engine {

/// Trimmed and in lower case, as addresses are compared; letters of Western European languages too.
std::string folded_address(std::string_view text);

/// The text holds the folded address as one of its own, not as the end or beginning of a longer one.
bool names_address(std::string_view text, const std::string& address);

/// The text with subject_mask in place of every address that is not one of `own`, folded ones, and of the name before
/// such an address in angle brackets.
std::string without_other_addresses(const std::string& text, const std::set<std::string>& own);

/// What stands around the first place where the text names the address: so many bytes before and after, cut at words.
std::string excerpt_around(const std::string& text, const std::string& address, std::size_t around);

/// Words of the name in lower case, without accents.
std::set<std::string> name_words(std::string_view name);

}  // namespace crmaudit::engine
