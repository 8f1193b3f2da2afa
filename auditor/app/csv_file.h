// Comma-separated values as RFC 4180 has them, with what spreadsheets make of it: semicolons or tabs instead of commas,
// a byte order mark, line ends of any kind.
#pragma once

#include <string>
#include <vector>

namespace crmaudit::app {

struct CsvRow {
    int line = 0;  // where it begins
    std::vector<std::string> fields;
};

/// The rows of a text, empty lines left out; the separator is the one that the first line uses. Throws Failure (78)
/// with file and line for a quote that is never closed.
std::vector<CsvRow> read_csv(const std::string& name, const std::string& text);

}  // namespace crmaudit::app
