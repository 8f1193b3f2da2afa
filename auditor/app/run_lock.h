// One run at a time per label. The kernel holds the lock and lets go of it however the process ends; the file that
// carries it stays.
#pragma once

#include <string>

#include "auditor/app/descriptor.h"

namespace crmaudit::app {

class RunLock {
public:
    /// Throws Failure: 75 naming the process that holds it, 73 when the file cannot be made.
    RunLock(const std::string& directory, const std::string& label);

private:
    Descriptor file_;
};

}  // namespace crmaudit::app
