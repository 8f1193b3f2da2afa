// SHA-256, for fingerprints and checksums. They show accidents and identity; they are no protection against forgers.
#pragma once

#include <string>
#include <string_view>

namespace crmaudit::digest {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace crmaudit::digest
