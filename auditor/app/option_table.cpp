#include "auditor/app/option_table.h"

#include <algorithm>
#include <array>

namespace crmaudit::app {
namespace {

using enum OptionKind;

constexpr Option help{"help", flag, "", "", "show this help", true, 'h'};

/// Which database, and how it is looked at.
constexpr std::array source_options{
    Option{"connect", single, "STRING", "", "ODBC connection string, without a password"},
    Option{"connect-file", single, "FILE", "", "file with the connection string; may hold the password, mode 0600"},
    Option{"dsn", single, "NAME", "", "data source of odbc.ini"},
    Option{"password-file", single, "FILE", "", "file with the password, mode 0600"},
    Option{"label", single, "NAME", "", "name of the source in files and reports (default: DSN or database)"},
    Option{"config", single, "FILE", "", "file with options, one `key = value` a line"},
    Option{"profile", single, "auto|none|NAME|FILE", "auto", "where this CRM keeps what"},
    Option{"content", single, "none|sample|full", "sample", "which values are looked at to tell what columns hold"},
    Option{"seed", single, "N", "1", "positions of the sample follow from it"},
    Option{"lexicon", list, "FILES", "", "words for column names, besides those that ship"},
    Option{"patterns", list, "FILES", "", "patterns of values, besides those that ship"},
    Option{"include", list, "TABLES", "", "tables to look at, with * and ?"},
    Option{"exclude", list, "TABLES", "", "tables to leave out, with * and ?"},
    Option{"as-of", single, "YYYY-MM-DD", "", "date of the audit (default: today)"},
    Option{"max-runtime", single, "TIME", "", "end of the audit: 3600, 90m, 2h, PT1H30M; what is left is not checked"},
    Option{"statement-limit", single, "TIME", "10m", "for one statement"},
    Option{"lock-limit", single, "TIME", "10s", "for waiting on a lock in the database"},
    Option{"verbose", flag, "", "", "say what is going on, on standard error", false, 'v'},
};

template <std::size_t A, std::size_t B>
constexpr std::array<Option, A + B> joined(const std::array<Option, A>& first, const std::array<Option, B>& second) {
    std::array<Option, A + B> all{};
    std::copy(first.begin(), first.end(), all.begin());
    std::copy(second.begin(), second.end(), all.begin() + A);
    return all;
}

/// What the operator decides about purge scripts: the same words for `purge` and for `audit --purge`, so that one
/// configuration file serves both.
constexpr std::array purge_limits{
    Option{"valid-days", single, "N", "7",
           "the scripts delete and change nothing later than so many days after the audit"},
    Option{"batch", single, "N", "1000", "persons or rows that one transaction deletes or changes"},
    Option{"tolerance", single, "PERCENT", "5", "so many more persons or rows than were audited may be found"},
    Option{"max-share", single, "PERCENT", "50", "more of a table never goes"},
    Option{"pause", single, "MILLISECONDS", "0", "between batches, where the client can wait"},
    Option{"archive", flag, "", "", "copy what goes or is changed into tables crmaudit_archive_…, which need a period"},
    Option{"accept-no-relationship", flag, "", "",
           "also delete persons of whom the mapping cannot tell a running relationship"},
    Option{
        "suppression-key", single, "FILE", "",
        "also delete persons who objected, and keep a hash of their address; the database's client (of SQL Server: the "
        "server) reads the key of the hash from this file when it runs the purge, crmaudit never does"},
    Option{"accept-lost-objections", flag, "", "",
           "also delete persons who objected, though the objection goes with them"},
    Option{"accept-triggers", flag, "", "", "also delete and change rows where triggers fire"},
};

constexpr std::array audit_options = joined(
    joined(source_options, purge_limits),
    std::array{
        Option{"policy", single, "NAME|FILE", "gdpr", "rules to check"},
        Option{"out", single, "DIR", "crmaudit-reports", "directory for reports; each run gets its own in it"},
        Option{"format", list, "LIST", "xml,html", "of xml, html, csv, metrics"},
        Option{"lang", single, "en|de", "en", "language of the reports"},
        Option{"report-group", single, "GROUP", "", "group that may read the reports"},
        Option{"only", list, "RULES", "", "rules or checks to run, with * and ?"},
        Option{"skip", list, "RULES", "", "rules or checks to leave out, with * and ?"},
        Option{"declare", list, "PURPOSES", "", "purposes the controller declares, for instance age_verification"},
        Option{"privacy-url", single, "URL", "", "address of the privacy notice, to find it in messages"},
        Option{"country", single, "CC", "", "where the database is: two letters of ISO 3166-1, for instance DE"},
        Option{"operator", single, "TEXT", "", "who runs its server"},
        Option{"processor-contract", single, "TEXT", "",
               "the contract on processing with them, or `own` for one's own server"},
        Option{"declared-host", list, "HOSTS", "", "other hosts that data may go to, with * and ?"},
        Option{"hold", lines, "ENTITY:TABLE.COLUMN[;until=COLUMN]", "",
               "a table whose column holds keys of persons under a legal hold"},
        Option{"hold-file", lines, "ENTITY:FILE", "", "a file of such keys, one a line, mode 0600"},
        Option{"leave-out-residents-outside", flag, "", "",
               "leave out persons known to live outside; only if the policy's controller is established outside"},
        Option{"accept", lines, "TEXT", "", "\"RULE until YYYY-MM-DD: reason\": may stay unchecked until then"},
        Option{"baseline", single, "FILE", "", "report.xml of an earlier run, to tell what is new, changed and fixed"},
        Option{"fail-on", single, "SEVERITY", "medium", "low, medium, high, critical, never or new: ends with 2"},
        Option{"purpose", single, "audit|migration", "audit",
               "migration: the report also says what to move to another CRM, with a list of columns as CSV"},
        Option{"purge", single, "DIR", "",
               "also write the scripts of `crmaudit purge` into this directory; it must not exist or be empty"},
        Option{"state", single, "DIR", "", "directory for locks"},
        Option{"log", single, "FILE|syslog", "", "one key=value line a run"},
        Option{"quiet", flag, "", "", "no summary, even on a terminal", false, 'q'},
        Option{"print-config", flag, "", "", "show every value and where it comes from, secrets hidden; then end",
               true},
        help,
    });
constexpr std::array<std::string_view, 3> audit_examples{
    "crmaudit audit --dsn crm --password-file /etc/crmaudit/password --out /var/lib/crmaudit/reports",
    "crmaudit audit --connect \"DRIVER=SQLite3;Database=/srv/crm/crm.db\" --label crm --lang de",
    "crmaudit audit --config /etc/crmaudit/crmaudit.conf --baseline last/report.xml --fail-on new",
};

constexpr std::array render_options{
    Option{"format", list, "LIST", "html", "of xml, html, csv, metrics"},
    Option{"lang", single, "en|de", "", "language (default: the one of the run)"},
    Option{"out", single, "DIR", "", "directory for the files (default: one format to standard output)"},
    help,
};
constexpr std::array<std::string_view, 2> render_examples{
    "crmaudit render report.xml --lang de > report.html",
    "crmaudit render report.xml --format html,csv --out /srv/reports",
};

constexpr std::array purge_options = joined(
    purge_limits,
    std::array{
        Option{"out", single, "DIR", "", "directory for the scripts; it must not exist or be empty", true},
        Option{"lang", single, "en|de", "", "language of what the scripts say (default: the one of the run)"},
        Option{"only", list, "RULES", "", "rules to write scripts for, with * and ?"},
        Option{"policy", single, "NAME|FILE", "", "refuse when this policy is not the one that the result rests on"},
        Option{"config", single, "FILE", "", "file with options of the audit; its policy is compared likewise"},
        help,
    });
constexpr std::array<std::string_view, 2> purge_examples{
    "crmaudit purge report.xml --out purge",
    "crmaudit purge report.xml --out purge --config /etc/crmaudit/crmaudit.conf --only stale_person --batch 500",
};

constexpr std::array list_options{
    Option{"policy", single, "NAME|FILE", "gdpr", "policy whose rules are listed"},
    Option{"lang", single, "en|de", "en", "language of titles"},
    help,
};
constexpr std::array<std::string_view, 2> list_examples{"crmaudit list rules", "crmaudit list profiles"};

constexpr std::array explain_options =
    joined(source_options,
           std::array{
               Option{"column", single, "TABLE.COLUMN", "", "a column of the database: why it is classified as it is"},
               Option{"policy", single, "NAME|FILE", "gdpr", "policy that has the rule"},
               Option{"dialect", single, "NAME", "postgresql", "database for which the SQL of a rule is shown"},
               Option{"lang", single, "en|de", "en", "language of the texts"},
               help,
           });
constexpr std::array<std::string_view, 3> explain_examples{
    "crmaudit explain stale_person", "crmaudit explain unnecessary_field --lang de",
    "crmaudit explain --column contacts.cf_801 --connect \"DRIVER=SQLite3;Database=/srv/crm/crm.db\""};

constexpr std::array classify_options{
    Option{"lexicon", list, "FILES", "", "words for column names, besides those that ship"},
    help,
};
constexpr std::array<std::string_view, 2> classify_examples{"crmaudit classify dictionary.csv > categories.csv",
                                                            "crmaudit classify - < dictionary.csv"};

constexpr std::array discover_options = joined(
    source_options, std::array{
                        Option{"out", single, "FILE", "", "file for the mapping (default: standard output)", true},
                        help,
                    });
constexpr std::array<std::string_view, 2> discover_examples{
    "crmaudit discover --dsn crm --password-file /etc/crmaudit/password --out crm-mapping.xml",
    "crmaudit discover --connect \"DRIVER=SQLite3;Database=/srv/crm/crm.db\" > crm-mapping.xml",
};

constexpr std::array subject_options = joined(
    source_options,
    std::array{
        Option{"subject-file", single, "FILE", "", "whom it is about, mode 0600 (default: standard input)", true},
        Option{"out", single, "DIR", "", "new directory for the answer, open to its owner alone", true},
        Option{"policy", single, "NAME|FILE", "gdpr", "policy with the periods and purposes"},
        Option{"declare", list, "PURPOSES", "", "purposes the controller declares"},
        Option{"lang", single, "en|de", "en", "language of the answer"},
        Option{"rows", single, "N", "1000", "of a table, at most; how many are left is said"},
        Option{"erase", flag, "", "", "also write the scripts that erase this person; crmaudit never runs them", true},
        Option{"valid-days", single, "N", "7", "those scripts delete nothing later than so many days after --as-of"},
        Option{"hold", lines, "ENTITY:TABLE.COLUMN[;until=COLUMN]", "",
               "a table whose column holds keys of persons under a legal hold"},
        Option{"hold-file", lines, "ENTITY:FILE", "", "a file of such keys, one a line, mode 0600"},
        Option{"accept-relationship", flag, "", "",
               "erase although a relationship runs, or the mapping cannot tell one", true},
        Option{"suppression-key", single, "FILE", "",
               "erase although the person objected, and keep a hash of their address; the database's client (of SQL "
               "Server: the server) reads the key of the hash from this file when it runs the script, crmaudit never "
               "does",
               true},
        Option{"accept-lost-objections", flag, "", "", "erase although an objection goes with the person", true},
        Option{"accept-triggers", flag, "", "", "erase where triggers fire", true},
        help,
    });
constexpr std::array<std::string_view, 2> subject_examples{
    "crmaudit subject --dsn crm --password-file /etc/crmaudit/password --subject-file request.txt --out answer",
    "crmaudit subject --dsn crm --out answer --lang de < request.txt",
};

constexpr std::array doctor_options =
    joined(source_options, std::array{
                               Option{"policy", single, "NAME|FILE", "gdpr", "rules that an audit would check"},
                               Option{"lang", single, "en|de", "en", "language of the answer"},
                               help,
                           });
constexpr std::array<std::string_view, 2> doctor_examples{
    "crmaudit doctor",
    "crmaudit doctor --dsn crm --password-file /etc/crmaudit/password --lang de",
};

constexpr std::array<std::string_view, 1> check_config_examples{
    "crmaudit check-config --config /etc/crmaudit/crmaudit.conf"};

const std::array all{
    Command{"audit", "the job: connect, check, write reports", "audit [OPTION]…", audit_examples, audit_options, true},
    Command{"discover", "a mapping draft for a CRM that no profile knows, with its evidence", "discover [OPTION]…",
            discover_examples, discover_options, true},
    Command{"render", "a result XML to HTML, CSV, … again, without a database", "render RESULT.xml [OPTION]…",
            render_examples, render_options, false},
    Command{"purge", "scripts that delete what a result XML says has to go; crmaudit never runs them",
            "purge RESULT.xml --out DIR [OPTION]…", purge_examples, purge_options, true},
    Command{"subject", "everything the database holds about one person, for a request for access",
            "subject --out DIR [--subject-file FILE] [OPTION]…", subject_examples, subject_options, true},
    Command{"list", "checks, rules, policies, profiles, dialects or categories",
            "list checks|rules|policies|profiles|dialects|categories [OPTION]…", list_examples, list_options, false},
    Command{"explain", "a rule or check: what, why, SQL, remedy; or a column: why it is classified so",
            "explain RULE|CHECK [OPTION]…, explain --column TABLE.COLUMN [OPTION]…", explain_examples, explain_options,
            true},
    Command{"classify", "columns of a CSV table,column,type[,comment], without a database",
            "classify FILE.csv|- [OPTION]…", classify_examples, classify_options, false},
    Command{"check-config", "every file and option of an audit, without scanning", "check-config [OPTION of audit]…",
            check_config_examples, audit_options, true},
    Command{"doctor", "drivers, connection, what the account cannot see, and what an audit then leaves unchecked",
            "doctor [OPTION]…", doctor_examples, doctor_options, true},
};

}  // namespace

std::span<const Command> commands() { return all; }

const Command* find_command(std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Command& each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const Option* find_option(const Command& command, std::string_view name) {
    const auto found = std::find_if(command.options.begin(), command.options.end(),
                                    [&](const Option& each) { return each.name == name; });
    return found == command.options.end() ? nullptr : &*found;
}

std::vector<std::string> option_names(const Command& command) {
    std::vector<std::string> names;
    for (const Option& each : command.options) names.emplace_back(each.name);
    return names;
}

}  // namespace crmaudit::app
