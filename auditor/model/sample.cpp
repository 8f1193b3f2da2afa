#include "auditor/model/sample.h"

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<SampleMethod, 4> names{{
    {SampleMethod::everything, "everything"},
    {SampleMethod::key_positions, "key_positions"},
    {SampleMethod::blocks, "blocks"},
    {SampleMethod::row_chance, "row_chance"},
}};

}  // namespace

std::string_view to_string(SampleMethod method) { return name_in(names, method); }
std::optional<SampleMethod> sample_method_from(std::string_view name) { return value_in(names, name); }

}  // namespace crmaudit
