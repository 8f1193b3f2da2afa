#include "tests/support/browser.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/golden.h"

namespace crmaudit::test {
namespace {

/// A directory that goes away with its content.
class Scratch {
public:
    Scratch() {
        std::string pattern = std::filesystem::temp_directory_path() / "crmaudit-browser-XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = pattern;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string file(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

void run(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

std::string chromium(const Scratch& scratch) {
    return "timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run "
           "--disable-component-update --disable-dev-shm-usage --user-data-dir='" +
           scratch.file("profile") + "' ";
}

std::string page_in(const Scratch& scratch, const std::string& html) {
    const std::string path = scratch.file("report.html");
    std::ofstream{path, std::ios::binary} << html;
    return " 'file://" + path + "'";
}

std::string console_lines(const std::string& log) {
    std::string lines;
    std::istringstream stream{log};
    for (std::string line; std::getline(stream, line);) {
        if (line.find("CONSOLE") != std::string::npos) lines += line + "\n";
    }
    return lines;
}

}  // namespace

Visit open_in_browser(const std::string& html, int width) {
    const Scratch scratch;
    run(chromium(scratch) + "--enable-logging=stderr --log-net-log='" + scratch.file("net") +
        "' --window-size=" + std::to_string(width) + ",1600 --dump-dom" + page_in(scratch, html) + " >'" +
        scratch.file("dom") + "' 2>'" + scratch.file("log") + "'");
    return {read_file(scratch.file("dom")), console_lines(read_file(scratch.file("log"))),
            read_file(scratch.file("net"))};
}

std::string print_to_text(const std::string& html) {
    const Scratch scratch;
    run(chromium(scratch) + "--no-pdf-header-footer --print-to-pdf='" + scratch.file("pdf") + "'" +
        page_in(scratch, html) + " 2>/dev/null");
    run("pdftotext -layout '" + scratch.file("pdf") + "' '" + scratch.file("text") + "'");
    return read_file(scratch.file("text"));
}

}  // namespace crmaudit::test
