#include "auditor/classify/classifier.h"
#include "auditor/classify/judge_column.h"

namespace crmaudit::classify {

Classification NameClassifier::classify(const Catalog& catalog) const {
    NameReader reader{vocabulary_};
    const Languages languages = languages_of(vocabulary_, reader, catalog);
    reader.learn(catalog, bits_of(languages) & vocabulary_.compounding());
    const std::map<TableName, Topic> topics = topics_by_name(vocabulary_, reader, languages, catalog);
    Classification result;
    for (const Table& table : catalog.tables) {
        const TableView view = view_of(vocabulary_, reader, languages, table, topics);
        result.tables.push_back({table.name, view.topic, view.reason});
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            result.columns.push_back(judge_column(vocabulary_, reader, languages, table, view, i));
    }
    return result;
}

}  // namespace crmaudit::classify
