#include "connectors/row_sampler.h"

#include <algorithm>

#include "auditor/sql/sample_positions.h"
#include "connectors/key_positions.h"
#include "connectors/table_reader.h"

namespace crmaudit::connectors {
namespace {

using Names = std::vector<std::string>;
using Reason = sql::QueryError::Reason;

/// No block of PostgreSQL holds more rows: that many times the wanted rows lie in as many blocks as rows are wanted.
constexpr std::int64_t rows_of_block = 300;
/// Fewer blocks could all miss what stands in a tenth of the table.
constexpr std::int64_t fewest_blocks = 1000;
/// A cell is not cut shorter than this to make a sample fit into memory.
constexpr std::size_t shortest_cell = 64;

class Sampler {
public:
    Sampler(Session& session, const Table& table, const Names& columns, const sql::SampleRequest& request,
            const sql::ValueSink& sink)
        : session_(session),
          grammar_(session.dialect().grammar()),
          table_(table),
          columns_(columns),
          request_(request),
          sink_(sink),
          seed_(sql::seed_for(request.seed, table.name.name)),
          order_(key_order(session.dialect(), table)) {}

    TableSample read() {
        sample_.table = table_.name;
        sample_.rows_total = count(grammar_.quote(table_.name));
        selection_ = selection();
        if (request_.everything || sample_.rows_total <= static_cast<std::int64_t>(request_.rows)) {
            sample_.rows_read = read_rows(session_, table_, selection_, sink_);
        } else if (order_) {
            sample_.method = SampleMethod::key_positions;
            const auto positions = sql::sample_positions(sample_.rows_total, request_.rows, seed_);
            sample_.rows_read =
                read_positions(session_, table_, *order_, selection_, positions, sample_.rows_total, sink_);
        } else {
            read_without_key();
        }
        return sample_;
    }

private:
    std::string named_t() const { return grammar_.quote(table_.name) + " t"; }

    std::string select(const std::string& from) const {
        return "SELECT " + joined(selection_.cells, ", ") + " FROM " + from;
    }

    std::int64_t count(const std::string& source) {
        const auto rows = session_.rows("SELECT COUNT(*) FROM " + source);
        return rows.empty() || rows.front().empty() ? 0 : std::stoll(rows.front().front().value_or("0"));
    }

    /// Without a key the rows come in one result, which a driver may hold as a whole: then cells are cut shorter.
    Selection selection() const {
        const auto whole = select_columns(session_.dialect(), table_, columns_, request_.longest_value);
        const std::size_t held =
            request_.everything ? session_.dialect().rows_held() : std::max<std::size_t>(request_.rows, 1);
        if (order_ || held * whole.widest_row <= reading_memory) return whole;
        const std::size_t fitting = reading_memory / held / std::max<std::size_t>(columns_.size(), 1);
        return select_columns(session_.dialect(), table_, columns_, std::max(fitting, shortest_cell));
    }

    void read_without_key() {
        const std::int64_t total = sample_.rows_total;
        const auto wanted = static_cast<std::int64_t>(request_.rows);
        const auto seed = static_cast<std::uint32_t>(seed_ >> 33U);
        const std::int64_t part = std::min(total, std::max(wanted, fewest_blocks) * rows_of_block);
        const std::string blocks = table_.kind == TableKind::view || table_.kind == TableKind::foreign_table
                                       ? ""
                                       : grammar_.some_blocks(part, total, seed);
        // A little less than wanted, as chance may give a little more; what is too many is cut off.
        const std::string chance = grammar_.row_chance(wanted - wanted / 10, total, seed);
        if (!blocks.empty()) {
            read_blocks(grammar_.quote(table_.name) + blocks);
        } else if (!chance.empty()) {
            sample_.method = SampleMethod::row_chance;
            read_result(select(named_t()) + " WHERE " + chance + grammar_.rows_between(0, wanted));
        } else {
            throw sql::QueryError(Reason::unsupported, "", "has no key by which it could be sampled");
        }
    }

    /// Far more blocks' rows than are wanted, thinned to one of each of equal stretches in their order of storage.
    void read_blocks(const std::string& source) {
        sample_.method = SampleMethod::blocks;
        Names columns;
        for (const auto& column : columns_) columns.push_back(grammar_.quote(column));
        Names positions;
        for (const auto position : sql::sample_positions(count(source), request_.rows, seed_)) {
            positions.push_back(std::to_string(position));
        }
        if (positions.empty()) return;
        const std::string number = grammar_.quote("=position=");
        read_result(select("(SELECT " + joined(columns, ", ") + ", ROW_NUMBER() OVER () AS " + number + " FROM " +
                           source + ") t WHERE t." + number + " IN (" + joined(positions, ", ") + ")"));
    }

    void read_result(const std::string& statement) {
        session_.read(statement, {.rows_per_block = 100, .cell_bytes = 512, .longest_cell = selection_.longest_cell},
                      [&](const sql::Row& row) {
                          ++sample_.rows_read;
                          return sink_(row);
                      });
    }

    Session& session_;
    const sql::Grammar& grammar_;
    const Table& table_;
    const Names& columns_;
    const sql::SampleRequest& request_;
    const sql::ValueSink& sink_;
    std::uint64_t seed_;
    std::optional<KeyOrder> order_;
    Selection selection_;
    TableSample sample_;
};

}  // namespace

TableSample read_sample(Session& session, const Table& table, const std::vector<std::string>& columns,
                        const sql::SampleRequest& request, const sql::ValueSink& sink) {
    return Sampler(session, table, columns, request, sink).read();
}

}  // namespace crmaudit::connectors
