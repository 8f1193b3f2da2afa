// A query is a SELECT that only this folder's rendering can make. The port takes nothing else, so it cannot write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"

namespace crmaudit::sql {

class Query {
public:
    const std::string& text() const { return text_; }
    /// How many columns each row has.
    std::size_t width() const { return width_; }
    /// What it is asked for: "rules", "inventory", the id of a rule that takes a statement of its own.
    const std::string& purpose() const { return purpose_; }
    Query named(std::string purpose) && {
        purpose_ = std::move(purpose);
        return std::move(*this);
    }
    /// Every table it reads, the one whose rows are counted first; for messages, and to find the one that is locked or
    /// forbidden.
    const std::vector<TableName>& tables() const { return tables_; }

private:
    friend class Renderer;
    Query(std::string text, std::size_t width, std::vector<TableName> tables)
        : text_(std::move(text)), width_(width), tables_(std::move(tables)) {}

    std::string text_;
    std::size_t width_;
    std::string purpose_;
    std::vector<TableName> tables_;
};

}  // namespace crmaudit::sql
