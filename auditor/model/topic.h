// What a table's rows are about.
#pragma once

#include <optional>
#include <string_view>

namespace crmaudit {

/// A "detail" hangs on a person (an address, a membership); "copy" marks a leftover of another table.
enum class Topic { unknown, person, company, catalogue, message, technical, tracking, consent, detail, copy };

std::string_view to_string(Topic topic);
std::optional<Topic> topic_from(std::string_view name);

}  // namespace crmaudit
