// read_table CONNECTION_STRING TABLE: reads every column of every row of a table and prints what came, and the most
// memory the process ever held: "rows=… bytes=… peak_mib=…". For scripts/bench.
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "connectors/session.h"
#include "connectors/table_reader.h"

namespace {

using namespace crmaudit;

const Table& find_table(const Catalog& catalog, const std::string& name) {
    const auto found =
        std::ranges::find_if(catalog.tables, [&](const Table& table) { return table.name.name == name; });
    if (found == catalog.tables.end()) throw std::runtime_error("there is no table " + name);
    return *found;
}

void read_table(const std::string& connection, const std::string& name) {
    connectors::ConnectOptions options;
    options.connection_string = connection;
    connectors::Session session(options);
    const Catalog catalog = session.dialect().read_catalog([&](const std::string& text) { return session.rows(text); });
    const Table& table = find_table(catalog, name);
    std::vector<std::string> columns;
    for (const auto& column : table.columns) columns.push_back(column.name);

    constexpr std::size_t longest_cell = 16U << 10U;
    const auto selection = connectors::select_columns(session.dialect(), table, columns, longest_cell);
    std::size_t bytes = 0;
    const std::int64_t rows = connectors::read_rows(session, table, selection, [&](const sql::Row& row) {
        for (const auto& cell : row) bytes += cell ? cell->size() : 0;
        return true;
    });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::cout << "rows=" << rows << " bytes=" << bytes << " peak_mib=" << usage.ru_maxrss / 1024 << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
    if (arguments.size() != 3) {
        std::cerr << "usage: read_table CONNECTION_STRING TABLE\n";
        return 64;
    }
    try {
        read_table(arguments[1], arguments[2]);
    } catch (const std::exception& error) {
        std::cerr << "read_table: " << error.what() << '\n';
        return 1;
    }
}
