// A table as the classification sees it: what its rows are about, and the words that every column's name is read with.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "auditor/classify/compounds.h"
#include "auditor/classify/languages.h"
#include "auditor/classify/vocabulary.h"
#include "auditor/model/catalog.h"
#include "auditor/model/category.h"

namespace crmaudit::classify {

struct TableView {
    Topic topic = Topic::unknown;
    std::string reason;  // what says so
    std::vector<std::string> tokens;
    std::vector<WordId> words;
    std::vector<std::vector<WordId>> columns;  // words of each column's name, without a prefix that all share
    std::vector<bool> bare_references;         // columns that are a number and named as a person: "member int"
    Category theme = Category::none;           // the special category that the name of a table about persons tells
    std::map<std::string, Topic> references;   // column → what the table its foreign key leads to is about
};

/// Topics by name for all tables, so that foreign keys can be followed.
std::map<TableName, Topic> topics_by_name(const Vocabulary& vocabulary, NameReader& reader, const Languages& languages,
                                          const Catalog& catalog);

TableView view_of(const Vocabulary& vocabulary, NameReader& reader, const Languages& languages, const Table& table,
                  const std::map<TableName, Topic>& topics);

/// The words are a key to persons: "lead_id", "fk_user", "idcontacto"; not "lead_source_id" or "user_group_id".
bool refers_to(const Vocabulary& vocabulary, std::span<const WordId> words, Topic topic);

}  // namespace crmaudit::classify
