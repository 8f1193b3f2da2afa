// A keyed hash that a database works out by itself, with a key that is read from a file while a script runs.
// The key stands in no script, no statement and no list of processes, and so in no log of the server.
//
// The key is the one line of the file: 32 to 1,024 printable ASCII characters without blanks; its bytes, as they stand,
// are the key of an HMAC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crmaudit::reports::purge {

class KeyedHash {
public:
    virtual ~KeyedHash() = default;

    /// "hmac-sha-256" or "hmac-sha3-256"; stands in every row that holds a hash.
    virtual std::string_view algorithm() const = 0;

    /// An address as it is hashed: without blanks, tabs and line ends around it, A to Z in lower case, and no other
    /// character changed.
    virtual std::string normalised(const std::string& text) const = 0;

    /// A text in UTF-8.
    virtual std::string bytes_of(const std::string& text) const = 0;

    /// The hash of bytes as 64 hexadecimal digits in lower case, in a statement that joins the table of the key as `k`.
    /// NULL or empty without a key and for NULL.
    virtual std::string hash(const std::string& bytes) const = 0;

    /// A table with one row of this session alone, to be named once in a statement, and a SELECT of its row from a
    /// SELECT of the bytes of a key, called `key`.
    virtual std::string key_table() const = 0;
    virtual std::string key_row(const std::string& key) const = 0;

    /// What has to hold before the key is read, and the key of the text that says so.
    struct Precondition {
        std::string_view message;
        std::string condition;
    };
    virtual std::optional<Precondition> precondition() const { return std::nullopt; }

    /// Statements that make an empty place for the key's file; what the client runs then to fill it; a condition that
    /// it holds a key; statements that make the table of the key from it; and those that leave nothing of either.
    virtual std::string place() const = 0;
    virtual std::string read(const std::string& path) const = 0;
    virtual std::string is_key() const = 0;
    virtual std::string take() const = 0;
    virtual std::string forget() const = 0;
};

}  // namespace crmaudit::reports::purge
