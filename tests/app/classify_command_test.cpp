#include <gtest/gtest.h>

#include <fstream>

#include "auditor/app/csv_file.h"
#include "auditor/app/exit_code.h"
#include "auditor/app/program.h"
#include "tests/support/live.h"
#include "tests/support/surroundings.h"

namespace crmaudit::app {
namespace {

struct Answer {
    int code;
    std::string out;
    std::string err;
};

/// What `crmaudit classify FILE` says of a file with this text.
Answer classify(const std::string& text) {
    const live::TemporaryDirectory place;
    const std::string path = place.path() / "dictionary.csv";
    std::ofstream(path, std::ios::binary) << text;
    support::TestSurroundings surroundings;
    const int code = run_program({"classify", path}, surroundings.value);
    return {code, surroundings.out.str(), surroundings.err.str()};
}

TEST(Classify, WritesACategoryForEachColumnInTheOrderOfTheFile) {
    const Answer answer = classify(
        "table,column,type\n"
        "contacts,birthdate,date\n"
        "products,name,varchar(100)\n"
        "contacts,email,varchar(100)\n"
        "crm.products,price,decimal\n");
    EXPECT_EQ(answer.code, 0) << answer.err;
    const auto rows = read_csv("output", answer.out);
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0].fields, (std::vector<std::string>{"table", "column", "category", "confidence", "evidence"}));
    EXPECT_EQ(rows[1].fields[2], "birth_date");
    EXPECT_NE(rows[1].fields[4].find("term"), std::string::npos);
    EXPECT_EQ(rows[2].fields[2], "none");
    EXPECT_EQ(rows[2].fields[4], "");
    EXPECT_EQ(rows[3].fields[2], "email");
    EXPECT_EQ(rows[4].fields, (std::vector<std::string>{"crm.products", "price", "none", rows[4].fields[3], ""}));
    EXPECT_GT(std::stod(rows[1].fields[3]), 0.9);
}

TEST(Classify, ReadsComments) {
    const Answer answer = classify("table,column,type,comment\nkunden,feld_7,date,\"Geburtsdatum, wenn bekannt\"\n");
    EXPECT_EQ(read_csv("output", answer.out).at(1).fields.at(2), "birth_date");
}

TEST(Classify, TakesWhatSpreadsheetsMakeOfACsv) {
    const Answer answer = classify("\xEF\xBB\xBFTable;Column;Type\r\ncontacts;\"birth\"\"date\";date\r\n\r\n");
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(read_csv("output", answer.out).at(1).fields.at(1), "birth\"date");
}

TEST(Classify, KeepsHostileNamesWithinTheirCells) {
    const Answer answer = classify("table,column,type\n\"=cmd|'x'!A1\",\"a,\"\"b\nc\",text\n");
    const auto rows = read_csv("output", answer.out);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].fields[0], "'=cmd|'x'!A1");
    EXPECT_EQ(rows[1].fields[1], "a,\"b\nc");
}

TEST(Classify, SaysWhichLineIsWrong) {
    EXPECT_NE(classify("name,kind\na,b\n").err.find("dictionary.csv:1: the first line must be table,column,type"),
              std::string::npos);
    EXPECT_NE(classify("").err.find(":1: the first line must be"), std::string::npos);
    const Answer wide = classify("table,column,type\na,b,decimal(10,2)\n");
    EXPECT_EQ(wide.code, 78);
    EXPECT_NE(wide.err.find("dictionary.csv:2: 4 fields where the first line has 3"), std::string::npos) << wide.err;
    EXPECT_NE(classify("table,column,type\n,b,text\n").err.find(":2: table and column must not be empty"),
              std::string::npos);
    EXPECT_NE(classify("table,column,type\na,b,c\n\"a,b\nc").err.find(":3: a quote is opened here"), std::string::npos);
}

TEST(Classify, NeedsOneFile) {
    support::TestSurroundings surroundings;
    EXPECT_EQ(run_program({"classify"}, surroundings.value), 64);
    EXPECT_EQ(run_program({"classify", "/nonexistent.csv"}, surroundings.value), 78);
}

TEST(Csv, TellsTheLineOfEachRow) {
    const auto rows = read_csv("x", "a,b\n\n\"c\nd\",e\nf,g");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].line, 3);
    EXPECT_EQ(rows[2].line, 5);
    EXPECT_EQ(rows[2].fields, (std::vector<std::string>{"f", "g"}));
    EXPECT_TRUE(read_csv("x", "").empty());
}

}  // namespace
}  // namespace crmaudit::app
