#include "reports/revoke/frame.h"

namespace crmaudit::reports::revoke {
namespace {

std::string ended(const std::vector<Part>& parts, const std::string& end) {
    std::string text;
    for (const Part& part : parts) {
        text += part.comment;
        for (const std::string& statement : part.statements) text += statement + end;
    }
    return text;
}

/// All of it or nothing. The body of the guard is a text, so that no name in it can end it.
std::string for_psql(const sql::Grammar& grammar, const std::vector<Check>& checks, const std::vector<Part>& parts) {
    std::string guard = "BEGIN\n";
    for (const Check& each : checks) {
        guard += "IF (" + each.condition +
                 ") IS NOT TRUE THEN RAISE EXCEPTION USING MESSAGE = " + grammar.text_literal(each.message) +
                 "; END IF;\n";
    }
    return "\\set ON_ERROR_STOP on\nBEGIN;\nDO " + grammar.text_literal(guard + "END") + ";\n" + ended(parts, ";\n") +
           "\nCOMMIT;\n";
}

/// One block, which an error ends even where the client would go on. Grants are no part of transactions there: what was
/// done before the error stays.
std::string for_mariadb(const sql::Grammar& grammar, const std::vector<Check>& checks, const std::vector<Part>& parts) {
    std::string text = "DELIMITER " + std::string{delimiter} +
                       "\nBEGIN NOT ATOMIC\nDECLARE crmaudit_message TEXT CHARACTER SET utf8mb4;\n";
    for (const Check& each : checks) {
        text += "IF NOT COALESCE((" + each.condition +
                "), 0) THEN\n    SET crmaudit_message = " + grammar.text_literal(each.message) +
                ";\n    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = crmaudit_message;\nEND IF;\n";
    }
    return text + ended(parts, ";\n") + "END\n" + std::string{delimiter} + "\nDELIMITER ;\n";
}

/// MySQL has no blocks outside of routines: a subquery that gives two rows stops the client.
std::string for_mysql(const sql::Grammar& grammar, const std::vector<Check>& checks, const std::vector<Part>& parts) {
    std::string text;
    for (const Check& each : checks) {
        text += "SELECT IF((" + each.condition + ") IS TRUE, 1, (SELECT 1 UNION SELECT 2)) AS " +
                grammar.quote(std::string_view{"guard"}) + ", " + grammar.text_literal(each.message) + " AS " +
                grammar.quote(std::string_view{"unless"}) + ";\n";
    }
    return text + ended(parts, ";\n");
}

/// Nothing of what follows a guard that stopped is run, should the client go on.
std::string for_sqlcmd(const sql::Grammar& grammar, const std::vector<Check>& checks, const std::vector<Part>& parts) {
    std::string text = ":on error exit\nSET XACT_ABORT ON;\nGO\nDECLARE @message nvarchar(2048);\n";
    std::string stops;
    for (const Check& each : checks) {
        const std::string fails = "IF NOT (" + each.condition + ")\nBEGIN\n    ";
        text += fails + "SET @message = REPLACE(" + grammar.text_literal(each.message) +
                ", N'%', N'%%');\n    THROW 50000, @message, 1;\nEND;\n";
        stops += fails + "SET NOEXEC ON;\nEND;\n";
    }
    return text + "GO\n" + stops + "GO\nBEGIN TRANSACTION;\n" + ended(parts, ";\n") +
           "\nCOMMIT TRANSACTION;\nGO\nSET NOEXEC OFF;\nGO\n";
}

}  // namespace

std::string framed(const Source& source, const sql::Grammar& grammar, const std::vector<Check>& checks,
                   const std::vector<Part>& parts) {
    if (source.dialect == "postgresql") return for_psql(grammar, checks, parts);
    if (source.dialect == "mssql") return for_sqlcmd(grammar, checks, parts);
    if (source.product == "MySQL") return for_mysql(grammar, checks, parts);
    return for_mariadb(grammar, checks, parts);
}

}  // namespace crmaudit::reports::revoke
