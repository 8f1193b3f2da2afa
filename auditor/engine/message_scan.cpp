#include "auditor/engine/message_scan.h"

#include <algorithm>

#include "auditor/checks/check.h"
#include "auditor/engine/query_reasons.h"
#include "auditor/engine/selected.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

constexpr std::size_t longest_key = 64;

Condition some_hold(const Entity& entity, Role role) {
    std::vector<Condition> flags;
    for (const Attribute* attribute : entity.in_role(role)) flags.push_back(holds(attribute->name));
    return any(std::move(flags));
}

std::vector<std::string> names_in(const Entity& entity, Role role, ValueType type) {
    std::vector<std::string> names;
    for (const Attribute* attribute : entity.in_role(role)) {
        if (attribute->type == type) names.push_back(attribute->name);
    }
    return names;
}

/// A key says nothing about who it is; a name or an address that stands in its place must not get into a report.
bool is_key(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && text.size() <= longest_key && std::any_of(text.begin(), text.end(), is_digit) &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
           });
}

/// The cells of a row before its texts.
struct Flags {
    bool outbound = false;
    bool is_template = false;
    bool bulk = false;
    bool first = false;
    std::string sender;

    explicit Flags(const sql::Row& row) {
        const auto holds = [&](std::size_t cell) { return row.at(cell) == "1"; };
        outbound = holds(0);
        is_template = holds(1);
        bulk = holds(2);
        first = holds(3);
        const sql::Cell& key = row.at(4);
        if (key && is_key(*key)) sender = *key;
    }
    static constexpr std::size_t width = 5;
};

/// One entity on its way through the scan.
class EntityScan {
public:
    EntityScan(const Entity& entity, const classify::MailScanner& scanner)
        : scanner_(scanner),
          tells_bulk_(!entity.in_role(Role::bulk).empty()),
          tells_first_(!entity.in_role(Role::first_contact).empty()) {
        scanned_.entity = entity.name;
        scanned_.table = entity.table;
        for (const Attribute* body : entity.in_role(Role::body)) {
            const auto* own = std::get_if<OwnColumn>(&body->value);
            if (own != nullptr && scanned_.column.empty()) scanned_.column = own->column.name;
        }
        for (const classify::LinkQuestion& question : scanner.questions()) scanned_.links[question.rule] = {};
    }

    void add(const sql::Row& row) {
        classify::MailReading reading;
        for (std::size_t i = Flags::width; i < row.size(); ++i) {
            if (row[i]) scanner_.read(*row[i], reading);
        }
        if (!reading.filled) return;
        ++scanned_.read;
        const Flags flags{row};
        for (const auto& [vendor, hit] : reading.vendors) count(vendor, hit, flags);
        for (std::size_t i = 0; i < scanner_.questions().size(); ++i) {
            const classify::LinkQuestion& question = scanner_.questions()[i];
            if (!is_asked(question.what, flags)) continue;
            LinkCount& links = scanned_.links[question.rule];
            ++links.asked;
            if (reading.answers[i]) continue;
            ++links.without;
            if (flags.is_template) ++links.templates;
        }
    }

    ScannedMessages result(std::int64_t stored) && {
        scanned_.stored = stored;
        for (auto& [vendor, counted] : vendors_) scanned_.vendors.push_back(std::move(counted));
        return std::move(scanned_);
    }

private:
    void count(const std::string& vendor, const classify::MailReading::Hit& hit, const Flags& flags) {
        VendorCount& counted = vendors_[vendor];
        counted.vendor = vendor;
        counted.weak = counted.weak && hit.weak;
        ++counted.messages;
        if (hit.opens) ++counted.opens;
        if (hit.clicks) ++counted.clicks;
        if (flags.is_template) ++counted.templates;
        ++counted.by_sender[flags.sender];
    }

    /// What is sent to many, or to somebody for the first time. A template counts where the CRM does not tell which
    /// messages are made from it.
    bool is_asked(classify::LinkQuestion::What what, const Flags& flags) const {
        const bool is_notice = what == classify::LinkQuestion::What::notice;
        const bool told = flags.bulk || (is_notice && flags.first);
        const bool can_tell = tells_bulk_ || (is_notice && tells_first_);
        return (flags.outbound && told) || (flags.is_template && (told || !can_tell));
    }

    const classify::MailScanner& scanner_;
    bool tells_bulk_;
    bool tells_first_;
    ScannedMessages scanned_;
    std::map<std::string, VendorCount> vendors_;
};

sql::TextQuestion question_for(const Entity& entity) {
    sql::TextQuestion question;
    const Condition outbound = some_hold(entity, Role::outbound);
    const Condition is_template = some_hold(entity, Role::template_text);
    question.where = all({entity.live, any({outbound, is_template})});
    question.flags = {outbound, is_template, some_hold(entity, Role::bulk), some_hold(entity, Role::first_contact)};
    question.labels = names_in(entity, Role::sender, ValueType::text);
    question.labels.resize(std::min<std::size_t>(question.labels.size(), 1));
    question.texts = names_in(entity, Role::body, ValueType::text);
    question.dates = names_in(entity, Role::created, ValueType::date);
    return question;
}

}  // namespace

bool asks_for_messages(const Policy& policy, const std::vector<std::string>& only,
                       const std::vector<std::string>& skip) {
    return std::any_of(policy.rules.begin(), policy.rules.end(), [&](const Rule& rule) {
        const checks::Check* check = checks::find_check(rule.check);
        return check != nullptr && check->reads_messages && is_selected(rule, only, skip);
    });
}

std::vector<classify::LinkQuestion> link_questions(const Policy& policy, const std::string& privacy_address) {
    using What = classify::LinkQuestion::What;
    std::vector<classify::LinkQuestion> questions;
    for (const Rule& rule : policy.rules) {
        const bool is_notice = rule.check == "no_privacy_notice_link";
        if (!is_notice && rule.check != "no_opt_out_link") continue;
        classify::LinkQuestion question{rule.id, is_notice ? What::notice : What::way_out, rule.lines("terms"), {}};
        if (is_notice) question.addresses = {std::string{rule.parameter("privacy_address")}, privacy_address};
        questions.push_back(std::move(question));
    }
    return questions;
}

MessageScan scan_messages(const std::vector<Entity>& entities, const Catalog& catalog,
                          const classify::MailScanner& scanner, const sql::Grammar& grammar, sql::TextPort& port,
                          const MessageOptions& options) {
    MessageScan scan;
    scan.extent = options.extent;
    if (options.extent == ContentExtent::none) return scan;
    for (const Entity& entity : entities) {
        const Table* table = entity.kind == EntityKind::message ? catalog.find(entity.table) : nullptr;
        const sql::TextQuestion question = question_for(entity);
        if (table == nullptr || question.texts.empty() || never(any({question.flags[0], question.flags[1]}))) continue;
        if (grammar.tail_of("x", ColumnKind::text, 1).empty()) {
            scan.gaps.push_back({entity.name, std::string{reasons::no_text_ends}});
            continue;
        }
        try {
            EntityScan read{entity, scanner};
            const bool has_sender = !question.labels.empty();
            const sql::TextQuery query = sql::text_query(grammar, options.as_of, entity, *table, question);
            const sql::TextRequest request{
                .everything = options.extent == ContentExtent::full, .seed = options.seed, .rows = options.rows};
            const TableSample sample = port.read_texts(query, request, [&](sql::Row row) {
                if (!has_sender) row.insert(row.begin() + Flags::width - 1, std::nullopt);
                read.add(row);
                return true;
            });
            scan.entities.push_back(std::move(read).result(sample.rows_total));
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            scan.gaps.push_back({entity.name, reasons::text(reason_code(error.reason()), error.sqlstate())});
        }
    }
    return scan;
}

}  // namespace crmaudit::engine
