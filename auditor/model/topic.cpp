#include "auditor/model/topic.h"

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

using enum Topic;

constexpr NameTable<Topic, 10> names{{
    {unknown, "unknown"},
    {person, "person"},
    {company, "company"},
    {catalogue, "catalogue"},
    {message, "message"},
    {technical, "technical"},
    {tracking, "tracking"},
    {consent, "consent"},
    {detail, "detail"},
    {copy, "copy"},
}};

}  // namespace

std::string_view to_string(Topic topic) { return name_in(names, topic); }
std::optional<Topic> topic_from(std::string_view name) { return value_in(names, name); }

}  // namespace crmaudit
