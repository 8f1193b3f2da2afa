#include "auditor/app/subject_file.h"

#include <algorithm>

#include "auditor/app/files.h"
#include "auditor/app/settings.h"
#include "auditor/xml/text.h"

namespace crmaudit::app {
namespace {

constexpr std::size_t longest_value = 320;  // of an address
constexpr std::size_t most_keys = 20;

class Parser {
public:
    explicit Parser(std::string name) : name_(std::move(name)) {}

    SubjectQuestion parse(const std::string& text) {
        for (std::size_t start = 0; start < text.size();) {
            const auto end = std::min(text.find('\n', start), text.size());
            ++line_;
            take(trimmed(text.substr(start, end - start)));
            start = end + 1;
        }
        line_ = 0;
        require_one_way();
        return std::move(question_);
    }

private:
    [[noreturn]] void refuse(const std::string& what) const {
        throw Failure(ExitCode::bad_configuration,
                      name_ + (line_ > 0 ? ":" + std::to_string(line_) : "") + ": " + what);
    }

    void take(const std::string& line) {
        if (line.empty() || line.front() == '#') return;
        const auto colon = line.find(':');
        const std::string field = trimmed(line.substr(0, colon));
        constexpr std::string_view known[] = {"email", "key", "name", "birth-date"};
        if (colon == std::string::npos || std::find(std::begin(known), std::end(known), field) == std::end(known)) {
            refuse("a line is `email: …`, `key: ENTITY=VALUE`, `name: …` or `birth-date: YYYY-MM-DD`");
        }
        const std::string value = trimmed(line.substr(colon + 1));
        if (value.empty()) refuse("'" + field + "' has no value");
        if (value.size() > longest_value) refuse("the value of '" + field + "' is too long");
        if (xml::legal(value) != value || value.find_first_of("\t\r") != std::string::npos) {
            refuse("the value of '" + field + "' holds control characters or is not UTF-8");
        }
        if (field == "key") return take_key(value);
        if (field == "birth-date") return take_birth_date(value);
        std::string& place = field == "email" ? question_.email : question_.name;
        if (!place.empty()) refuse("'" + field + "' is given twice; a request is about one person");
        if (field == "email") require_address(value);
        place = value;
    }

    void require_address(const std::string& value) const {
        const auto at = value.find('@');
        const bool usable = at != std::string::npos && at > 0 && at + 1 < value.size() && at == value.rfind('@') &&
                            value.find_first_of(" ,;<>()\"") == std::string::npos;
        if (!usable) refuse("the value of 'email' is no single address");
    }

    void take_key(const std::string& value) {
        const auto equals = value.find('=');
        SubjectQuestion::Key key;
        if (equals != std::string::npos) {
            key.entity = trimmed(value.substr(0, equals));
            key.values = split_list(value.substr(equals + 1), ',');
        }
        if (key.entity.empty() || key.values.empty()) refuse("a key is `key: ENTITY=VALUE`");
        question_.keys.push_back(std::move(key));
        if (question_.keys.size() > most_keys) refuse("more than " + std::to_string(most_keys) + " keys of one person");
    }

    void take_birth_date(const std::string& value) {
        if (question_.birth_date) refuse("'birth-date' is given twice");
        question_.birth_date = parse_date(value);
        if (!question_.birth_date) refuse("the value of 'birth-date' is no date; write YYYY-MM-DD");
    }

    void require_one_way() const {
        if (question_.name.empty() == question_.birth_date.has_value()) {
            refuse("a name alone may be anybody's: give 'name' and 'birth-date' together");
        }
        const int ways =
            (question_.email.empty() ? 0 : 1) + (question_.keys.empty() ? 0 : 1) + (question_.name.empty() ? 0 : 1);
        if (ways == 0) refuse("it names nobody; write `email: …`");
        // Keys of persons who were chosen among several may come with the address that found them.
        if (ways > 1 && (question_.keys.empty() || ways > 2)) {
            refuse("give one of 'email', 'key', or 'name' with 'birth-date'");
        }
    }

    std::string name_;
    int line_ = 0;
    SubjectQuestion question_;
};

}  // namespace

SubjectQuestion parse_subject(const std::string& name, std::string text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return Parser{name}.parse(text);
}

SubjectQuestion read_subject(const std::string& path) {
    if (path.empty()) return parse_subject("standard input", read_file("/dev/stdin", "request on"));
    return parse_subject(path, read_secret_file(path, "request", false));
}

}  // namespace crmaudit::app
