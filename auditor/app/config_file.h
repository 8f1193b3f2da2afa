// The configuration file: one `key = value` a line, each key an option without its dashes. Lines that begin with # or ;
// are comments. Options that take several values may stand on several lines.
#pragma once

#include <string>

#include "auditor/app/settings.h"

namespace crmaudit::app {

/// Throws Failure (78) with file and line; never shows a value.
SettingMap read_config_file(const Command& command, const std::string& path);

SettingMap parse_config(const Command& command, const std::string& name, const std::string& text);

}  // namespace crmaudit::app
