#include "reports/purge/mysql_script.h"

#include "auditor/digest/sha256.h"

namespace crmaudit::reports::purge {

std::string MysqlScript::block(const std::string& statements) const {
    // A client that goes on after errors might call what an earlier run has left behind: it has the same statements.
    const std::string name = grammar_.quote("crmaudit_" + digest::sha256(statements).substr(0, 12));
    // A procedure keeps the mode that it was made in.
    return "SET SESSION sql_mode = '';\nDROP PROCEDURE IF EXISTS " + name +
           ";\nDELIMITER //crmaudit//\nCREATE PROCEDURE " + name + "()\nMODIFIES SQL DATA\nBEGIN\n" + statements +
           "END\n//crmaudit//\nDELIMITER ;\nCALL " + name + "();\nDROP PROCEDURE " + name + ";\n";
}

}  // namespace crmaudit::reports::purge
