// Who agreed and who did not, per purpose, and by which column it was decided: cells of the fused statement.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "auditor/checks/consent.h"
#include "auditor/engine/fused.h"
#include "auditor/model/result.h"

namespace crmaudit::engine {

/// A purpose for which the entity tells who agreed.
struct ConsentSigns {
    std::string purpose;
    checks::ConsentStates states;
    std::vector<std::pair<std::string, Condition>> granted_by;  // table.column, and what in it says so
    std::vector<std::pair<std::string, Condition>> refused_by;
};

/// Whether what decides a purpose can be counted, by its condition and the columns it looks at.
using Countable = std::function<bool(const Condition&, const std::vector<std::string>&)>;

/// Marketing and tracking, each where the entity maps it (or says that there is no place for it) and it is countable.
std::vector<ConsentSigns> consent_signs(const Entity& entity, const Countable& countable);

class ConsentCells {
public:
    /// Adds its measures to the statement, over live rows that are `kept`. `entity` outlives it.
    ConsentCells(Fused& fused, const Entity& entity, const Condition& kept, const std::vector<ConsentSigns>& purposes);

    /// After the statement has run.
    std::vector<ConsentCount> counts(const Fused& fused) const;

private:
    using Named = std::pair<std::string, std::size_t>;
    struct Cells {
        std::string purpose;
        std::array<std::size_t, 3> states;
        std::vector<Named> granted_by;
        std::vector<Named> refused_by;
    };

    const Entity& entity_;
    std::vector<Cells> cells_;
};

}  // namespace crmaudit::engine
