// Files of a test in a directory that goes away with it, and what a loader says about them.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "auditor/xml/document.h"

namespace crmaudit::policies {

class TestFile {
public:
    explicit TestFile(const std::string& text) {
        std::string pattern = (std::filesystem::temp_directory_path() / "crmaudit-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        std::ofstream{path(), std::ios::binary} << text;
    }
    ~TestFile() { std::filesystem::remove_all(folder_); }
    TestFile(const TestFile&) = delete;
    TestFile& operator=(const TestFile&) = delete;

    std::string path() const { return (folder_ / "file.xml").string(); }

private:
    std::filesystem::path folder_;
};

/// Several files that may name each other.
class TestFolder {
public:
    TestFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "crmaudit-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
    }
    ~TestFolder() { std::filesystem::remove_all(folder_); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    /// The path of a new file.
    std::string add(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((folder_ / name).parent_path());
        std::ofstream{folder_ / name, std::ios::binary} << text;
        return path(name);
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }

private:
    std::filesystem::path folder_;
};

/// "LINE: message" without the path, or the whole message if it does not start with it.
template <typename Load>
std::string refusal(const std::string& text, Load&& load) {
    const TestFile file{text};
    try {
        load(file.path());
    } catch (const xml::DocumentError& error) {
        const std::string message = error.what();
        return message.rfind(file.path() + ":", 0) == 0 ? message.substr(file.path().size() + 1) : message;
    }
    return "nothing refused";
}

/// The text with the first `from` replaced; the whole test is wrong if there is none.
inline std::string changed(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the text has no " + from);
    return text.replace(at, from.size(), to);
}

}  // namespace crmaudit::policies
