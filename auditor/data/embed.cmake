# Writes OUTPUT: a C++ file that holds each of FILES as bytes, under its path relative to ROOT.
set(body "#include \"auditor/data/embedded.h\"\n\n#include <array>\n\nnamespace crmaudit::data {\nnamespace {\n\n")
set(entries "")
set(index 0)
foreach(file IN LISTS FILES)
    file(RELATIVE_PATH name ${ROOT} ${file})
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(APPEND body "constexpr unsigned char file_${index}[] = {${bytes}0};\n")
    string(APPEND entries "    File{\"${name}\", file_${index}, sizeof(file_${index}) - 1},\n")
    math(EXPR index "${index} + 1")
endforeach()
string(APPEND body "\nstruct File {\n    std::string_view path;\n    const unsigned char* bytes;\n    std::size_t size;\n};\n\n")
string(APPEND body "constexpr std::array<File, ${index}> files{{\n${entries}}};\n\n}  // namespace\n\n")
string(APPEND body "std::optional<std::string_view> embedded(std::string_view path) {
    for (const File& file : files) {
        if (file.path == path) return std::string_view{reinterpret_cast<const char*>(file.bytes), file.size};
    }
    return std::nullopt;
}

std::vector<std::string_view> embedded_under(std::string_view folder) {
    std::vector<std::string_view> paths;
    for (const File& file : files) {
        if (file.path.substr(0, folder.size()) == folder) paths.push_back(file.path);
    }
    return paths;
}

}  // namespace crmaudit::data
")
file(WRITE ${OUTPUT} "${body}")
