#include "tests/support/message_crm.h"

namespace crmaudit::testing {
namespace {

Condition is(const char* column_name, const char* value) { return {OneOf{column(column_name), {value}}}; }

Attribute flag(const char* name, Role role, Condition where) {
    return {name, ValueType::flag, role, OwnCondition{std::move(where)}, false};
}

Attribute own(const char* name, Role role, ValueType type) {
    return {name, type, role, OwnColumn{column(name)}, false};
}

}  // namespace

void add_messages(SmallCrm& crm) {
    crm.sql(R"(
CREATE TABLE letter (id INTEGER PRIMARY KEY, way TEXT, bulk INTEGER DEFAULT 0, first INTEGER DEFAULT 0,
    sent TIMESTAMP, user_id TEXT, body TEXT, gone INTEGER DEFAULT 0);
CREATE TABLE draft (id INTEGER PRIMARY KEY, body TEXT);
)");
    Entity letter;
    letter.name = "letter";
    letter.kind = EntityKind::message;
    letter.table = {"", "letter"};
    letter.key = {"id"};
    letter.live = is("gone", "0");
    letter.attributes = {
        own("body", Role::body, ValueType::text),      own("sent", Role::created, ValueType::date),
        own("user_id", Role::sender, ValueType::text), flag("out", Role::outbound, is("way", "out")),
        flag("many", Role::bulk, is("bulk", "1")),     flag("new", Role::first_contact, is("first", "1"))};
    letter.absent = {{Role::template_text, "templates have a table of their own"}};
    Entity draft;
    draft.name = "draft";
    draft.kind = EntityKind::message;
    draft.table = {"", "draft"};
    draft.key = {"id"};
    draft.attributes = {own("body", Role::body, ValueType::text), flag("draft", Role::template_text, {})};
    for (const Role role : {Role::outbound, Role::bulk, Role::first_contact, Role::sender}) {
        draft.absent.push_back({role, "a template is not sent"});
    }
    crm.profile.entities.push_back(std::move(letter));
    crm.profile.entities.push_back(std::move(draft));
    crm.reads_messages = ContentExtent::sample;
}

}  // namespace crmaudit::testing
