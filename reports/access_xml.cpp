#include "reports/access_xml.h"

#include <charconv>
#include <string_view>

#include "reports/set_xml.h"

namespace crmaudit::reports {
namespace {

using pugi::xml_node;

Category category_in(const xml::Document& document, xml_node node, std::string_view word) {
    const auto category = category_from(word);
    if (!category) document.fail(node, "'" + std::string{word} + "' is no category");
    return *category;
}

void add_row(xml_node matrix, const AccessRow& row) {
    xml_node node = matrix.append_child("row");
    for (const AccessHolder& each : row.holders) {
        const xml_node holder = node.append_child("holder");
        set(holder, "name", each.name);
        set(holder, "can-login", each.can_login);
        if (each.is_own) set(holder, "own", true);
    }
    for (const AccessCell& each : row.cells) {
        xml_node cell = node.append_child("cell");
        set(cell, "category", to_string(each.category));
        set(cell, "right", to_string(each.right));
        set(cell, "all-rows", each.all_rows);
        for (const AccessWay& way : each.ways) {
            const xml_node path = cell.append_child("way");
            set(path, "path", way.path);
            set(path, "object", way.object);
        }
    }
}

AccessRow read_row(const xml::Document& document, xml_node node) {
    AccessRow row;
    for (const xml_node holder : node.children("holder")) {
        row.holders.push_back({holder.attribute("name").value(), holder.attribute("can-login").as_bool(),
                               holder.attribute("own").as_bool()});
    }
    for (const xml_node each : node.children("cell")) {
        const std::string word = each.attribute("right").value();
        const auto right = access_right_from(word);
        if (!right) document.fail(each, "'" + word + "' is no right");
        AccessCell cell{category_in(document, each, each.attribute("category").value()),
                        *right,
                        each.attribute("all-rows").as_bool(),
                        {}};
        for (const xml_node way : each.children("way"))
            cell.ways.push_back({way.attribute("path").value(), way.attribute("object").value()});
        row.cells.push_back(std::move(cell));
    }
    return row;
}

}  // namespace

void write_access_matrix(xml_node root, const AuditResult& result) {
    if (!result.access_matrix) return;
    xml_node node = root.append_child("access-matrix");
    set(node, "without", result.access_matrix->without);
    for (const Category category : result.access_matrix->categories)
        add_text(node, "category", std::string{to_string(category)});
    for (const AccessRow& row : result.access_matrix->rows) add_row(node, row);
}

void read_access_matrix(const xml::Document& document, xml_node root, AuditResult& result) {
    const xml_node node = root.child("access-matrix");
    if (!node) return;
    AccessMatrix& matrix = result.access_matrix.emplace();
    const std::string_view digits = node.attribute("without").value();
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), matrix.without);
    if (read.ec != std::errc{}) document.fail(node, "without is no number");
    for (const xml_node each : node.children("category"))
        matrix.categories.push_back(category_in(document, each, each.text().get()));
    for (const xml_node row : node.children("row")) matrix.rows.push_back(read_row(document, row));
}

}  // namespace crmaudit::reports
