// The content scan: reads a bounded sample of values (or all of them), lets patterns count what they look like, and
// weighs that against what names say. No value outlives its row.
#pragma once

#include "auditor/classify/value_scanner.h"
#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/result.h"
#include "auditor/sql/value_port.h"

namespace crmaudit::engine {

struct ContentOptions {
    ContentExtent extent = ContentExtent::sample;
    std::uint64_t seed = 1;
    std::size_t rows = 1000;               // of a sample
    std::size_t longest_value = 16 << 10;  // bytes
    Date as_of{};
};

/// Reads every table that holds rows of its own; keys, flags, times of day and blobs are not read, nor what a person
/// has declared. A table or column that cannot be read is a gap. Throws sql::QueryError only when the connection is
/// lost or the run was cancelled.
ContentScan scan_content(const Catalog& catalog, Classification& classification, const classify::ValueScanner& scanner,
                         sql::ValuePort& port, const ContentOptions& options);

/// Whether the column is one whose values the scan reads.
bool is_scanned(const Table& table, const Column& column, const ColumnClassification& classified);

}  // namespace crmaudit::engine
