#include "auditor/xml/suppression_xml.h"

namespace crmaudit::xml {

std::vector<SuppressionPlace> read_suppression(pugi::xml_node parent) {
    std::vector<SuppressionPlace> places;
    for (const pugi::xml_node node : parent.children("suppression")) {
        SuppressionPlace place{
            {node.attribute("schema").value(), node.attribute("table").value()}, node.attribute("address").value(), {}};
        for (const pugi::xml_node other : node.children("set")) {
            Assignment assignment{"", other.attribute("column").value(), std::nullopt};
            if (const auto value = other.attribute("value")) assignment.value = value.value();
            place.others.push_back(std::move(assignment));
        }
        places.push_back(std::move(place));
    }
    return places;
}

}  // namespace crmaudit::xml
