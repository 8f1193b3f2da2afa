#include "connectors/dialects/sqlite_files.h"

#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

namespace crmaudit::connectors {
namespace {

namespace fs = std::filesystem;

std::string mode_text(mode_t mode) {
    constexpr std::string_view letters = "rwxrwxrwx";
    std::string text;
    for (unsigned bit = 0; bit < letters.size(); ++bit) text += (mode & (0400U >> bit)) != 0 ? letters[bit] : '-';
    return text;
}

std::string owner_name(uid_t id) {
    std::array<char, 4096> space{};
    passwd entry{};
    passwd* found = nullptr;
    return getpwuid_r(id, &entry, space.data(), space.size(), &found) == 0 && found != nullptr ? found->pw_name
                                                                                               : std::string{};
}

/// Whether every account gets through all directories above a file.
bool is_open_path(const fs::path& directory) {
    for (fs::path each = directory; !each.empty(); each = each.parent_path()) {
        struct stat status {};
        if (stat(each.c_str(), &status) == 0 && (status.st_mode & S_IXOTH) == 0) return false;
        if (each == each.root_path()) break;
    }
    return true;
}

/// What a name beside the database stands for; empty for what has nothing to do with it.
std::string kind_of(const std::string& database, const std::string& name) {
    if (name == database) return "database";
    if (name == database + "-journal") return "journal";
    if (name == database + "-wal") return "wal";
    if (name == database + "-shm") return "shared_memory";
    // crm.db.bak, crm.db~, crm-2025.db, crm.sql, crm_old.sqlite: the same stem, whatever comes after it.
    const std::string stem = fs::path{database}.stem();
    if (stem.size() < 2 || !name.starts_with(stem)) return {};
    const char next = name.size() > stem.size() ? name[stem.size()] : '\0';
    const bool is_longer_name = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    constexpr std::array<std::string_view, 12> endings{".db",  ".sqlite", ".sqlite3", ".db3", ".bak",  ".old",
                                                       ".sql", ".dump",   ".gz",      ".zip", ".orig", "~"};
    const bool is_data =
        std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
    return is_data && !is_longer_name ? "copy" : "";
}

DatabaseFile described(const struct stat& status, const std::string& name, const std::string& what, bool is_open) {
    DatabaseFile file;
    file.name = name;
    file.what = what;
    file.mode = mode_text(status.st_mode);
    file.owner = owner_name(status.st_uid);
    file.read_by_all = is_open && (status.st_mode & S_IROTH) != 0;
    // In a sticky directory nobody replaces what is somebody else's.
    file.written_by_all = is_open && (status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0;
    file.read_by_group = (status.st_mode & S_IRGRP) != 0;
    return file;
}

}  // namespace

void read_sqlite_files(const std::string& path, Catalog& catalog) {
    if (path.empty()) return;
    const fs::path file{path};
    const fs::path directory = file.parent_path();
    const bool is_open = is_open_path(directory);
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        catalog.gaps.push_back({"files", "the file of the database is not where SQLite says it is"});
        return;
    }
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator each{directory, error}, end; !error && each != end; each.increment(error))
        names.push_back(each->path().filename());
    if (error) {
        catalog.files.push_back(described(status, file.filename(), "database", is_open));
        catalog.gaps.push_back({"files", "the account may not list the directory of the database"});
        return;
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
        const std::string what = kind_of(file.filename(), name);
        struct stat found {};
        if (what.empty() || stat((directory / name).c_str(), &found) != 0 || !S_ISREG(found.st_mode)) continue;
        catalog.files.push_back(described(found, name, what, is_open));
    }
    struct stat place {};
    if (stat(directory.c_str(), &place) == 0)
        catalog.files.push_back(described(place, ".", "directory", is_open_path(directory.parent_path())));
}

}  // namespace crmaudit::connectors
