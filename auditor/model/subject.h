// What a database holds about one person: the answer to a request for access. The one value of the program that holds
// values of rows; nothing but the files of `crmaudit subject` is made from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/classification.h"
#include "auditor/model/policy.h"
#include "auditor/model/result.h"

namespace crmaudit {

/// Whom a request is about: an address, keys of rows that somebody has chosen, or a name with a date of birth.
struct SubjectQuestion {
    struct Key {
        std::string entity;
        std::vector<std::string> values;
    };
    std::string email;
    std::vector<Key> keys;
    std::string name;
    std::optional<Date> birth_date;
};

/// A row of a person entity.
struct SubjectPerson {
    std::string entity;
    TableName table;
    std::vector<std::string> key;
    bool operator==(const SubjectPerson&) const = default;
};

/// How the rows of a table were found.
enum class SubjectLink {
    own,        // the row of the person
    mapped,     // by a path of the profile
    reference,  // by a foreign key, or a column whose name says what it points at
    address,    // a column holds an address of the person
    mention,    // a text names an address of the person
};

std::string_view to_string(SubjectLink link);

enum class ValueShown {
    whole,
    beginning,  // the rest is too long
    excerpt,    // what stands around an address of the person
    masked,     // it is, or may be, about somebody else
    binary,     // a picture, a file: only that it is there
};

std::string_view to_string(ValueShown shown);

/// What takes the place of another person's address within a text.
inline constexpr std::string_view subject_mask = "[***]";

struct SubjectValue {
    std::string column;
    Category category = Category::none;
    ValueShown shown = ValueShown::whole;
    std::string text;
    bool operator==(const SubjectValue&) const = default;
};

/// Only what is filled.
using SubjectRow = std::vector<SubjectValue>;

struct SubjectTable {
    TableName table;
    Topic topic = Topic::unknown;
    SubjectLink link = SubjectLink::own;
    std::string via;  // the path, or the column that points at the person or names the address
    std::vector<SubjectRow> rows;
    std::int64_t left = 0;  // more rows that are not shown
    bool operator==(const SubjectTable&) const = default;
};

struct SubjectRecord {
    SubjectPerson person;              // without an entity: an address that none of the persons has stands somewhere
    std::vector<SubjectTable> tables;  // the person's own first
};

/// A database account that may read tables in which something was found; all of them where `tables` is empty.
struct SubjectRecipient {
    std::string principal;
    std::vector<TableName> tables;
};

struct SubjectAnswer {
    Run run;
    Source source;
    std::string asked_by;  // "email", "key" or "name"
    std::vector<SubjectPerson> matches;
    std::vector<SubjectRecord> records;  // none where several match and nobody has chosen
    std::vector<Rule> periods;           // rules with a period
    std::vector<Purpose> purposes;       // that the controller declares
    bool readers_known = false;
    std::vector<SubjectRecipient> readers;
    std::vector<Gap> gaps;  // what could not be looked at, and why
};

}  // namespace crmaudit
