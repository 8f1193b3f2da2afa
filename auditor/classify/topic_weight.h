// How far a table's topic lets a category be believed.
#pragma once

#include "auditor/model/category.h"
#include "auditor/model/topic.h"

namespace crmaudit::classify {

/// 1 where rows of such a table hold that category about persons, less where they hardly do.
double topic_weight(Topic topic, Category category);

}  // namespace crmaudit::classify
