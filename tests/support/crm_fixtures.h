// The CRMs of tests/fixtures/crms: one folder for each shipped profile, with its tables and invented persons.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/live.h"

namespace crmaudit::live {

/// Names of the folders, which are those of the profiles, sorted.
std::vector<std::string> crm_fixtures();

/// The database that the CRM runs on.
Product product_of(const std::string& crm);

/// SQL: its tables, then its rows.
std::vector<std::filesystem::path> files_of(const std::string& crm);

/// Rows as if they had been invented today: they are made for an audit on 2026-06-15, and every day in them is moved
/// by as much.
std::string rows_as_of_today(const std::string& crm);

}  // namespace crmaudit::live
