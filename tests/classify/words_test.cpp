#include <gtest/gtest.h>

#include "auditor/classify/column_kind.h"
#include "auditor/classify/compounds.h"
#include "auditor/classify/vocabulary.h"

namespace crmaudit::classify {
namespace {

Term term(const std::string& text, Category category) {
    Term made;
    made.text = text;
    made.category = category;
    return made;
}

Lexicon small_lexicon() {
    Lexicon lexicon;
    lexicon.language = "de";
    lexicon.terms = {term("geburts datum", Category::birth_date), term("größe", Category::health),
                     term("notiz", Category::free_text), term("city", Category::postal_address),
                     term("address", Category::postal_address)};
    lexicon.contexts = {{"kunde", Topic::person}};
    lexicon.key_marks = {"id"};
    return lexicon;
}

Lexicon other_lexicon() {
    Lexicon lexicon;
    lexicon.language = "xx";
    lexicon.terms = {term("tele", Category::phone)};
    return lexicon;
}

TEST(Vocabulary, HoldsSingularAndPluralAsOneWord) {
    const Vocabulary vocabulary{{small_lexicon()}};
    EXPECT_NE(vocabulary.find("city"), unknown_word);
    EXPECT_EQ(vocabulary.find("cities"), vocabulary.find("city"));
    EXPECT_EQ(vocabulary.find("addresses"), vocabulary.find("address"));
    EXPECT_EQ(vocabulary.find("statuses"), unknown_word);
}

TEST(Vocabulary, KnowsUmlautsInBothFoldings) {
    const Vocabulary vocabulary{{small_lexicon()}};
    EXPECT_EQ(vocabulary.terms_in(std::vector{vocabulary.find("groesse")}).size(), 1U);
    EXPECT_EQ(vocabulary.terms_in(std::vector{vocabulary.find("grosse")}).size(), 1U);
}

TEST(Vocabulary, FindsTermsOfSeveralWordsAlsoWrittenAsOne) {
    const Vocabulary vocabulary{{small_lexicon()}};
    EXPECT_EQ(vocabulary.terms_in(std::vector{vocabulary.find("geburtsdatum")}).size(), 1U);
    EXPECT_EQ(vocabulary.terms_in(std::vector{vocabulary.find("geburts"), vocabulary.find("datum")}).size(), 1U);
    EXPECT_TRUE(vocabulary.terms_in(std::vector{vocabulary.find("datum"), vocabulary.find("geburts")}).empty());
}

TEST(Vocabulary, FindsTermsWithTheirWordsInShort) {
    Lexicon lexicon = small_lexicon();
    lexicon.terms.push_back(term("data nascimento", Category::birth_date));
    lexicon.abbreviations = {{"dt", "data"}, {"nasc", "nascimento"}};
    const Vocabulary vocabulary{{lexicon}};
    NameReader reader{vocabulary};
    for (const char* name : {"data_nascimento", "dt_nascimento", "data_nasc", "dt_nasc", "dtnasc", "DataNasc"})
        EXPECT_EQ(vocabulary.terms_in(reader.read(name)).size(), 1U) << name;
    EXPECT_TRUE(vocabulary.word(vocabulary.find("nascimento")).whole);
    EXPECT_FALSE(vocabulary.word(vocabulary.find("nasc")).whole);
}

TEST(Compounds, MayHaveLongEnglishWords) {
    Lexicon english = other_lexicon();
    english.language = "en";
    english.terms = {term("phone", Category::phone), term("fax", Category::phone)};
    const Vocabulary vocabulary{{small_lexicon(), english}};
    EXPECT_EQ(split_compound(vocabulary, "kundephone"),
              (std::vector{vocabulary.find("kunde"), vocabulary.find("phone")}));
    EXPECT_TRUE(split_compound(vocabulary, "kundefax").empty());
}

TEST(Compounds, AreReadByTheirHeadWhereALanguageRunsWordsTogether) {
    Lexicon lexicon = small_lexicon();
    lexicon.compounds = true;
    const Vocabulary vocabulary{{lexicon}};
    NameReader reader{vocabulary};
    EXPECT_EQ(reader.read("privatnotiz"), std::vector{unknown_word});
    reader.learn({}, vocabulary.compounding());
    EXPECT_EQ(reader.read("privatnotiz"), (std::vector{unknown_word, vocabulary.find("notiz")}));
}

TEST(Compounds, AreSplitIntoWordsOfOneLanguage) {
    const Vocabulary vocabulary{{small_lexicon(), other_lexicon()}};
    EXPECT_EQ(split_compound(vocabulary, "kundennotiz"),
              (std::vector{vocabulary.find("kunde"), vocabulary.find("notiz")}));
    EXPECT_EQ(split_compound(vocabulary, "idkunde"), (std::vector{vocabulary.find("id"), vocabulary.find("kunde")}));
    EXPECT_TRUE(split_compound(vocabulary, "telekunde").empty());
    EXPECT_TRUE(split_compound(vocabulary, "kundenxyz").empty());
    EXPECT_TRUE(split_compound(vocabulary, "capacity").empty());
}

TEST(Compounds, MayBeginWithAWordOfTheTable) {
    const Vocabulary vocabulary{{small_lexicon()}};
    NameReader reader{vocabulary};
    EXPECT_EQ(reader.read("shiptocity", {"shipto"}), (std::vector{unknown_word, vocabulary.find("city")}));
    EXPECT_EQ(reader.read("shiptocity"), std::vector{unknown_word});
}

TEST(ColumnKind, IsReadFromTheTypesOfAllDatabases) {
    EXPECT_EQ(kind_of_type("varchar(100)"), ColumnKind::text);
    EXPECT_EQ(kind_of_type("character varying(30)"), ColumnKind::text);
    EXPECT_EQ(kind_of_type("tinyint(1)"), ColumnKind::boolean);
    EXPECT_EQ(kind_of_type("enum('Y','N')"), ColumnKind::boolean);
    EXPECT_EQ(kind_of_type("enum('Y','N','?')"), ColumnKind::text);
    EXPECT_EQ(kind_of_type("tinyint(4)"), ColumnKind::integer);
    EXPECT_EQ(kind_of_type("int unsigned"), ColumnKind::integer);
    EXPECT_EQ(kind_of_type("double precision"), ColumnKind::decimal);
    EXPECT_EQ(kind_of_type("numeric(11,0)"), ColumnKind::integer);
    EXPECT_EQ(kind_of_type("NUMBER(10)"), ColumnKind::integer);
    EXPECT_EQ(kind_of_type("numeric(11,2)"), ColumnKind::decimal);
    EXPECT_EQ(kind_of_type("numeric"), ColumnKind::decimal);
    EXPECT_EQ(kind_of_type("float(10)"), ColumnKind::decimal);
    EXPECT_EQ(kind_of_type("timestamp without time zone"), ColumnKind::timestamp);
    EXPECT_EQ(kind_of_type("DATE"), ColumnKind::date);
    EXPECT_EQ(kind_of_type("enum('date','time')"), ColumnKind::text);
    EXPECT_EQ(kind_of_type("point"), ColumnKind::other);
    EXPECT_EQ(kind_of_type(""), ColumnKind::unknown);
}

TEST(ColumnKind, TellsFlagsFromNumbers) {
    Column column;
    column.type = "tinyint(1)";
    column.kind = ColumnKind::integer;
    EXPECT_EQ(kind_of(column), ColumnKind::boolean);
    column.type = "anything";
    column.kind = ColumnKind::date;
    EXPECT_EQ(kind_of(column), ColumnKind::date);
}

TEST(ColumnKind, RulesOutWhatAColumnCannotHold) {
    EXPECT_EQ(suits(ColumnKind::boolean, Category::email), 0);
    EXPECT_EQ(suits(ColumnKind::boolean, Category::consent), 1);
    EXPECT_EQ(suits(ColumnKind::boolean, Category::health), 1);
    EXPECT_EQ(suits(ColumnKind::date, Category::birth_date), 1);
    EXPECT_EQ(suits(ColumnKind::date, Category::phone), 0);
    EXPECT_EQ(suits(ColumnKind::integer, Category::free_text), 0);
    EXPECT_EQ(suits(ColumnKind::text, Category::person_name), 1);
}

}  // namespace
}  // namespace crmaudit::classify
