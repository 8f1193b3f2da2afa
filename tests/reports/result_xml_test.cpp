#include "reports/result_xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "auditor/xml/document.h"
#include "reports/result_document.h"
#include "tests/support/golden.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

AuditResult through_xml(const AuditResult& result) { return read_result_xml("report.xml", write_result_xml(result)); }

std::string refusal(const std::string& text) {
    try {
        read_result_xml("report.xml", text);
    } catch (const xml::DocumentError& error) {
        return error.what();
    }
    return "accepted";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

/// The exit code of xmllint against the shipped schema, as any other reader of the file would check it.
int xmllint(const std::string& text, const std::string& name) {
    const std::string path = ::testing::TempDir() + name;
    std::ofstream{path, std::ios::binary} << text;
    const std::string command =
        "xmllint --noout --nonet --schema " CRMAUDIT_SOURCE_DIR "/reports/result.xsd '" + path + "' 2>/dev/null";
    return std::system(command.c_str());
}

TEST(ResultXml, ReadsBackWhatItWrote) { EXPECT_EQ(through_xml(test::sample_result()), test::sample_result()); }

TEST(ResultXml, ReadsBackAPartOfWhatStandsSomewhere) {
    AuditResult result = test::sample_result();
    result.findings.front().object.part = "Hunter <MailTracker>";
    result.findings.front().details.push_back({"sender: u-17", 3});
    EXPECT_EQ(through_xml(result), result);
    EXPECT_EQ(xmllint(write_result_xml(result), "part.xml"), 0);
}

TEST(ResultXml, ReadsBackAnEmptyResult) {
    AuditResult empty;
    empty.run.as_of = *parse_date("2026-01-01");
    EXPECT_EQ(through_xml(empty), empty);
}

TEST(ResultXml, WritesTheSameBytesAgainAfterReading) {
    for (const AuditResult& result : {test::sample_result(), test::hostile_result(), test::clean_result()}) {
        EXPECT_EQ(write_result_xml(through_xml(result)), write_result_xml(result));
    }
}

TEST(ResultXml, LooksLikeTheGoldenFile) {
    EXPECT_TRUE(test::matches_golden("report.xml", write_result_xml(test::sample_result())));
}

TEST(ResultXml, IsValidForXmllint) {
    EXPECT_EQ(xmllint(write_result_xml(test::sample_result()), "sample.xml"), 0);
    EXPECT_EQ(xmllint(write_result_xml(test::hostile_result()), "hostile.xml"), 0);
    EXPECT_EQ(xmllint(write_result_xml(test::clean_result()), "clean.xml"), 0);
}

TEST(ResultXml, IsStrictAboutWhatIsNotInTheSchema) {
    const std::string text = write_result_xml(test::sample_result());
    EXPECT_NE(xmllint(replaced(text, "<run ", "<run surprise=\"1\" "), "attribute.xml"), 0);
    EXPECT_NE(xmllint(replaced(text, "<rules>", "<surprise/><rules>"), "element.xml"), 0);
    EXPECT_NE(xmllint(replaced(text, "severity=\"critical\"", "severity=\"dire\""), "severity.xml"), 0);
}

TEST(ResultXml, KeepsNamesThatXmlCanHold) {
    const AuditResult read = through_xml(test::hostile_result());
    const auto has_column = [&](const std::string& name) {
        return std::any_of(read.findings.begin(), read.findings.end(),
                           [&](const Finding& finding) { return finding.object.column == name; });
    };
    EXPECT_TRUE(has_column("</td><script>alert(1)</script>"));
    EXPECT_TRUE(has_column("]]><x>&amp;\"'"));
    EXPECT_TRUE(has_column(" spaces "));
    EXPECT_TRUE(has_column("\xF0\x9F\x98\x80 emoji"));
    EXPECT_TRUE(has_column("tab\there\nline\xEF\xBF\xBDreturn"));
}

TEST(ResultXml, ReplacesWhatXmlCannotHold) {
    const std::string text = write_result_xml(test::hostile_result());
    EXPECT_THAT(text, HasSubstr("nul\xEF\xBF\xBD"
                                "bell\xEF\xBF\xBD"));
    EXPECT_THAT(text, HasSubstr("bad\xEF\xBF\xBD(utf\xEF\xBF\xBD"));
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_EQ(text.find('\0'), std::string::npos);
}

TEST(ResultXml, TellsItsChecksum) {
    const std::string text = write_result_xml(test::sample_result());
    EXPECT_EQ(checksum_of(text).size(), 64U);
    EXPECT_THAT(text, HasSubstr("checksum=\"" + checksum_of(text) + "\""));
    EXPECT_NE(checksum_of(text), checksum_of(write_result_xml(test::clean_result())));
}

TEST(ResultXml, RefusesAnEditedFile) {
    const std::string edited =
        replaced(write_result_xml(test::sample_result()), "affected=\"1043\"", "affected=\"43\"");
    EXPECT_THAT(refusal(edited), HasSubstr("report.xml:1: the result was damaged or edited"));
}

TEST(ResultXml, RefusesAFileCutInTwo) {
    const std::string text = write_result_xml(test::sample_result());
    EXPECT_THAT(refusal(text.substr(0, text.size() / 2)), HasSubstr("report.xml:"));
    EXPECT_THAT(refusal(""), HasSubstr("report.xml:"));
}

TEST(ResultXml, RefusesAnotherSchemaVersion) {
    const std::string text = write_result_xml(test::sample_result());
    EXPECT_THAT(refusal(replaced(text, "schemaVersion=\"1.6\"", "schemaVersion=\"1.7\"")),
                HasSubstr("schema version 1.7"));
    EXPECT_THAT(refusal(replaced(text, "crmaudit:result:1", "crmaudit:result:2")), HasSubstr("urn:crmaudit:result:2"));
}

TEST(ResultXml, StillReadsWhatTheFirstVersionWrote) {
    AuditResult plain = test::clean_result();
    for (ColumnClassification& each : plain.inventory) {
        each.by_name = each.category;
        each.field.reset();
        each.content.reset();
        each.counts.reset();
    }
    plain.content = {};
    plain.inventory_gaps.clear();
    plain.seen.clear();
    plain.residency.reset();
    plain.left_out.clear();
    plain.held_back.clear();
    plain.location = {};
    pugi::xml_document tree;
    ASSERT_TRUE(parse(tree, write_result_xml(plain)));
    pugi::xml_node root = tree.document_element();
    for (const char* later : {"content", "seen"}) ASSERT_TRUE(root.remove_child(later));
    root.attribute("schemaVersion").set_value("1.0");
    root.remove_attribute("checksum");
    const std::string checksum = content_checksum(root);
    root.append_attribute("checksum").set_value(checksum.c_str());
    EXPECT_EQ(read_result_xml("report.xml", serialised(root)), plain);
}

TEST(ResultXml, RefusesAnotherKindOfFile) {
    EXPECT_THAT(refusal("<policy name=\"x\"/>"), HasSubstr("no crmaudit result"));
}

TEST(ResultXml, AcceptsOtherLineEndsAndIndentation) {
    std::string text = write_result_xml(test::clean_result());
    for (auto at = text.find("\n "); at != std::string::npos; at = text.find("\n ", at + 3)) {
        text.replace(at, 2, "\r\n   ");
    }
    EXPECT_EQ(read_result_xml("report.xml", text), test::clean_result());
}

}  // namespace
}  // namespace crmaudit::reports
