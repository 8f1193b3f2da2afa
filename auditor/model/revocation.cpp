#include "auditor/model/revocation.h"

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<GrantedOn, 9> names{{
    {GrantedOn::server, "server"},
    {GrantedOn::database, "database"},
    {GrantedOn::schema, "schema"},
    {GrantedOn::pattern, "pattern"},
    {GrantedOn::table, "table"},
    {GrantedOn::function, "function"},
    {GrantedOn::procedure, "procedure"},
    {GrantedOn::role, "role"},
    {GrantedOn::future, "future"},
}};

}  // namespace

std::string_view to_string(GrantedOn on) { return name_in(names, on); }
std::optional<GrantedOn> granted_on_from(std::string_view name) { return value_in(names, name); }

}  // namespace crmaudit
