// The sections of report.html, in the order of the page. Each appends to the tree and reads nothing but the result.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/result.h"
#include "reports/formats/html_tree.h"
#include "reports/locale.h"

namespace crmaudit::reports::html {

struct Page {
    const AuditResult& result;
    const Locale& locale;
    std::string xml_checksum;
};

inline constexpr Severity severities[] = {Severity::critical, Severity::high, Severity::medium, Severity::low};

/// More than these would be more than a browser and a reader can take; what is left out is said.
inline constexpr std::size_t most_findings = 2000;
inline constexpr std::size_t most_columns = 5000;

void write_masthead(Node body, const Page& page);
void write_verdict(Node main, const Page& page);
void write_persons(Node main, const Page& page);
void write_consent(Node main, const Page& page);
void write_exemptions(Node main, const Page& page);
void write_not_checked(Node main, const Page& page);
/// Only where the run was for a migration.
void write_migration(Node main, const Page& page);
void write_findings(Node main, const Page& page);
void write_rules_without_findings(Node main, const Page& page);
/// Only where permissions are known.
void write_access(Node main, const Page& page);
void write_schedule(Node main, const Page& page);
void write_deletions(Node main, const Page& page);
void write_crm(Node main, const Page& page);
void write_laws(Node main, const Page& page);
void write_inventory(Node main, const Page& page);
/// Part of a finding.
void write_ages(Node place, const Finding& finding, const Page& page);
/// Part of the inventory.
void write_content(Node section, const Page& page);
void write_evidence(Node main, const Page& page);
void write_origin(Node body, const Page& page);

/// A section with its heading, which the contents and the numbers of the summary link to.
Node add_section(Node parent, const Page& page, const char* id, const char* title_key);

/// The rule's title in the page's language; its id when the result does not hold the rule.
std::string rule_title(const Page& page, std::string_view rule_id);

/// "Art. 5(1)(c) GDPR, § 25 TDDDG".
std::string legal_basis(const Page& page, const Rule* rule);

/// "severity-high".
std::string anchor(Severity severity);

/// Marks a text that drivers and databases give in English only.
void mark_english(Node node, const Page& page);

/// What is declared of the place of the data; empty where nothing is.
std::string declared_location(const Page& page);

/// One sentence that says how the audit ended.
std::string verdict_sentence(const Page& page);

/// Outcomes that were not checked, failed, or left something out.
bool is_open(const RuleOutcome& outcome);

/// The open findings that the page shows, in order.
std::vector<const Finding*> shown_findings(const AuditResult& result);

/// Where a finding and its statement stand on the page.
std::string anchor(const Finding& finding);
std::string evidence_anchor(const Finding& finding);

/// "Contacts crm.contacts › birthdate".
void add_object(Node parent, const Finding& finding, const Locale& locale);

/// Statements about the CRM whose topic the rule's check is about ("tracking" and "no_tracking_choice").
std::vector<const Statement*> statements_for(const AuditResult& result, const Rule* rule);

}  // namespace crmaudit::reports::html
