// Surroundings for tests of the program within the process: fixed clock and date, output kept.
#pragma once

#include <sstream>

#include "auditor/app/surroundings.h"

namespace crmaudit::support {

struct TestSurroundings {
    std::ostringstream out;
    std::ostringstream err;
    app::Surroundings value{{},
                            Date{std::chrono::year{2026}, std::chrono::June, std::chrono::day{15}},
                            [] { return std::chrono::system_clock::time_point{}; },
                            "/nonexistent",
                            1000,
                            false,
                            out,
                            err};
};

}  // namespace crmaudit::support
