// Why a column is classified as it is: every piece of evidence, for and against each category, in words.
#pragma once

#include <string>

#include "auditor/model/classification.h"
#include "auditor/model/result.h"
#include "reports/locale.h"

namespace crmaudit::app {

/// Shares are shown, never how many single values match.
std::string explain_column(const ColumnClassification& column, const TableTopic& topic, const ContentScan& content,
                           const reports::Locale& locale);

}  // namespace crmaudit::app
