// The door to texts of any length, for stored messages and for nothing else. It gives their beginnings and ends, reads
// in parts and writes nothing; whoever takes texts from it keeps none of them.
#pragma once

#include <cstdint>

#include "auditor/sql/text_query.h"
#include "auditor/sql/value_port.h"

namespace crmaudit::sql {

struct TextRequest {
    bool everything = false;          // all rows, not a sample
    std::uint64_t seed = 1;           // same seed, same data: same rows
    std::size_t rows = 1000;          // of a sample, at most: half of them the newest, half spread over all
    std::size_t longest = 64 << 10U;  // characters at the beginning and as many at the end of each text
};

class TextPort {
public:
    virtual ~TextPort() = default;

    /// Hands over the query's cells of each row that is read, then for each text two cells: its beginning, and its end
    /// where it is longer. Says how many rows there are and how many were read. Throws QueryError; Reason::unsupported
    /// for a product that cannot give ends of texts and for a large table without a usable key. The port stays usable
    /// unless the reason is connection_lost or cancelled.
    virtual TableSample read_texts(const TextQuery& query, const TextRequest& request, const ValueSink& sink) = 0;
};

}  // namespace crmaudit::sql
