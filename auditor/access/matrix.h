// The access matrix of the reports: who can do what with which kind of data.
#pragma once

#include "auditor/access/evaluation.h"

namespace crmaudit::access {

AccessMatrix matrix_of(const Evaluation& evaluation);

}  // namespace crmaudit::access
