// Entities and conditions as XML: the same elements in profiles, mappings and result files.
#pragma once

#include <pugixml.hpp>

#include "auditor/model/condition.h"
#include "auditor/model/entity.h"
#include "auditor/model/policy.h"
#include "auditor/xml/document.h"

namespace crmaudit::xml {

/// Appends one element for the condition to `parent`.
void write_condition(pugi::xml_node parent, const Condition& condition);

/// Reads the condition that `element` stands for. Throws DocumentError with the line for what no schema can say.
Condition read_condition(const Document& document, pugi::xml_node element);

/// Appends an <entity> element that `read_entity` reads back to an equal value.
void write_entity(pugi::xml_node parent, const Entity& entity);

/// An element without a kind, which the schemas allow where all are of one, gives a plain entity.
Entity read_entity(const Document& document, pugi::xml_node element);

/// Reads the <rows> element of a rule. What it takes from the profile's entity is left open.
Selection read_selection(const Document& document, pugi::xml_node element);

}  // namespace crmaudit::xml
