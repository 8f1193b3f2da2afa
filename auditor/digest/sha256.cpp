#include "auditor/digest/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace crmaudit::digest {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available from OpenSSL");
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
        hex += digits[hash[i] >> 4U];
        hex += digits[hash[i] & 15U];
    }
    return hex;
}

}  // namespace crmaudit::digest
