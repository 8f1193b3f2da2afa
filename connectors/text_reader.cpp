#include "connectors/text_reader.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "auditor/sql/sample_positions.h"
#include "connectors/key_order.h"
#include "connectors/selection.h"
#include "connectors/table_reader.h"

namespace crmaudit::connectors {
namespace {

using Reason = sql::QueryError::Reason;

/// Keys that are read at once; conditions on related rows are judged once for so many.
constexpr std::int64_t keys_of_page = 20000;
constexpr std::size_t longest_character = 4;  // bytes

struct Candidate {
    std::string rank;  // what is kept has the greatest
    sql::Row key;
    bool operator<(const Candidate& other) const { return std::tie(rank, key) > std::tie(other.rank, other.key); }
};

/// The `most` candidates of the highest rank.
class Best {
public:
    explicit Best(std::size_t most) : most_(most) {}

    void offer(std::string rank, const sql::Row& key) {
        if (most_ == 0) return;
        if (kept_.size() == most_ && !(kept_.rbegin()->rank < rank)) return;
        kept_.insert({std::move(rank), key});
        if (kept_.size() > most_) kept_.erase(std::prev(kept_.end()));
    }

    const std::set<Candidate>& kept() const { return kept_; }

private:
    std::size_t most_;
    std::set<Candidate> kept_;  // best first
};

class TextReader {
public:
    TextReader(Session& session, const sql::TextQuery& query, const sql::TextRequest& request,
               const sql::ValueSink& sink)
        : session_(session),
          grammar_(session.dialect().grammar()),
          query_(query),
          request_(request),
          sink_(sink),
          order_(key_order(session.dialect(), query.table())) {
        const std::size_t widest =
            request.longest * longest_character * 2 * std::max<std::size_t>(query.texts().size(), 1);
        at_once_ = std::max<std::size_t>(reading_memory / widest, 1);
    }

    TableSample read() {
        sample_.table = query_.table().name;
        cells_ = query_.cells();
        for (const sql::TextQuery::Text& text : query_.texts()) {
            const std::string tail = grammar_.tail_of(text.sql, text.kind, request_.longest);
            if (tail.empty()) {
                throw sql::QueryError(Reason::unsupported, "", "this database is not known to give the ends of texts");
            }
            cells_.push_back(grammar_.head_of(text.sql, text.kind, request_.longest));
            cells_.push_back(tail);
        }
        if (!order_) {
            read_without_key();
        } else if (request_.everything) {
            read_all();
        } else {
            read_some();
        }
        return sample_;
    }

private:
    std::string from_where() const {
        return " FROM " + grammar_.quote(query_.table().name) + " t WHERE (" + query_.where() + ")";
    }

    /// Hands over the keys of all wanted rows, each with its moment before them, page by page.
    template <typename Use>
    void each_page(Use&& use) {
        const std::string moment = query_.moment().empty() ? "NULL" : query_.moment();
        const std::string start = "SELECT " + moment + ", " + joined(order_->texts("t."), ", ") + from_where();
        const std::string end = " ORDER BY " + order_->columns("t.") + grammar_.rows_between(0, keys_of_page);
        sql::Row last;
        for (bool more = true; more;) {
            std::vector<sql::Row> page;
            const std::string after = last.empty() ? "" : " AND " + order_->later(last, "t.");
            session_.read(start + after + end, {.rows_per_block = 1000, .cell_bytes = 64, .longest_cell = 1024},
                          [&](const sql::Row& row) {
                              page.push_back(row);
                              return true;
                          });
            more = static_cast<std::int64_t>(page.size()) == keys_of_page;
            if (!page.empty()) last.assign(page.back().begin() + 1, page.back().end());
            sample_.rows_total += static_cast<std::int64_t>(page.size());
            use(page);
        }
    }

    void read_all() {
        each_page([&](std::vector<sql::Row>& page) {
            for (sql::Row& row : page) row.erase(row.begin());
            read_keys(page);
        });
    }

    /// In one pass over the keys: the newest, and those whose hash is greatest, which lie anywhere.
    void read_some() {
        sample_.method = SampleMethod::row_chance;
        Best newest{query_.moment().empty() ? 0 : request_.rows / 2};
        Best spread{request_.rows};
        const std::uint64_t seed = sql::seed_for(request_.seed, query_.table().name.name);
        each_page([&](const std::vector<sql::Row>& page) {
            for (const sql::Row& row : page) {
                const sql::Row key(row.begin() + 1, row.end());
                if (row.front()) newest.offer(*row.front(), key);
                spread.offer(hash_of(seed, key), key);
            }
        });
        std::set<sql::Row> chosen;
        for (const Candidate& each : newest.kept()) chosen.insert(each.key);
        for (const Candidate& each : spread.kept()) {
            if (chosen.size() >= request_.rows) break;
            chosen.insert(each.key);
        }
        if (static_cast<std::int64_t>(chosen.size()) == sample_.rows_total) sample_.method = SampleMethod::everything;
        read_keys({chosen.begin(), chosen.end()});
    }

    static std::string hash_of(std::uint64_t seed, const sql::Row& key) {
        std::string text;
        for (const sql::Cell& part : key) text += part.value_or("") + '\0';
        std::string digits = std::to_string(sql::seed_for(seed, text));
        digits.insert(0, 20 - digits.size(), '0');
        return digits;
    }

    void read_keys(const std::vector<sql::Row>& keys) {
        for (std::size_t first = 0; first < keys.size() && wanted_; first += at_once_) {
            const std::span<const sql::Row> some{keys.data() + first, std::min(at_once_, keys.size() - first)};
            read_rows_where(order_->is_one_of(some, "t."), " ORDER BY " + order_->columns("t."));
        }
    }

    void read_rows_where(const std::string& condition, const std::string& end) {
        session_.read("SELECT " + joined(cells_, ", ") + " FROM " + grammar_.quote(query_.table().name) + " t WHERE " +
                          condition + end,
                      {.rows_per_block = 100, .cell_bytes = 512, .longest_cell = request_.longest * longest_character},
                      [&](const sql::Row& row) {
                          ++sample_.rows_read;
                          wanted_ = sink_(row);
                          return wanted_;
                      });
    }

    /// A few rows come in one result; more could not be read in parts.
    void read_without_key() {
        const auto counted = session_.rows("SELECT COUNT(*)" + from_where());
        sample_.rows_total = counted.empty() ? 0 : std::stoll(counted.front().at(0).value_or("0"));
        if (sample_.rows_total > static_cast<std::int64_t>(at_once_)) {
            throw sql::QueryError(Reason::unsupported, "", "has no key by which its texts could be read in parts");
        }
        read_rows_where("(" + query_.where() + ")", "");
    }

    Session& session_;
    const sql::Grammar& grammar_;
    const sql::TextQuery& query_;
    const sql::TextRequest& request_;
    const sql::ValueSink& sink_;
    std::optional<KeyOrder> order_;
    std::vector<std::string> cells_;
    std::size_t at_once_ = 1;
    bool wanted_ = true;
    TableSample sample_;
};

}  // namespace

TableSample read_texts(Session& session, const sql::TextQuery& query, const sql::TextRequest& request,
                       const sql::ValueSink& sink) {
    return TextReader{session, query, request, sink}.read();
}

}  // namespace crmaudit::connectors
