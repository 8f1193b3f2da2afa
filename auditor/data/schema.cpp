#include "auditor/data/schema.h"

#include <stdexcept>

#include "auditor/data/embedded.h"

namespace crmaudit::data {
namespace {

constexpr std::string_view include_start = "<xs:include schemaLocation=\"";
constexpr std::string_view include_end = "\"/>";

std::string_view shipped(std::string_view path) {
    const auto text = embedded(path);
    if (!text) throw std::logic_error("no schema " + std::string{path});
    return *text;
}

/// "policies/" and "../reports/x.xsd" give "reports/x.xsd".
std::string resolve(std::string_view folder, std::string_view location) {
    while (location.starts_with("../")) {
        location.remove_prefix(3);
        const auto slash = folder.size() < 2 ? std::string_view::npos : folder.rfind('/', folder.size() - 2);
        folder = slash == std::string_view::npos ? std::string_view{} : folder.substr(0, slash + 1);
    }
    return std::string{folder} + std::string{location};
}

/// What stands between the root's tags.
std::string_view definitions(std::string_view text) {
    const auto root = text.find("<xs:schema");
    const auto start = text.find('>', root) + 1;
    return text.substr(start, text.rfind("</xs:schema>") - start);
}

}  // namespace

std::string schema(std::string_view path) {
    std::string text{shipped(path)};
    const std::string_view folder = path.substr(0, path.rfind('/') + 1);
    for (auto at = text.find(include_start); at != std::string::npos; at = text.find(include_start, at)) {
        const auto from = at + include_start.size();
        const auto to = text.find(include_end, from);
        const std::string included = resolve(folder, std::string_view{text}.substr(from, to - from));
        text.replace(at, to + include_end.size() - at, definitions(shipped(included)));
    }
    return text;
}

}  // namespace crmaudit::data
