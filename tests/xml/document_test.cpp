// Files are refused with their name, the line and what is wrong; nothing outside them is ever read.
#include "auditor/xml/document.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace crmaudit::xml {
namespace {

constexpr std::string_view schema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="list"><xs:complexType><xs:sequence>
    <xs:element name="item" maxOccurs="unbounded"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
      <xs:attribute name="id" type="xs:int" use="required"/>
    </xs:extension></xs:simpleContent></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>)";

std::string refusal(const std::string& text) {
    try {
        const Document document{"list.xml", text, schema};
    } catch (const DocumentError& error) {
        return error.what();
    }
    return "nothing refused";
}

bool starts_with(const std::string& text, std::string_view start) { return text.substr(0, start.size()) == start; }

TEST(Document, GivesTheRootOfAValidFile) {
    const Document document{"list.xml", "<list><item id=\"1\">a</item></list>", schema};
    EXPECT_STREQ(document.root().name(), "list");
    EXPECT_STREQ(document.root().child("item").text().get(), "a");
}

TEST(Document, NamesTheLineOfWhatIsNotWellFormed) {
    EXPECT_TRUE(starts_with(refusal("<list>\n<item id=\"1\">\n</list>"), "list.xml:3: ")) << refusal("<list>\n<item>");
    EXPECT_TRUE(starts_with(refusal(""), "list.xml:1: "));
    EXPECT_TRUE(starts_with(refusal("nonsense"), "list.xml:1: "));
}

TEST(Document, NamesTheLineOfWhatIsNotValid) {
    const std::string message = refusal("<list>\n  <item id=\"1\"/>\n\n  <item id=\"x\"/>\n</list>");
    EXPECT_TRUE(starts_with(message, "list.xml:4: ")) << message;
    EXPECT_NE(message.find("'x'"), std::string::npos) << message;
}

TEST(Document, NamesTheLineOfAnElement) {
    const Document document{"list.xml", "<list>\n <item id=\"1\"/>\n <!-- \n --> <item\n id=\"2\"/></list>", schema};
    try {
        document.fail(document.root().last_child(), "wrong");
        FAIL();
    } catch (const DocumentError& error) {
        EXPECT_STREQ(error.what(), "list.xml:4: wrong");
    }
}

TEST(Document, KeepsSpacesThatAreValues) {
    const Document document{"list.xml", "<list><item id=\"1\"> </item></list>", schema};
    EXPECT_STREQ(document.root().child("item").text().get(), " ");
}

TEST(Document, RefusesDocumentTypes) {
    const std::string message =
        refusal("<!DOCTYPE list [<!ENTITY a \"aaaa\">]>\n<list><item id=\"1\">&a;</item></list>");
    EXPECT_NE(message.find("document type"), std::string::npos) << message;
}

TEST(Document, ReadsNoOtherFile) {
    const auto secret = std::filesystem::path{testing::TempDir()} / "secret.txt";
    std::ofstream{secret} << "secret";
    const std::string message = refusal("<!DOCTYPE list [<!ENTITY a SYSTEM \"file://" + secret.string() +
                                        "\">]>\n<list><item id=\"1\">&a;</item></list>");
    EXPECT_NE(message, "nothing refused");
    EXPECT_EQ(message.find("secret"), std::string::npos);
    std::filesystem::remove(secret);
}

TEST(Document, RefusesAgainAfterARefusal) {
    const std::string first = refusal("<list/>");
    EXPECT_EQ(refusal("<list/>"), first);
    EXPECT_TRUE(starts_with(first, "list.xml:1: "));
}

}  // namespace
}  // namespace crmaudit::xml
