#include "reports/purge/keepsakes_readme.h"

#include <algorithm>

#include "reports/purge/one_line.h"

namespace crmaudit::reports::purge {
namespace {

/// "sha256" for "hmac-sha-256", "sha3_256" for "hmac-sha3-256": as programs call the hash within.
std::string digest_of(std::string_view algorithm) { return algorithm == "hmac-sha3-256" ? "sha3_256" : "sha256"; }

}  // namespace

std::string keepsakes_readme(const AuditResult& result, const Limits& limits, const KeyedHash& hash,
                             std::string_view client, const Locale& locale) {
    std::string tables;
    for (const SuppressionPlace& each : result.suppression) {
        tables += (tables.empty() ? "" : ", ") + to_string(each.table);
    }
    std::string text;
    const auto add = [&](const std::string& part) {
        text +=
            "\n" +
            on_one_line(locale.text("purge.readme." + part,
                                    {{"file", limits.suppression_key},
                                     {"algorithm", std::string{hash.algorithm()}},
                                     {"digest", digest_of(hash.algorithm())},
                                     {"tables", tables},
                                     {"period", result.evidence_kept ? locale.period(*result.evidence_kept) : ""}})) +
            "\n";
    };
    if (limits.suppression_key.empty()) {
        add(limits.accept_lost_objections ? "objections.lost" : "objections.spared");
        add("evidence.no_key");
        return text;
    }
    add("objections.kept");
    add(client == "sqlcmd" ? "key.server" : "key.client");
    add("key");
    if (client == "mariadb" || client == "mysql") add("key.mariadb");
    add("import");
    add(result.suppression.empty() ? "place.none" : "place.named");
    add(result.evidence_kept ? "evidence.kept" : "evidence.no_period");
    return text;
}

}  // namespace crmaudit::reports::purge
