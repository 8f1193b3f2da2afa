// Who may include whom. CMakeLists.txt says the same to the linker; this also holds for headers that need no linking.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/project/source_tree.h"

namespace crmaudit::testing {
namespace {

using Layers = std::set<std::string>;

const std::map<std::string, Layers> may_include{
    {"model", {}},
    {"digest", {}},
    {"data", {}},
    {"xml", {"model"}},
    {"sql", {"model"}},
    {"classify", {"model"}},
    {"access", {"model"}},
    {"checks", {"model", "access"}},
    {"discover", {"model"}},
    {"engine", {"model", "sql", "classify", "access", "checks", "digest"}},
    {"connectors", {"model", "sql"}},
    {"policies", {"model", "xml", "digest", "data"}},
    {"reports", {"model", "sql", "xml", "digest", "data"}},
    {"app",
     {"model", "digest", "data", "xml", "sql", "classify", "access", "checks", "discover", "engine", "connectors",
      "policies", "reports"}},
};

/// First part of a third-party header's name → the layers that may know the library.
const std::map<std::string, Layers> libraries{
    {"re2/", {"classify"}},
    {"boost/", {"app"}},
    {"soci/", {"connectors"}},
    {"sql.h", {"connectors"}},
    {"sqlext.h", {"connectors"}},
    {"sqltypes.h", {"connectors"}},
    {"sqlucode.h", {"connectors"}},
    {"odbcinst.h", {"connectors"}},
    {"libxml/", {"xml"}},
    {"openssl/", {"digest"}},
    {"pugixml.hpp", {"xml", "policies", "reports"}},
};

/// The loaders of patterns try whether their expressions compile, so that the message names the line.
const std::map<std::string, std::string> exceptions{{"policies/load_patterns.cpp", "re2/re2.h"},
                                                    {"policies/load_trackers.cpp", "re2/re2.h"}};

/// The operating system's headers: what talks to processes, files and sockets.
const Layers system_headers{"app", "connectors"};

std::string layer_of(const std::string& path) {
    const std::string top = path.substr(0, path.find('/'));
    if (top != "auditor") return top;
    const std::string rest = path.substr(top.size() + 1);
    const auto slash = rest.find('/');
    return slash == std::string::npos ? "app" : rest.substr(0, slash);  // auditor/main.cpp
}

/// What is wrong with this include in this layer; empty when nothing is.
std::string objection(const std::string& layer, const std::string& header, bool is_quoted) {
    const auto known = may_include.find(layer);
    if (known == may_include.end()) return "the layer " + layer + " is not in the list of this test";
    if (is_quoted) {
        if (header.find('/') == std::string::npos) return "includes are rooted at the repository";
        const std::string other = layer_of(header);
        if (other == layer || known->second.contains(other)) return "";
        return layer + " must not know " + other;
    }
    for (const auto& [start, layers] : libraries) {
        if (header.starts_with(start)) return layers.contains(layer) ? "" : layer + " must not know " + header;
    }
    const bool is_standard = header.find_first_of("./") == std::string::npos;
    return is_standard || system_headers.contains(layer) ? "" : layer + " must not know " + header;
}

std::vector<std::string> objections(const SourceFile& file) {
    static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])", std::regex::multiline);
    std::vector<std::string> found;
    for (auto match = std::sregex_iterator(file.text.begin(), file.text.end(), include);
         match != std::sregex_iterator(); ++match) {
        const auto excepted = exceptions.find(file.path);
        if (excepted != exceptions.end() && excepted->second == (*match)[2].str()) continue;
        std::string wrong = objection(layer_of(file.path), (*match)[2], (*match)[1] == "\"");
        if (!wrong.empty()) found.push_back(file.path + " includes " + (*match)[2].str() + ": " + wrong);
    }
    return found;
}

TEST(Layering, IsKeptByEveryFile) {
    const auto files = program_sources();
    ASSERT_FALSE(files.empty()) << "no source file was found, so nothing was held";
    for (const auto& file : files) EXPECT_EQ(objections(file), std::vector<std::string>{}) << file.path;
}

TEST(Layering, LetsTheCopyOfOnePersonsDataAloneReadRows) {
    const std::set<std::string> allowed{"auditor/sql/rows_question.cpp", "auditor/engine/subject_reader.h"};
    std::set<std::string> asking;
    for (const auto& file : program_sources()) {
        if (file.text.find("\"auditor/sql/rows_question.h\"") != std::string::npos) asking.insert(file.path);
    }
    EXPECT_EQ(asking, allowed);
    for (const auto& file : program_sources()) {
        const bool reads = file.text.find("engine/subject_reader.h\"") != std::string::npos;
        EXPECT_TRUE(!reads || file.path.starts_with("auditor/engine/subject_")) << file.path;
    }
}

TEST(Layering, SeesForbiddenIncludes) {
    const auto wrongs = [](std::string path, std::string text) {
        return objections({std::move(path), std::move(text)}).size();
    };
    EXPECT_EQ(wrongs("auditor/checks/a.cpp", "#include \"connectors/database.h\"\n"), 1U);
    EXPECT_EQ(wrongs("reports/a.cpp", "#include \"auditor/checks/check.h\"\n"), 1U);
    EXPECT_EQ(wrongs("connectors/dialects/a.cpp", "#include \"reports/result_xml.h\"\n"), 1U);
    EXPECT_EQ(wrongs("auditor/model/a.h", "#include <pugixml.hpp>\n#include <unistd.h>\n#include <vector>\n"), 2U);
    EXPECT_EQ(wrongs("auditor/engine/a.cpp", "  #  include <boost/program_options.hpp>\n"), 1U);
    EXPECT_EQ(wrongs("policies/a.cpp", "#include \"load.h\"\n"), 1U);
    EXPECT_EQ(wrongs("policies/a.cpp", "#include <re2/re2.h>\n"), 1U);
    EXPECT_EQ(wrongs("policies/load_patterns.cpp", "#include <re2/re2.h>\n#include <re2/set.h>\n"), 1U);
    EXPECT_EQ(wrongs("auditor/stranger/a.cpp", "#include <vector>\n"), 1U);
    EXPECT_EQ(wrongs("auditor/main.cpp", "#include \"connectors/database.h\"\n#include <unistd.h>\n"), 0U);
    EXPECT_EQ(wrongs("connectors/a.cpp", "#include <soci/soci.h>\n#include \"auditor/sql/grammar.h\"\n"), 0U);
}

TEST(Layering, CoversEveryFolderOfTheProgram) {
    std::set<std::string> layers;
    for (const auto& file : program_sources()) layers.insert(layer_of(file.path));
    for (const auto& [layer, others] : may_include) EXPECT_TRUE(layers.contains(layer)) << layer << " has no files";
}

TEST(Layering, KeepsClockRandomAndEnvironmentOutOfWhatDecides) {
    // steady_clock measures how long something takes and decides nothing that is reported.
    static const std::regex reading(
        R"(system_clock|random_device|\bmt19937|\bs?rand\(|\bgetenv\(|\btime\(\s*(nullptr|NULL|0)\s*\)|\blocaltime)");
    for (const auto& file : program_sources()) {
        if (layer_of(file.path) == "app") continue;
        std::smatch match;
        const std::string code = without_comments(file.text);
        EXPECT_FALSE(std::regex_search(code, match, reading)) << file.path << " uses " << match.str();
    }
}

}  // namespace
}  // namespace crmaudit::testing
