#include "auditor/app/csv_file.h"

#include <algorithm>
#include <string_view>

#include "auditor/app/exit_code.h"

namespace crmaudit::app {
namespace {

char separator_of(std::string_view first_line) {
    const auto count = [&](char c) { return std::count(first_line.begin(), first_line.end(), c); };
    if (count(',') > 0) return ',';
    return count(';') >= count('\t') ? ';' : '\t';
}

}  // namespace

std::vector<CsvRow> read_csv(const std::string& name, const std::string& text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    std::string_view rest{text};
    if (rest.starts_with(mark)) rest.remove_prefix(mark.size());
    const char separator = separator_of(rest.substr(0, rest.find('\n')));

    std::vector<CsvRow> rows;
    CsvRow row{1, {""}};
    bool quoted = false;
    int line = 1;
    int opened = 0;
    const auto finish = [&] {
        if (row.fields.size() > 1 || !row.fields.front().empty()) rows.push_back(std::move(row));
        row = {line, {""}};
    };
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (c == '\n') ++line;
        if (quoted) {
            const bool doubled = c == '"' && i + 1 < rest.size() && rest[i + 1] == '"';
            if (c != '"' || doubled) row.fields.back() += c;
            if (doubled) ++i;
            if (c == '"' && !doubled) quoted = false;
        } else if (c == '"' && row.fields.back().empty()) {
            quoted = true;
            opened = line;
        } else if (c == separator) {
            row.fields.emplace_back();
        } else if (c == '\n') {
            finish();
        } else if (c != '\r') {
            row.fields.back() += c;
        }
    }
    if (quoted) {
        throw Failure(ExitCode::bad_configuration,
                      name + ":" + std::to_string(opened) + ": a quote is opened here and never closed");
    }
    finish();
    return rows;
}

}  // namespace crmaudit::app
