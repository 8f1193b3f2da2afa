#include <string>
#include <string_view>
#include <vector>

#include "auditor/xml/entity_xml.h"
#include "auditor/xml/read.h"
#include "auditor/xml/text.h"

namespace crmaudit::xml {
namespace {

void set(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(legal(value).c_str());
}

void write_kind(pugi::xml_node node, const char* name, ColumnKind kind) {
    if (kind != ColumnKind::unknown) set(node, name, to_string(kind));
}

void write_operand(pugi::xml_node node, const Operand& operand) {
    set(node, operand.source == Operand::Source::column ? "column" : "attribute", operand.name);
    write_kind(node, "kind", operand.kind);
}

void write_texts(pugi::xml_node node, const char* name, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) node.append_child(name).text().set(legal(text).c_str());
}

struct Writer {
    pugi::xml_node parent;

    pugi::xml_node start(const char* name) const { return pugi::xml_node{parent}.append_child(name); }
    pugi::xml_node start(const char* name, const Operand& operand) const {
        const pugi::xml_node node = start(name);
        write_operand(node, operand);
        return node;
    }
    void write_parts(const char* name, const std::vector<Condition>& parts) const {
        const pugi::xml_node node = start(name);
        for (const Condition& part : parts) write_condition(node, part);
    }

    void operator()(const Always&) const { start("always"); }
    void operator()(const Missing& missing) const {
        write_texts(start("missing", missing.operand), "placeholder", missing.placeholders);
    }
    void operator()(const OneOf& one_of) const { write_texts(start("one-of", one_of.operand), "value", one_of.values); }
    void operator()(const ListHas& list) const { write_texts(start("list-has", list.operand), "word", list.words); }
    void operator()(const Holds& flag) const { start("holds", flag.operand); }
    void operator()(const Before& before) const {
        set(start("before", before.operand), "date", to_string(before.date));
    }
    void operator()(const Since& since) const { set(start("since", since.operand), "date", to_string(since.date)); }
    void operator()(const LaterThan& later) const {
        const pugi::xml_node node = start("later-than", later.operand);
        const bool is_column = later.reference.source == Operand::Source::column;
        set(node, is_column ? "reference-column" : "reference", later.reference.name);
        write_kind(node, "reference-kind", later.reference.kind);
        set(node, "offset", to_string(later.offset));
    }
    void operator()(const Implausible& implausible) const { start("implausible", implausible.operand); }
    void operator()(const OlderThan& older) const {
        set(start("older-than", older.operand), "period", to_string(older.period));
    }
    void operator()(const Like& like) const { write_texts(start("like", like.operand), "pattern", like.patterns); }
    void operator()(const Listed& listed) const { set(start("listed", listed.operand), "list", listed.list); }
    void operator()(const All& all) const { write_parts("all", all.of); }
    void operator()(const Any& any) const { write_parts("any", any.of); }
    void operator()(const Not& negation) const { write_parts("not", negation.of); }
};

class Reader {
public:
    explicit Reader(const Document& document) : document_(document) {}

    Condition read(pugi::xml_node node) const {
        const std::string_view name = node.name();
        if (name == "always") return {};
        if (name == "missing") return {Missing{operand(node), texts(node, "placeholder")}};
        if (name == "one-of") return {OneOf{operand(node), texts(node, "value")}};
        if (name == "list-has") return {ListHas{operand(node), texts(node, "word")}};
        if (name == "holds") return {Holds{operand(node)}};
        if (name == "before") return {Before{operand(node), date(node)}};
        if (name == "since") return {Since{operand(node), date(node)}};
        if (name == "later-than") return {later_than(node)};
        if (name == "implausible") return {Implausible{operand(node)}};
        if (name == "older-than") return {OlderThan{operand(node), period(node, "period")}};
        if (name == "like") return {Like{operand(node), texts(node, "pattern")}};
        if (name == "listed") return {Listed{operand(node), node.attribute("list").value()}};
        if (name == "all") return {All{parts(node)}};
        if (name == "any") return {Any{parts(node)}};
        if (name == "not") {
            auto inner = parts(node);
            if (inner.size() != 1) document_.fail(node, "<not> takes exactly one condition");
            return {Not{std::move(inner)}};
        }
        document_.fail(node, "<" + std::string{name} + "> is no condition");
    }

private:
    Operand operand(pugi::xml_node node) const { return either(node, "column", "attribute", "kind"); }

    Operand either(pugi::xml_node node, const char* column_name, const char* attribute_name,
                   const char* kind_name) const {
        const pugi::xml_attribute of_column = node.attribute(column_name);
        const pugi::xml_attribute of_attribute = node.attribute(attribute_name);
        if (of_column.empty() == of_attribute.empty()) {
            document_.fail(node, "<" + std::string{node.name()} + "> needs either " + column_name + "=\"…\" or " +
                                     attribute_name + "=\"…\"");
        }
        Operand operand = of_column.empty() ? attribute(of_attribute.value()) : column(of_column.value());
        operand.kind = read_kind(document_, node, kind_name);
        return operand;
    }

    Date date(pugi::xml_node node) const {
        const auto parsed = parse_date(node.attribute("date").value());
        if (!parsed) document_.fail(node, std::string{node.attribute("date").value()} + " is no day of the calendar");
        return *parsed;
    }

    LaterThan later_than(pugi::xml_node node) const {
        LaterThan later{operand(node), either(node, "reference-column", "reference", "reference-kind"), {}};
        if (node.attribute("offset")) later.offset = period(node, "offset");
        return later;
    }

    Period period(pugi::xml_node node, const char* name) const {
        const std::string given = node.attribute(name).value();
        const auto parsed = parse_period(given);
        if (!parsed) document_.fail(node, given + " is no period such as P1M or P30D");
        return *parsed;
    }

    std::vector<Condition> parts(pugi::xml_node node) const {
        std::vector<Condition> conditions;
        for (const pugi::xml_node part : elements(node)) conditions.push_back(read(part));
        return conditions;
    }

    /// The texts of the child elements; the attribute of the same name is short for a single one.
    static std::vector<std::string> texts(pugi::xml_node node, const char* name) {
        std::vector<std::string> list;
        if (const auto single = node.attribute(name)) list.emplace_back(single.value());
        for (const pugi::xml_node text : node.children(name)) list.emplace_back(text.text().get());
        return list;
    }

    const Document& document_;
};

}  // namespace

void write_condition(pugi::xml_node parent, const Condition& condition) { std::visit(Writer{parent}, condition.node); }

Condition read_condition(const Document& document, pugi::xml_node element) { return Reader{document}.read(element); }

}  // namespace crmaudit::xml
