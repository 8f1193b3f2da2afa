// Looks at values, one column at a time, and keeps nothing of them but numbers: how many match which pattern.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/date.h"
#include "auditor/model/pattern.h"

namespace crmaudit::classify {

/// All patterns, compiled once. Immutable after construction.
class ValueScanner {
public:
    /// Throws std::invalid_argument naming the pattern that does not compile or asks for an unknown checksum.
    explicit ValueScanner(std::vector<ValuePattern> patterns);
    ~ValueScanner();
    ValueScanner(const ValueScanner&) = delete;
    ValueScanner& operator=(const ValueScanner&) = delete;

    const std::vector<ValuePattern>& patterns() const;
    const ValuePattern* find(std::string_view id) const;

private:
    friend class ColumnScan;
    struct Compiled;
    std::unique_ptr<const Compiled> compiled_;
};

/// One column on its way through the scan. Moments and flags are looked at for dates of birth alone; those have the id
/// `birth_date_pattern` (classify/birth_dates.h), which is no pattern of the scanner.
class ColumnScan {
public:
    /// The scanner outlives the scan. `as_of`: dates of birth do not lie after it.
    ColumnScan(const ValueScanner& scanner, ColumnKind kind, Date as_of);
    ~ColumnScan();
    ColumnScan(ColumnScan&&) noexcept;
    ColumnScan& operator=(ColumnScan&&) noexcept;

    /// Any bytes, of any length: what is not UTF-8 matches nothing; of more than 64 KiB the beginning and the end are
    /// looked at.
    void add(std::string_view value);
    void add_missing();

    ColumnContent result() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace crmaudit::classify
