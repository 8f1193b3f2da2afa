#include "auditor/access/name_pattern.h"

#include <algorithm>

namespace crmaudit::access {
namespace {

constexpr int without_wildcard = 128;

}  // namespace

bool fits(std::string_view pattern, std::string_view text) {
    // Only the last '%' is ever gone back to, so that no pattern takes long.
    std::size_t p = 0, t = 0;
    std::size_t star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        const bool is_escaped = p + 1 < pattern.size() && pattern[p] == '\\';
        const std::size_t width = is_escaped ? 2 : 1;
        if (p < pattern.size() && !is_escaped && pattern[p] == '%') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && ((!is_escaped && pattern[p] == '_') || pattern[p + width - 1] == text[t])) {
            p += width;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '%') ++p;
    return p == pattern.size();
}

int precision(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) {
            ++i;
        } else if (pattern[i] == '%' || pattern[i] == '_') {
            return std::min(static_cast<int>(i) + 1, without_wildcard - 1);
        }
    }
    return pattern.empty() ? 0 : without_wildcard;
}

bool is_pattern(std::string_view pattern) { return precision(pattern) < without_wildcard; }

}  // namespace crmaudit::access
