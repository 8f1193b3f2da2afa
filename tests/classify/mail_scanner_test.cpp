// What the scanner sees in texts of mails, however they are stored.
#include "auditor/classify/mail_scanner.h"

#include <gtest/gtest.h>

#include "policies/load.h"

namespace crmaudit::classify {
namespace {

using What = LinkQuestion::What;

const MailScanner& scanner() {
    static const MailScanner shared{policies::shipped_trackers(),
                                    {{"out", What::way_out, {"abmelden", "abzumelden", "unsubscribe"}, {}},
                                     {"notice", What::notice, {"Datenschutz"}, {"https://www.example.org/privacy/"}}}};
    return shared;
}

MailReading reading(const std::string& body) {
    MailReading result;
    scanner().read(body, result);
    return result;
}

/// "Mautic:open hidden_image:open?", a question mark behind what is weak.
std::string seen(const std::string& body) {
    std::string text;
    for (const auto& [vendor, hit] : reading(body).vendors) {
        text += (text.empty() ? "" : " ") + vendor + ":" + (hit.opens ? "open" : "") + (hit.clicks ? "click" : "") +
                (hit.weak ? "?" : "");
    }
    return text;
}

bool leads_out(const std::string& body) { return reading(body).answers.at(0); }
bool names_notice(const std::string& body) { return reading(body).answers.at(1); }

const std::string pixel =
    "https://crm.example.org/index.php?entryPoint=image&identifier=0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

TEST(MailScanner, SeesPixelsAndClickLinksByVendor) {
    EXPECT_EQ(seen("<p>Hallo</p><img src=\"" + pixel + "\" width=\"1\" height=\"1\">"), "SuiteCRM:open");
    EXPECT_EQ(seen("<a href='https://click.pstmrk.it/2s/example.org/abc'>Angebot</a>"), "Postmark:click");
    EXPECT_EQ(seen("<IMG alt=x SRC = https://mailtrack.io/trace/mail/ab.png>"), "Mailtrack:open");
    EXPECT_EQ(seen("<td background=\"https://abc.emltrk.com/v2/x\">a</td>"), "Litmus:open");
    EXPECT_EQ(seen("<style>#a:hover { background-image: url('https://abc.emltrk.com/v2/x') }</style>b"), "Litmus:open");
    EXPECT_EQ(seen("<p style=\"background:url(https://abc.emltrk.com/v2/x)\">b</p>"), "Litmus:open");
    EXPECT_EQ(seen("Nur Text: https://abc.r.eu-central-1.awstrack.me/L0/https:%2F%2Fexample.org/1/2 und weiter"),
              "Amazon SES:click");
    EXPECT_EQ(seen("Hallo {contactfield=firstname}{tracking_pixel}"), "Mautic:open");
    EXPECT_EQ(seen("<p>Nichts</p>"), "");
}

TEST(MailScanner, UndoesQuotedPrintableEntitiesAndDoubleEncoding) {
    const std::string plain = "<img src=\"" + pixel + "\" width=\"1\" height=\"1\">";
    const std::string entities = replaced(plain, "&", "&amp;");
    EXPECT_EQ(seen(entities), "SuiteCRM:open");
    const std::string quoted = replaced(replaced(entities, "=", "=3D"), "entryPoint", "entry=\r\nPoint");
    EXPECT_EQ(seen(quoted), "SuiteCRM:open");
    EXPECT_EQ(seen(replaced(quoted, "\r\n", "\n")), "SuiteCRM:open");
    std::string encoded = replaced(replaced(replaced(entities, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
    encoded = replaced(encoded, "\"", "&quot;");
    EXPECT_EQ(seen(encoded), "SuiteCRM:open");
    EXPECT_EQ(seen(replaced(encoded, "&", "&amp;")), "SuiteCRM:open") << "encoded twice";
    EXPECT_EQ(seen(replaced(replaced(plain, "\"", "\\\""), "/", "\\/")), "SuiteCRM:open") << "within JSON";
    EXPECT_EQ(seen(replaced(plain, "entryPoint", "entry&#80;oint")), "SuiteCRM:open");
}

TEST(MailScanner, LeavesMarkupThatIsShownAsTextAlone) {
    EXPECT_EQ(seen("<p>So sieht es aus: &lt;img src=&quot;x.gif&quot; width=1 height=1&gt;</p>"), "");
}

TEST(MailScanner, SeesHiddenImagesOfNobodyInParticular) {
    for (const char* how :
         {"width=1 height=1", "width='0' height='0'", "style='width:1px;height:1px'", "style=\"DISPLAY: none\"",
          "style='visibility:hidden'", "style='opacity:0'", "width=\"1px\" style=\"height: 0px !important\""}) {
        EXPECT_EQ(seen(std::string{"<img src=\"https://x.example.com/i/7.gif\" "} + how + ">"), "hidden_image:open?")
            << how;
    }
    for (const char* how :
         {"width=1 height=40", "width=600 height=1", "style='height:1px'", "width='1%' height='1%'", ""}) {
        EXPECT_EQ(seen(std::string{"<img src=\"https://x.example.com/i/7.gif\" "} + how + ">"), "") << how;
    }
}

TEST(MailScanner, LeavesSpacersPartsOfTheMailAndRelativeImagesAlone) {
    EXPECT_EQ(seen("<img src=\"https://cdn.example.com/spacer.gif\" width=1 height=1>"), "");
    EXPECT_EQ(seen("<img src=\"cid:part1.0a1b2c@example.org\" width=1 height=1>"), "");
    EXPECT_EQ(seen("<img src=\"/themes/7.gif\" width=1 height=1>"), "");
    EXPECT_EQ(seen("<img src=\"https://x.example.com/spacer.gif?u=5f3c9a1b2c4d5e6f7080\" width=1 height=1>"),
              "hidden_image:open?")
        << "a spacer with the number of a recipient is none";
}

TEST(MailScanner, SeesMarksOfARecipientInImagesAndLinks) {
    EXPECT_EQ(seen("<img src=\"https://x.example.com/banner.php?e=anna%40example.org\">"), "image_token:open?");
    EXPECT_EQ(seen("<img src=\"https://x.example.com/banner?h=0cc175b9c0f1b6a831c399e269772661\">"), "") << "a hash";
    EXPECT_EQ(seen("<img src=\"https://x.example.com/banner?m=0cc175b9c0f1b6a831c399e269772661\">"),
              "image_token:open?");
    EXPECT_EQ(seen("<img src=\"https://x.example.com/logo-0cc175b9c0f1b6a831c399e269772661.png\">"), "");
    EXPECT_EQ(seen("<a href=\"https://x.example.com/r/AbC12dEfG34hIjK56lMn78\">Angebot</a>"), "link_token:click?");
    EXPECT_EQ(seen("<a href=\"https://x.example.com/?mail=anna@example.org\">Angebot</a>"), "link_token:click?");
    EXPECT_EQ(seen("<a href=\"https://x.example.com/unsubscribe/r/AbC12dEfG34hIjK56lMn78\">weg</a>"), "");
    EXPECT_EQ(seen("<a href=\"mailto:anna@example.org\">Anna</a>"), "");
    EXPECT_EQ(seen("<a href=\"https://x.example.com/?utm_source=a&utm_content=AbC12dEfG34hIjK56lMn78\">b</a>"), "");
}

TEST(MailScanner, DoesNotCountWhatSomebodyElseWrote) {
    EXPECT_EQ(seen("<p>Danke</p><blockquote type=\"cite\"><img src=\"" + pixel + "\"></blockquote>"), "");
    EXPECT_EQ(seen("<blockquote class=\"gmail_quote\">Ihre Mail</blockquote><img src=\"" + pixel + "\">"),
              "SuiteCRM:open");
    EXPECT_EQ(seen("<blockquote style=\"margin:0\"><img src=\"" + pixel + "\"></blockquote>"), "SuiteCRM:open");
}

TEST(MailScanner, FindsWaysOut) {
    EXPECT_TRUE(leads_out("<a href=\"https://www.example.org/unsubscribe?id=1\">x</a>"));
    EXPECT_TRUE(leads_out("<a href=\"https://www.example.org/x/1\">Newsletter <b>Abmelden</b></a>"));
    EXPECT_TRUE(
        leads_out("Wer nichts mehr lesen will, kann sich <a href=\"https://www.example.org/x/1\">hier</a> abmelden."));
    EXPECT_TRUE(leads_out("Um sich ABZUMELDEN, klicken Sie <a href=\"https://www.example.org/x/1\">hier</a>."));
    EXPECT_TRUE(leads_out("Abmelden: https://www.example.org/x/1"));
    EXPECT_TRUE(leads_out("<a href=\"mailto:news@example.org?subject=Abmeldung\">per Mail</a>"));
    EXPECT_TRUE(leads_out("Text {unsubscribe_text}"));
    EXPECT_TRUE(leads_out("Text __UNSUBSCRIBE__"));
    EXPECT_FALSE(leads_out("Sie können sich jederzeit abmelden.")) << "no link";
    EXPECT_FALSE(leads_out("<a href=\"https://www.example.org/\">Startseite</a>"));
    EXPECT_FALSE(leads_out("<a name=\"unten\">Abmelden</a>")) << "leads nowhere";
    EXPECT_FALSE(leads_out("<blockquote type=cite><a href=\"https://x.example.com/unsubscribe\">x</a></blockquote>"));
}

TEST(MailScanner, FindsThePrivacyNotice) {
    EXPECT_TRUE(names_notice("<p>Hinweise zum <b>DATEN</b>SCHUTZ</p>") || names_notice("<p>Zum DATENSCHUTZ</p>"));
    EXPECT_TRUE(names_notice("<a href=\"http://example.org/privacy\">Hinweise</a>"));
    EXPECT_TRUE(names_notice("Siehe WWW.EXAMPLE.ORG/privacy"));
    EXPECT_TRUE(names_notice("<a href=\"https://www.example.org/datenschutz\">Hinweise</a>"));
    EXPECT_TRUE(names_notice("Daten&shy;schutz"));
    EXPECT_FALSE(names_notice("<a href=\"https://www.example.org/impressum\">Impressum</a>"));
}

TEST(MailScanner, JoinsThePartsOfOneMessage) {
    MailReading both;
    scanner().read("<p>Datenschutz", both);
    scanner().read("c=\"https://x.example.com/\"><img src=\"" + pixel + "\">", both);
    EXPECT_EQ(both.vendors.count("SuiteCRM"), 1U);
    EXPECT_EQ(both.answers, (std::vector<bool>{false, true}));
}

TEST(MailScanner, KnowsWhatHasNoText) {
    EXPECT_FALSE(reading("").filled);
    EXPECT_FALSE(reading(" \r\n<p>&nbsp;</p> ").filled);
    EXPECT_TRUE(reading("a").filled);
    EXPECT_TRUE(reading("<img src=x>").filled);
}

TEST(MailScanner, SurvivesAnyBytes) {
    for (const char* odd : {"<", "<img", "<img src=", "<img src=\"", "<a href='x", "<!--", "<!-- <img src=\"y\"", "&#",
                            "&#x110000;", "=", "=3", "<style>url(", "</", "<a b=c d", "\xFF\xC3", "\\u00"}) {
        EXPECT_EQ(seen(odd), "") << odd;
    }
}

}  // namespace
}  // namespace crmaudit::classify
