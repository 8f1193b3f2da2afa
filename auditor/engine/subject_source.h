// What everything about one person is looked up in: the database's structure, what its columns hold, what the profile
// maps, and how rows point at each other.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/entity.h"

namespace crmaudit::engine {

/// Rows of `from` that meet `where` point at rows of `to`: a foreign key, or columns whose names say so.
struct SubjectPointer {
    TableName from;
    std::vector<std::string> columns;
    TableName to;
    std::vector<std::string> referenced;
    Condition where = {};
};

struct SubjectSource {
    const Catalog& catalog;
    const Classification& classification;
    const std::vector<Entity>& entities;  // bound
    std::vector<SubjectPointer> pointers;
};

/// Rows of the table are persons: those of an entity, or of another table of people, users for one.
bool is_of_persons(const SubjectSource& source, const TableName& table);
/// Rows of the table are persons that the profile maps, not staff.
bool is_mapped_person(const SubjectSource& source, const TableName& table);

Category category_of(const SubjectSource& source, const TableName& table, const std::string& column);
/// Columns of that category.
std::vector<const Column*> columns_of(const SubjectSource& source, const Table& table, Category category);

/// Position of a column; the number of columns where there is none.
std::size_t position_of(const Table& table, const std::string& column);

/// The columns are the primary key.
bool is_key_of(const Table& table, const std::vector<std::string>& columns);

}  // namespace crmaudit::engine
