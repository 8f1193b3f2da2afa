#include "tests/project/source_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace crmaudit::testing {
namespace {

namespace fs = std::filesystem;

const fs::path root = CRMAUDIT_SOURCE_DIR;

bool is_left_out(const fs::path& name) { return name == ".git" || name == "build" || name == ".cache"; }

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

std::vector<SourceFile> source_files(const std::function<bool(const std::string& path)>& wanted) {
    std::vector<SourceFile> files;
    for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
        if (is_left_out(entry->path().filename())) {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file()) continue;
        std::string path = fs::relative(entry->path(), root).generic_string();
        if (wanted(path)) files.push_back({path, read(entry->path())});
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

std::vector<SourceFile> program_sources() {
    return source_files([](const std::string& path) {
        const bool is_program = path.starts_with("auditor/") || path.starts_with("connectors/") ||
                                path.starts_with("policies/") || path.starts_with("reports/");
        return is_program && (path.ends_with(".h") || path.ends_with(".cpp"));
    });
}

std::string read_source(const std::string& path) { return read(root / path); }
bool source_exists(const std::string& path) { return fs::exists(root / path); }

std::string without_comments(const std::string& cpp) {
    std::string result = cpp;
    enum class In { code, line, block, text, character } in = In::code;
    for (std::size_t i = 0; i < cpp.size(); ++i) {
        const char c = cpp[i];
        const char next = i + 1 < cpp.size() ? cpp[i + 1] : '\0';
        if (in == In::code && c == '/' && (next == '/' || next == '*')) in = next == '/' ? In::line : In::block;
        if (in == In::line && c == '\n') in = In::code;
        if (in == In::line || in == In::block) {
            if (c != '\n') result[i] = ' ';
            if (in == In::block && c == '*' && next == '/') {
                result[++i] = ' ';
                in = In::code;
            }
            continue;
        }
        if ((in == In::text || in == In::character) && c == '\\') {
            ++i;
            continue;
        }
        if (c == '"' && in != In::character) in = in == In::text ? In::code : In::text;
        // A digit before it: a separator as in 1'000'000.
        const bool is_separator = in == In::code && i > 0 && std::isalnum(static_cast<unsigned char>(cpp[i - 1])) != 0;
        if (c == '\'' && in != In::text && !is_separator) in = in == In::character ? In::code : In::character;
    }
    return result;
}

namespace {

TEST(SourceTree, FindsTheProgramAndLeavesOutBuilds) {
    const auto files = program_sources();
    EXPECT_GT(files.size(), 50U);
    EXPECT_TRUE(std::ranges::any_of(files, [](const auto& file) { return file.path == "auditor/checks/check.h"; }));
    EXPECT_TRUE(source_files([](const std::string& path) { return path.starts_with("build/"); }).empty());
}

TEST(SourceTree, TellsCommentsFromTexts) {
    EXPECT_EQ(without_comments("a // b\nc /* d */ e"), "a     \nc         e");
    EXPECT_EQ(without_comments(R"(x = "// \" no"; // yes)"), R"(x = "// \" no";       )");
    EXPECT_EQ(without_comments("1'000; '\"'; // y"), "1'000; '\"';     ");
}

}  // namespace
}  // namespace crmaudit::testing
