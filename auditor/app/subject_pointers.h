// Which columns point at rows of persons though no foreign key says so: by their names, or with a type beside them.
#pragma once

#include <vector>

#include "auditor/engine/subject_source.h"

namespace crmaudit::app {

/// `copy_marks` as for mapping drafts. Only those that are followed with confidence.
std::vector<engine::SubjectPointer> guessed_pointers(const Catalog& catalog, const Classification& classification,
                                                     const std::vector<Entity>& entities,
                                                     const std::vector<std::string>& copy_marks);

}  // namespace crmaudit::app
