#include "auditor/engine/crm_outlets.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "auditor/engine/bind.h"
#include "auditor/engine/query_reasons.h"
#include "auditor/engine/spelling.h"
#include "auditor/model/location.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

constexpr std::int64_t most_names = 500;
constexpr std::size_t longest_text = 300;
constexpr std::size_t longest_name = 80;

/// An attribute that the outlet has in a role, or nothing.
std::string attribute_in(const Entity& entity, Role role) {
    const auto found = entity.in_role(role);
    return found.empty() ? std::string{} : found.front()->name;
}

/// What is called after an address is called after a person, as a rule; control characters have no place in a report.
std::string told_name(const std::string& text) {
    if (text.find('@') != std::string::npos || text.size() > longest_name) return {};
    std::string name;
    for (const char c : text) {
        const bool is_blank = static_cast<unsigned char>(c) <= ' ';
        if (is_blank && (name.empty() || name.back() == ' ')) continue;
        name += is_blank ? ' ' : c;
    }
    if (!name.empty() && name.back() == ' ') name.pop_back();
    return name;
}

/// The first host; where a text is none, nothing of it is told.
std::string told_host(const std::string& text) {
    const NamedHosts named = other_hosts_in(text);
    return named.hosts.empty() ? std::string{} : named.hosts.front();
}

std::int64_t number_in(const sql::Cell& cell) {
    std::int64_t number = 0;
    if (cell) std::from_chars(cell->data(), cell->data() + cell->size(), number);
    return number;
}

class Reader {
public:
    Reader(const Catalog& catalog, const sql::Renderer& renderer, sql::QueryPort& port, CrmOutlets& found)
        : catalog_(catalog), renderer_(renderer), port_(port), found_(found) {}

    void read(const MappedOutlets& mapped) {
        const std::string& table = mapped.entity.table.name;
        const bool is_there = find_in_any_case(catalog_, {catalog_.default_schema, table}) != nullptr;
        if (!is_there && !may_hide_tables(catalog_)) return;
        if (!is_there) return lack(mapped.entity, reasons::text(reasons::not_in_catalog, table));
        const Entity entity = bind(mapped.entity, catalog_);
        if (!entity.unbound.empty()) return lack(entity, entity.unbound.front().reason);
        try {
            take(mapped.what, entity);
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            lack(entity, reasons::text(reason_code(error.reason()), error.sqlstate()));
        }
    }

private:
    void lack(const Entity& entity, std::string reason) { found_.gaps.push_back({entity.name, std::move(reason)}); }

    void take(const std::string& what, const Entity& entity) {
        const std::string name = attribute_in(entity, Role::outlet_name);
        const std::string target = attribute_in(entity, Role::outlet_target);
        const std::string date = attribute_in(entity, Role::last_used);
        std::vector<std::string> texts;
        if (!name.empty()) texts.push_back(name);
        if (!target.empty()) texts.push_back(target);
        const auto rows = port_.select(
            renderer_.combinations(entity, entity.live, texts, date, most_names + 1, longest_text).named("outlets"));
        if (rows.size() > static_cast<std::size_t>(most_names)) lack(entity, std::string{reasons::too_many});
        std::map<std::pair<std::string, std::string>, CrmOutlet> by_name;
        for (const sql::Row& row : rows) {
            std::size_t cell = 0;
            const std::string called = name.empty() ? "" : told_name(row.at(cell++).value_or(""));
            const std::string host = target.empty() ? "" : told_host(row.at(cell++).value_or(""));
            CrmOutlet& outlet = by_name[{called, host}];
            outlet.what = what;
            outlet.table = entity.table;
            outlet.name = called;
            outlet.host = host;
            outlet.count += number_in(row.at(cell++));
            const auto day = date.empty() ? std::nullopt : parse_date(row.at(cell).value_or(""));
            outlet.last_used = std::max(outlet.last_used, day);
        }
        for (auto& [key, outlet] : by_name) {
            if (outlet.count > 0) found_.outlets.push_back(std::move(outlet));
        }
    }

    const Catalog& catalog_;
    const sql::Renderer& renderer_;
    sql::QueryPort& port_;
    CrmOutlets& found_;
};

}  // namespace

CrmOutlets find_crm_outlets(const Profile& profile, const Catalog& catalog, const sql::Renderer& renderer,
                            sql::QueryPort& port) {
    CrmOutlets found;
    Reader reader{catalog, renderer, port, found};
    for (const MappedOutlets& mapped : profile.outlets) reader.read(mapped);
    std::sort(found.outlets.begin(), found.outlets.end());
    return found;
}

}  // namespace crmaudit::engine
