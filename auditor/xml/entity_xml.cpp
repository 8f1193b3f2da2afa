#include "auditor/xml/entity_xml.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "auditor/xml/read.h"
#include "auditor/xml/text.h"

namespace crmaudit::xml {
namespace {

void set(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(legal(value).c_str());
}

void write_table(pugi::xml_node node, const TableName& table) {
    set(node, "table", table.name);
    if (!table.schema.empty()) set(node, "schema", table.schema);
}

void write_column(pugi::xml_node node, const Operand& column) {
    set(node, "column", column.name);
    if (column.kind != ColumnKind::unknown) set(node, "kind", to_string(column.kind));
}

void write_where(pugi::xml_node node, const char* name, const Condition& condition) {
    write_condition(node.append_child(name), condition);
}

bool is_every_row(const Condition& condition) { return std::holds_alternative<Always>(condition.node); }

bool is_one_word(const std::string& name) {
    return !name.empty() && name.find_first_of(" \t\r\n") == std::string::npos;
}

void write_key(pugi::xml_node entity, const std::vector<std::string>& key) {
    if (key.empty()) return;
    if (std::all_of(key.begin(), key.end(), is_one_word)) {
        std::string words;
        for (const std::string& column : key) words += (words.empty() ? "" : " ") + column;
        set(entity, "key", words);
        return;
    }
    for (const std::string& column : key) entity.append_child("key").text().set(legal(column).c_str());
}

void write_path(pugi::xml_node entity, const Path& path) {
    pugi::xml_node node = entity.append_child("path");
    set(node, "name", path.name);
    if (path.purge != PathPurge::keep) set(node, "purge", to_string(path.purge));
    for (const Join& join : path.joins) {
        pugi::xml_node step = node.append_child("join");
        write_table(step, join.table);
        for (const JoinColumn& pair : join.on) {
            const pugi::xml_node on = step.append_child("on");
            set(on, "column", pair.column);
            set(on, "previous", pair.previous);
            if (pair.as_text) set(on, "as-text", "true");
        }
        if (!is_every_row(join.where)) write_where(step, "where", join.where);
    }
}

void write_attribute(pugi::xml_node entity, const Attribute& attribute) {
    pugi::xml_node node = entity.append_child("attribute");
    set(node, "name", attribute.name);
    set(node, "type", to_string(attribute.type));
    if (attribute.role) set(node, "role", to_string(*attribute.role));
    if (attribute.optional) set(node, "optional", "true");
    if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) {
        write_column(node, own->column);
        if (!is_every_row(own->where)) write_where(node, "where", own->where);
    } else if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
        write_where(node, "where", condition->where);
    } else {
        const auto& related = std::get<Related>(attribute.value);
        set(node, "via", related.path);
        set(node, "aggregate", to_string(related.aggregate));
        if (!related.column.name.empty()) write_column(node, related.column);
        if (!is_every_row(related.where)) write_where(node, "where", related.where);
    }
}

template <typename Reasoned>
pugi::xml_node write_reasoned(pugi::xml_node entity, const char* name, const Reasoned& reasoned) {
    const pugi::xml_node node = entity.append_child(name);
    set(node, "role", to_string(reasoned.role));
    set(node, "reason", reasoned.reason);
    return node;
}

class Reader {
public:
    explicit Reader(const Document& document) : document_(document) {}

    Entity entity(pugi::xml_node node) const {
        Entity entity;
        entity.name = node.attribute("name").value();
        if (node.attribute("kind")) entity.kind = word(node, "kind", entity_kind_from);
        entity.table = table(node);
        entity.key = read_words(node, "key");
        for (const pugi::xml_node column : node.children("key")) entity.key.emplace_back(column.text().get());
        entity.optional = read_flag(node, "optional");
        entity.live = where(node.child("live"));
        for (const pugi::xml_node each : node.children("path")) entity.paths.push_back(path(each));
        for (const pugi::xml_node each : node.children("attribute")) entity.attributes.push_back(attribute_of(each));
        for (const pugi::xml_node each : node.children("absent")) {
            entity.absent.push_back({word(each, "role", role_from), each.attribute("reason").value(),
                                     each.attribute("without-table").value()});
        }
        for (const pugi::xml_node each : node.children("unbound")) {
            entity.unbound.push_back({word(each, "role", role_from), each.attribute("reason").value()});
        }
        for (const pugi::xml_node each : node.child("restriction").children("set")) {
            Assignment& assignment = entity.restriction.emplace_back();
            assignment.path = each.attribute("path").value();
            assignment.column = each.attribute("column").value();
            if (const auto value = each.attribute("value")) assignment.value = value.value();
        }
        return entity;
    }

    Selection selection(pugi::xml_node node) const {
        Selection selection;
        selection.entity.name = node.attribute("entity").value();
        selection.entity.table = table(node);
        selection.entity.key = read_words(node, "key");
        for (const pugi::xml_node each : node.children("path")) selection.entity.paths.push_back(path(each));
        for (const pugi::xml_node each : node.children("attribute")) {
            selection.entity.attributes.push_back(attribute_of(each));
        }
        selection.where = where(node.child("where"));
        return selection;
    }

private:
    template <typename Value>
    Value word(pugi::xml_node node, const char* name, std::optional<Value> (*from)(std::string_view)) const {
        const std::string given = node.attribute(name).value();
        const auto value = from(given);
        if (!value) document_.fail(node, "'" + given + "' is no " + name);
        return *value;
    }

    static TableName table(pugi::xml_node node) {
        return {node.attribute("schema").value(), node.attribute("table").value()};
    }

    Operand column_of(pugi::xml_node node) const {
        return column(node.attribute("column").value(), read_kind(document_, node, "kind"));
    }

    /// Every row without the element; several conditions in it must all hold.
    Condition where(pugi::xml_node node) const {
        const auto children = elements(node);
        if (children.empty()) return {};
        if (children.size() == 1) return read_condition(document_, children.front());
        All all;
        for (const pugi::xml_node child : children) all.of.push_back(read_condition(document_, child));
        return {std::move(all)};
    }

    Path path(pugi::xml_node node) const {
        Path path{node.attribute("name").value(), {}};
        if (const auto purge = node.attribute("purge")) path.purge = path_purge_from(purge.value()).value();
        for (const pugi::xml_node step : node.children("join")) {
            Join join{table(step), {}, where(step.child("where"))};
            for (const pugi::xml_node on : step.children("on")) {
                join.on.push_back(
                    {on.attribute("column").value(), on.attribute("previous").value(), read_flag(on, "as-text")});
            }
            path.joins.push_back(std::move(join));
        }
        return path;
    }

    Attribute attribute_of(pugi::xml_node node) const {
        Attribute attribute;
        attribute.name = node.attribute("name").value();
        if (node.attribute("role")) attribute.role = word(node, "role", role_from);
        attribute.optional = read_flag(node, "optional");
        attribute.value = value(node);
        attribute.type = node.attribute("type") ? word(node, "type", value_type_from) : natural_type(attribute);
        return attribute;
    }

    std::variant<OwnColumn, OwnCondition, Related> value(pugi::xml_node node) const {
        const bool has_column = !node.attribute("column").empty();
        if (node.attribute("via")) {
            Related related;
            related.path = node.attribute("via").value();
            related.aggregate = word(node, "aggregate", aggregate_from);
            const bool may_read = related.aggregate != Aggregate::count;
            const bool must_read = may_read && related.aggregate != Aggregate::any;
            if (must_read && !has_column) document_.fail(node, "latest, earliest and first need the column they take");
            if (has_column && !may_read) document_.fail(node, "count looks at rows: leave out column, use <where>");
            if (has_column) related.column = column_of(node);
            related.where = where(node.child("where"));
            return related;
        }
        if (node.attribute("aggregate")) document_.fail(node, "aggregate needs via=\"…\", the name of a path");
        if (has_column) return OwnColumn{column_of(node), where(node.child("where"))};
        if (node.child("where").empty()) document_.fail(node, "an attribute is a column, a <where> or via a path");
        return OwnCondition{where(node.child("where"))};
    }

    static ValueType natural_type(const Attribute& attribute) {
        if (std::holds_alternative<OwnColumn>(attribute.value)) {
            return attribute.role ? value_type_of(*attribute.role) : ValueType::text;
        }
        if (std::holds_alternative<OwnCondition>(attribute.value)) return ValueType::flag;
        switch (std::get<Related>(attribute.value).aggregate) {
            case Aggregate::any: return ValueType::flag;
            case Aggregate::count: return ValueType::number;
            case Aggregate::first: return ValueType::text;
            default: return ValueType::date;
        }
    }

    const Document& document_;
};

}  // namespace

void write_entity(pugi::xml_node parent, const Entity& entity) {
    pugi::xml_node node = parent.append_child("entity");
    set(node, "name", entity.name);
    set(node, "kind", to_string(entity.kind));
    write_table(node, entity.table);
    write_key(node, entity.key);
    if (!is_every_row(entity.live)) write_where(node, "live", entity.live);
    for (const Path& path : entity.paths) write_path(node, path);
    for (const Attribute& attribute : entity.attributes) write_attribute(node, attribute);
    if (entity.optional) set(node, "optional", "true");
    for (const Absence& absence : entity.absent) {
        const pugi::xml_node absent = write_reasoned(node, "absent", absence);
        if (!absence.without_table.empty()) set(absent, "without-table", absence.without_table);
    }
    for (const Unbound& unbound : entity.unbound) write_reasoned(node, "unbound", unbound);
    if (entity.restriction.empty()) return;
    pugi::xml_node restriction = node.append_child("restriction");
    for (const Assignment& each : entity.restriction) {
        pugi::xml_node assignment = restriction.append_child("set");
        if (!each.path.empty()) set(assignment, "path", each.path);
        set(assignment, "column", each.column);
        if (each.value) set(assignment, "value", *each.value);
    }
}

Entity read_entity(const Document& document, pugi::xml_node element) { return Reader{document}.entity(element); }

Selection read_selection(const Document& document, pugi::xml_node element) {
    return Reader{document}.selection(element);
}

}  // namespace crmaudit::xml
