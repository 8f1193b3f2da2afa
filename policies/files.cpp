#include "policies/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "auditor/data/embedded.h"
#include "auditor/data/schema.h"
#include "auditor/model/suggestion.h"

namespace crmaudit::policies {
namespace {

constexpr std::string_view extension = ".xml";

bool is_path(std::string_view name) { return name.find('/') != std::string_view::npos || name.ends_with(extension); }

std::string read_from_disk(const Shelf& shelf, const std::string& path) {
    const auto cannot_read = [&](const char* why) {
        throw xml::DocumentError("cannot read " + std::string{shelf.what} + " file " + path + ": " + why);
    };
    if (std::filesystem::is_directory(path)) cannot_read("it is a directory");
    std::ifstream file{path, std::ios::binary};
    if (!file) cannot_read(std::strerror(errno));
    std::ostringstream text;
    text << file.rdbuf();
    if (file.bad()) cannot_read("reading failed");
    return text.str();
}

std::string read_shipped(const Shelf& shelf, const std::string& name) {
    const auto text = data::embedded(std::string{shelf.folder} + name + std::string{extension});
    if (text) return std::string{*text};
    const auto names = shipped_names(shelf);
    std::string list;
    for (const std::string& shipped : names) list += (list.empty() ? "" : ", ") + shipped;
    throw xml::DocumentError("no " + std::string{shelf.what} + " named '" + name + "'" + suggestion(name, names) +
                             " (shipped: " + list + "; a file of your own is named by its path)");
}

}  // namespace

std::string beside(const std::string& name_or_path, const std::string& other) {
    if (!is_path(other)) return other;
    const std::filesystem::path folder =
        is_path(name_or_path) ? std::filesystem::path{name_or_path}.parent_path() : std::filesystem::path{};
    return (folder / other).string();
}

std::string identity(const std::string& name_or_path) {
    if (!is_path(name_or_path)) return name_or_path;
    std::error_code unreadable;
    const auto whole = std::filesystem::weakly_canonical(name_or_path, unreadable);
    return unreadable ? name_or_path : whole.string();
}

std::optional<std::string> why_missing(const Shelf& shelf, const std::string& name_or_path) {
    try {
        if (is_path(name_or_path)) {
            read_from_disk(shelf, name_or_path);
        } else {
            read_shipped(shelf, name_or_path);
        }
    } catch (const xml::DocumentError& error) {
        return error.what();
    }
    return std::nullopt;
}

std::vector<std::string> shipped_names(const Shelf& shelf) {
    std::vector<std::string> names;
    for (std::string_view path : data::embedded_under(shelf.folder)) {
        path.remove_prefix(shelf.folder.size());
        path.remove_suffix(extension.size());
        names.emplace_back(path);
    }
    return names;
}

xml::Document open(const Shelf& shelf, const std::string& name_or_path) {
    if (is_path(name_or_path)) {
        return {name_or_path, read_from_disk(shelf, name_or_path), data::schema(shelf.schema)};
    }
    return {name_or_path + std::string{extension}, read_shipped(shelf, name_or_path), data::schema(shelf.schema)};
}

}  // namespace crmaudit::policies
