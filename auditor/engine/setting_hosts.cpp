#include "auditor/engine/setting_hosts.h"

#include <algorithm>

#include "auditor/engine/query_reasons.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

constexpr std::int64_t most_values = 100;
constexpr std::size_t longest_value = 1000;

/// Where the column is; absent, perhaps with a gap, where the catalog lacks it.
struct Place {
    const Table* table = nullptr;
    const Column* column = nullptr;
};

Place find(const HostColumn& host, const Catalog& catalog, std::vector<Gap>& gaps) {
    Place place;
    place.table = catalog.find({catalog.default_schema, host.table});
    if (place.table != nullptr) place.column = place.table->find(host.column);
    const bool is_missing_part = place.table == nullptr && !may_hide_tables(catalog);
    if (place.column == nullptr && !is_missing_part) {
        gaps.push_back({host.table, reasons::text(reasons::not_in_catalog, host.table + "." + host.column)});
    }
    return place;
}

}  // namespace

SettingHosts find_setting_hosts(const Profile& profile, const Catalog& catalog, const sql::Renderer& renderer,
                                sql::QueryPort& port) {
    SettingHosts found;
    for (const HostColumn& host : profile.hosts) {
        const Place place = find(host, catalog, found.gaps);
        if (place.column == nullptr) continue;
        const std::string name = to_string(place.table->name) + "." + place.column->name;
        std::vector<sql::Row> rows;
        try {
            rows = port.select(renderer.settings(place.table->name, column(place.column->name, place.column->kind),
                                                 most_values + 1, longest_value));
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            found.gaps.push_back({name, reasons::text(reason_code(error.reason()), error.sqlstate())});
            continue;
        }
        bool all_understood = rows.size() <= static_cast<std::size_t>(most_values);
        for (const sql::Row& row : rows) {
            const NamedHosts named = other_hosts_in(row.at(0).value_or(""));
            all_understood = all_understood && named.understood;
            for (const std::string& each : named.hosts) found.hosts.push_back({host.what, name, each});
        }
        if (!all_understood) found.gaps.push_back({name, std::string{reasons::no_host}});
    }
    std::sort(found.hosts.begin(), found.hosts.end());
    found.hosts.erase(std::unique(found.hosts.begin(), found.hosts.end()), found.hosts.end());
    return found;
}

}  // namespace crmaudit::engine
