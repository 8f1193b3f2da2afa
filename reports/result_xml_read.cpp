#include <charconv>

#include "auditor/data/schema.h"
#include "auditor/xml/document.h"
#include "auditor/xml/entity_xml.h"
#include "reports/access_xml.h"
#include "reports/deletions_xml.h"
#include "reports/keepsakes_xml.h"
#include "reports/remedies_xml.h"
#include "reports/result_document.h"
#include "reports/result_xml.h"
#include "reports/set_xml.h"

namespace crmaudit::reports {
namespace {

using pugi::xml_node;

class Reader {
public:
    explicit Reader(const xml::Document& document) : document_(document) {}

    AuditResult result() const {
        const xml_node root = document_.root();
        AuditResult result;
        result.run = run(root.child("run"));
        result.baseline_as_of = root.child("run").attribute("baseline-as-of").value();
        result.source = source(root.child("source"));
        for (const xml_node node : root.child("rules").children("rule")) result.rules.push_back(rule(node));
        for (const xml_node node : root.child("laws").children("law")) result.laws.push_back(law(node));
        for (const xml_node node : root.child("outcomes").children("outcome")) result.outcomes.push_back(outcome(node));
        for (const xml_node node : root.child("findings").children("finding")) result.findings.push_back(finding(node));
        for (const xml_node node : root.children("persons")) result.persons.push_back(persons(node));
        for (const xml_node node : root.children("consent")) result.consent.push_back(consent(node));
        read_exemptions(root, result);
        if (const xml_node node = root.child("location")) result.location = location(node);
        for (const xml_node node : root.children("statement")) result.statements.push_back(statement(node));
        for (const xml_node node : root.child("entities").children("entity")) {
            result.entities.push_back(xml::read_entity(document_, node));
        }
        for (const xml_node node : root.child("tables").children("table")) result.tables.push_back(table(node));
        for (const xml_node node : root.children("statement-run")) {
            result.statement_runs.push_back({text(node, "what"), text(node, "object"), amount(node, "milliseconds")});
        }
        if (const xml_node node = root.child("content")) result.content = content(node);
        for (const xml_node node : root.child("inventory").children("column")) {
            result.inventory.push_back(classified(node));
        }
        result.inventory_gaps = gaps<Gap>(root.child("inventory"));
        read_keepsakes(document_, root, result);
        for (const xml_node node : root.child("seen").children("table")) {
            result.seen.push_back({table_name(node, "name"), texts(node, "column")});
        }
        result.purposes = read_purposes(document_, root);
        result.deletions = read_deletions(document_, root);
        read_access_matrix(document_, root, result);
        read_remedies(document_, root, result);
        return result;
    }

private:
    static std::string text(xml_node node, const char* name) { return node.attribute(name).value(); }

    static bool flag(xml_node node, const char* name) {
        const std::string value = text(node, name);
        return value == "true" || value == "1";
    }

    template <typename Number>
    Number number(xml_node node, const char* name) const {
        const std::string digits = text(node, name);
        Number value{};
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (read.ec != std::errc{}) document_.fail(node, std::string{name} + " '" + digits + "' is no number");
        return value;
    }

    std::int64_t amount(xml_node node, const char* name) const { return number<std::int64_t>(node, name); }

    Date date(xml_node node, const char* name) const {
        const auto parsed = parse_date(text(node, name));
        if (!parsed) document_.fail(node, text(node, name) + " is no day of the calendar");
        return *parsed;
    }

    template <typename From>
    auto word(xml_node node, const char* name, From&& from) const {
        const auto value = from(text(node, name));
        if (!value) document_.fail(node, "'" + text(node, name) + "' is no " + name);
        return *value;
    }

    static Texts localised(xml_node node, const char* name) {
        Texts by_language;
        for (const xml_node child : node.children(name)) by_language[text(child, "lang")] = child.text().get();
        return by_language;
    }

    template <typename GapType>
    static std::vector<GapType> gaps(xml_node node) {
        std::vector<GapType> list;
        for (const xml_node child : node.children("gap"))
            list.push_back({text(child, "object"), text(child, "reason")});
        return list;
    }

    Run run(xml_node node) const {
        return {text(node, "tool-version"),   date(node, "as-of"),          text(node, "label"),
                text(node, "policy"),         text(node, "policy-digest"),  text(node, "profile"),
                text(node, "profile-title"),  text(node, "profile-digest"), flag(node, "profile-discovered"),
                text(node, "options-digest"), text(node, "language"),       flag(node, "migration")};
    }

    Source source(xml_node node) const {
        Source source;
        source.dialect = text(node, "dialect");
        source.product = text(node, "product");
        source.version = text(node, "version");
        source.database = text(node, "database");
        source.schema = text(node, "schema");
        source.account = text(node, "account");
        source.structure_hash = text(node, "structure-hash");
        source.tables = amount(node, "tables");
        source.columns = amount(node, "columns");
        source.account_can_write = texts(node, "can-write");
        source.missing_safeguards = texts(node, "missing-safeguard");
        source.inconsistent_tables = texts(node, "inconsistent-table");
        source.left_out = texts(node, "left-out");
        source.gaps = gaps<CatalogGap>(node);
        source.gaps_accepted_reason = text(node, "gaps-accepted");
        return source;
    }

    Rule rule(xml_node node) const {
        Rule rule;
        rule.id = text(node, "id");
        rule.check = text(node, "check");
        rule.severity = word(node, "severity", severity_from);
        if (node.attribute("purge")) rule.purge = word(node, "purge", purge_action_from);
        for (const xml_node child : node.children("empties")) {
            const auto role = role_from(child.text().get());
            if (!role) document_.fail(child, "unknown role in <empties>");
            rule.emptied.push_back(*role);
        }
        for (const xml_node child : node.children("basis")) {
            rule.basis.push_back({text(child, "law"), text(child, "article")});
        }
        for (const xml_node child : node.children("parameter")) {
            rule.parameters[text(child, "name")] = child.text().get();
        }
        rule.texts = {localised(node, "title"), localised(node, "what"), localised(node, "why"),
                      localised(node, "remedy"), localised(node, "false-positives")};
        return rule;
    }

    static Law law(xml_node node) {
        return {text(node, "name"), text(node, "reference"), text(node, "checked"), flag(node, "verified"),
                localised(node, "note")};
    }

    RuleOutcome outcome(xml_node node) const {
        return {text(node, "rule"),    text(node, "check"),  word(node, "status", outcome_status_from),
                gaps<Gap>(node),       text(node, "reason"), !node.attribute("accepted").empty(),
                text(node, "accepted")};
    }

    Finding finding(xml_node node) const {
        Finding finding;
        finding.rule = text(node, "rule");
        finding.check = text(node, "check");
        finding.severity = word(node, "severity", severity_from);
        finding.state = word(node, "state", finding_state_from);
        finding.object = {table_name(node, "table"), text(node, "column"), text(node, "principal"),
                          text(node, "entity"),      text(node, "part"),   text(node, "host")};
        if (node.attribute("category")) finding.category = word(node, "category", category_from);
        finding.affected = amount(node, "affected");
        if (node.attribute("affected-before")) finding.affected_before = amount(node, "affected-before");
        finding.total = amount(node, "total");
        finding.persons = flag(node, "persons");
        finding.sampled = flag(node, "sampled");
        if (node.attribute("oldest")) finding.oldest = date(node, "oldest");
        finding.fingerprint = text(node, "fingerprint");
        for (const xml_node child : node.children("detail")) {
            finding.details.push_back({text(child, "name"), amount(child, "count")});
        }
        finding.facts = texts(node, "fact");
        for (const xml_node age : node.children("age")) {
            finding.ages.push_back(
                {number<int>(age, "from"), number<int>(age, "to"), amount(age, "all"), amount(age, "affected")});
        }
        if (const xml_node rows = node.child("rows")) {
            const xml_node condition =
                rows.find_child([](xml_node child) { return child.type() == pugi::node_element; });
            finding.rows = RowSet{text(rows, "entity"), xml::read_condition(document_, condition),
                                  operands(rows, "unique-over"), operands(rows, "shared-over")};
        }
        finding.evidence_sql = node.child("evidence").text().get();
        return finding;
    }

    PersonsAffected persons(xml_node node) const {
        PersonsAffected persons{text(node, "entity"), amount(node, "total"), amount(node, "affected"), {}};
        for (const xml_node child : node.children("with")) {
            persons.by_severity[word(child, "severity", severity_from)] = amount(child, "count");
        }
        return persons;
    }

    ConsentCount consent(xml_node node) const {
        return {text(node, "entity"),    text(node, "purpose"),      amount(node, "granted"),   amount(node, "refused"),
                amount(node, "unknown"), counts(node, "granted-by"), counts(node, "refused-by")};
    }

    std::vector<NamedCount> counts(xml_node node, const char* name) const {
        std::vector<NamedCount> counts;
        for (const xml_node each : node.children(name)) counts.push_back({text(each, "column"), amount(each, "count")});
        return counts;
    }

    std::vector<Operand> operands(xml_node rows, const char* name) const {
        std::vector<Operand> operands;
        for (const xml_node each : rows.children(name)) {
            Operand operand =
                each.attribute("column") ? column(text(each, "column")) : attribute(text(each, "attribute"));
            operand.kind = word(each, "kind", column_kind_from);
            operands.push_back(std::move(operand));
        }
        return operands;
    }

    static DeclaredLocation location(xml_node node) {
        return {text(node, "country"), text(node, "operator"), text(node, "processor-contract"),
                texts(node, "declared-host")};
    }

    void read_exemptions(xml_node root, AuditResult& result) const {
        if (const xml_node node = root.child("residency")) {
            result.residency = Residency{};
            result.residency->controller = text(node, "controller");
            result.residency->inside = texts(node, "inside");
        }
        for (const xml_node node : root.children("persons-left-out")) {
            result.left_out.push_back(
                {text(node, "entity"), amount(node, "persons"), texts(node, "fact"), text(node, "reason")});
        }
        for (const xml_node node : root.children("held-back")) {
            result.held_back.push_back(
                {text(node, "entity"), text(node, "why"), text(node, "by"), amount(node, "persons")});
        }
    }

    static Statement statement(xml_node node) {
        return {text(node, "topic"), localised(node, "text"), text(node, "source")};
    }

    static TableName table_name(xml_node node, const char* name) { return {text(node, "schema"), text(node, name)}; }

    static ForeignKey foreign_key(xml_node node) {
        return {text(node, "name"), texts(node, "column"), table_name(node, "table"), texts(node, "references"),
                text(node, "on-delete")};
    }

    TouchedTable table(xml_node node) const {
        TouchedTable table{table_name(node, "name"), texts(node, "primary-key"), {}, {}, {}};
        for (const xml_node child : node.children("column")) {
            TouchedColumn column{text(child, "name"), text(child, "type"), flag(child, "nullable")};
            if (child.attribute("kind")) column.kind = word(child, "kind", column_kind_from);
            column.unique = child.attribute("unique") && flag(child, "unique");
            table.columns.push_back(std::move(column));
        }
        if (node.attribute("is-table")) table.is_table = flag(node, "is-table");
        for (const xml_node child : node.children("foreign-key")) table.foreign_keys.push_back(foreign_key(child));
        for (const xml_node child : node.children("referenced-by")) {
            table.referenced_by.push_back(table_name(child, "table"));
            table.referenced_by_keys.push_back(foreign_key(child.child("foreign-key")));
        }
        return table;
    }

    ContentScan content(xml_node node) const {
        ContentScan content;
        content.extent = word(node, "extent", content_extent_from);
        content.seed = number<std::uint64_t>(node, "seed");
        content.rows = amount(node, "rows");
        content.longest_value = amount(node, "longest-value");
        for (const xml_node sample : node.children("sample")) {
            content.samples.push_back({table_name(sample, "table"), word(sample, "method", sample_method_from),
                                       amount(sample, "read"), amount(sample, "rows")});
        }
        content.gaps = gaps<Gap>(node);
        return content;
    }

    void read_numbers(xml_node node, ColumnClassification& column) const {
        if (const xml_node field = node.child("field")) {
            column.field = LogicalField{text(field, "name"), text(field, "key-column"), text(field, "key-value")};
        }
        if (const xml_node counts = node.child("counts")) {
            column.counts = ColumnCounts{amount(counts, "rows"), amount(counts, "filled"), {}};
            if (counts.attribute("distinct")) column.counts->distinct = amount(counts, "distinct");
        }
        const xml_node read = node.child("read");
        if (!read) return;
        column.content = ColumnContent{
            amount(read, "rows"), amount(read, "filled"), amount(read, "texts"), amount(read, "identified"), {}};
        for (const xml_node pattern : read.children("pattern")) {
            column.content->patterns.push_back({text(pattern, "id"), word(pattern, "category", category_from),
                                                flag(pattern, "hint"), amount(pattern, "whole"),
                                                amount(pattern, "within")});
        }
    }

    ColumnClassification classified(xml_node node) const {
        ColumnClassification column;
        column.table = table_name(node, "table");
        column.column = text(node, "name");
        column.type = text(node, "type");
        column.category = word(node, "category", category_from);
        column.confidence = number<double>(node, "confidence");
        column.by_name = node.attribute("by-name") ? word(node, "by-name", category_from) : column.category;
        for (const xml_node child : node.children("evidence")) {
            column.evidence.push_back({word(child, "kind", evidence_kind_from), word(child, "category", category_from),
                                       number<double>(child, "weight"), child.text().get()});
        }
        read_numbers(node, column);
        return column;
    }

    const xml::Document& document_;
};

/// Versions up to this one differ by optional parts alone.
bool is_readable(std::string_view version) {
    return version == result_version || version == "1.0" || version == "1.1" || version == "1.2" || version == "1.3" ||
           version == "1.4" || version == "1.5";
}

/// Tells what is wrong before the schema does, in words that say what to do. A file that is no XML is left to it.
void check_identity(const std::string& name, const std::string& text) {
    pugi::xml_document tree;
    if (!parse(tree, text)) return;
    xml_node root = tree.document_element();
    const auto refuse = [&](const std::string& why) { throw xml::DocumentError(name + ":1: " + why); };
    const std::string space = root.attribute("xmlns").value();
    if (std::string{root.name()} != "result" || !space.starts_with("urn:crmaudit:result:")) {
        refuse("this is no crmaudit result; give the report.xml of an audit");
    }
    const std::string version = root.attribute("schemaVersion").value();
    if (space != result_namespace || !is_readable(version)) {
        refuse("the result is of schema version " + (version.empty() ? "?" : version) + " (" + space +
               "), this program reads " + result_version + "; use the version of crmaudit that wrote it");
    }
    const std::string checksum = root.attribute("checksum").value();
    root.remove_attribute("checksum");
    if (content_checksum(root) != checksum) {
        refuse(
            "the result was damaged or edited: its checksum does not match its content; audit again, or restore the "
            "file");
    }
}

}  // namespace

AuditResult read_result_xml(const std::string& name, const std::string& text) {
    check_identity(name, text);
    const xml::Document document{name, text, data::schema("reports/result.xsd")};
    return Reader{document}.result();
}

std::string checksum_of(const std::string& xml) {
    pugi::xml_document tree;
    parse(tree, xml);
    return tree.document_element().attribute("checksum").value();
}

}  // namespace crmaudit::reports
