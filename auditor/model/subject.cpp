#include "auditor/model/subject.h"

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<SubjectLink, 5> links{{
    {SubjectLink::own, "own"},
    {SubjectLink::mapped, "mapped"},
    {SubjectLink::reference, "reference"},
    {SubjectLink::address, "address"},
    {SubjectLink::mention, "mention"},
}};

constexpr NameTable<ValueShown, 5> forms{{
    {ValueShown::whole, "whole"},
    {ValueShown::beginning, "beginning"},
    {ValueShown::excerpt, "excerpt"},
    {ValueShown::masked, "masked"},
    {ValueShown::binary, "binary"},
}};

}  // namespace

std::string_view to_string(SubjectLink link) { return name_in(links, link); }
std::string_view to_string(ValueShown shown) { return name_in(forms, shown); }

}  // namespace crmaudit
