// Invented CRMs of different style: what is found in each, and what must not be mapped.
#include <gtest/gtest.h>

#include "tests/discover/discovered.h"

namespace crmaudit::testing {
namespace {

/// English, snake_case, with foreign keys.
CatalogBuilder english() {
    return catalog()
        .schema("crm")
        .table("users")
        .column("id", "integer")
        .key("id")
        .column("login", "varchar(50)")
        .column("password_hash", "varchar(80)")
        .column("email", "varchar(90)")
        .column("full_name", "varchar(90)")
        .table("contacts")
        .column("id", "integer")
        .key("id")
        .column("first_name", "varchar(50)")
        .column("last_name", "varchar(50)")
        .column("email", "varchar(90)")
        .column("lead_source", "varchar(20)")
        .column("created_at", "timestamp")
        .column("updated_at", "timestamp")
        .column("deleted_at", "timestamp")
        .column("email_opt_in", "boolean")
        .column("email_opt_in_date", "timestamp")
        .column("email_opt_out", "boolean")
        .column("unsubscribed_at", "timestamp")
        .column("owner_id", "integer")
        .refers("owner_id", "users", "id")
        .table("leads")
        .column("id", "integer")
        .key("id")
        .column("name", "varchar(90)")
        .column("email", "varchar(90)")
        .column("created_at", "timestamp")
        .column("converted", "boolean")
        .column("active", "boolean")
        .table("meetings")
        .column("id", "integer")
        .key("id")
        .column("subject", "varchar(90)")
        .column("start_date", "timestamp")
        .column("due_date", "timestamp")
        .column("deleted", "boolean")
        .table("meeting_attendees")
        .column("meeting_id", "integer")
        .column("contact_id", "integer")
        .refers("meeting_id", "meetings", "id")
        .refers("contact_id", "contacts", "id")
        .key(std::vector<std::string>{"meeting_id", "contact_id"})
        .table("emails")
        .column("id", "integer")
        .key("id")
        .column("contact_id", "integer")
        .refers("contact_id", "contacts", "id")
        .column("campaign_id", "integer")
        .column("subject", "varchar(90)")
        .column("sent_at", "timestamp")
        .table("email_opens")
        .column("id", "integer")
        .key("id")
        .column("contact_id", "integer")
        .refers("contact_id", "contacts", "id")
        .column("opened_at", "timestamp")
        .table("contracts")
        .column("id", "integer")
        .key("id")
        .column("contact_id", "integer")
        .refers("contact_id", "contacts", "id")
        .column("start_date", "date")
        .column("end_date", "date")
        .table("tickets")
        .column("id", "integer")
        .key("id")
        .column("contact_id", "integer")
        .refers("contact_id", "contacts", "id")
        .column("status", "varchar(20)")
        .column("created_at", "timestamp")
        .table("products")
        .column("id", "integer")
        .key("id")
        .column("name", "varchar(90)")
        .column("created_at", "timestamp");
}

TEST(DiscoverEnglish, FindsPersonsAndLeadsAndLeavesLoginsOut) {
    const Draft draft = discovered(english());
    EXPECT_EQ(entities(draft), (Places{"contacts", "leads"}));
    EXPECT_EQ(entity(draft, "contacts")->kind, EntityKind::person);
    EXPECT_EQ(entity(draft, "leads")->kind, EntityKind::lead);
    EXPECT_EQ(entity(draft, "contacts")->key, Places{"id"});
    EXPECT_TRUE(notes(draft, "", {"users", "staff or logins"}));
    EXPECT_TRUE(binds(draft, english()));
    EXPECT_TRUE(draft.profile.discovered);
}

TEST(DiscoverEnglish, ReadsThePersonsOwnRow) {
    const Draft draft = discovered(english());
    const Entity& contact = *entity(draft, "contacts");
    EXPECT_EQ(places(contact, Role::created), Places{"created_at"});
    EXPECT_EQ(places(contact, Role::modified), Places{"updated_at"});
    EXPECT_EQ(places(contact, Role::email), Places{"email"});
    EXPECT_EQ(places(contact, Role::source), Places{"lead_source"});
    EXPECT_EQ(places(contact, Role::deleted), Places{"[deleted_at]"});
    EXPECT_EQ(places(contact, Role::deleted_at), Places{"deleted_at"});
    EXPECT_EQ(contact.live, missing(column("deleted_at")));
    EXPECT_EQ(places(contact, Role::marketing_granted), Places{"[email_opt_in]"});
    EXPECT_EQ(places(contact, Role::marketing_evidence), Places{"email_opt_in_date"});
    EXPECT_EQ(places(contact, Role::marketing_refused), (Places{"[email_opt_out]", "[unsubscribed_at]"}));
    EXPECT_EQ(places(contact, Role::marketing_objected), Places{"unsubscribed_at"});
}

TEST(DiscoverEnglish, FollowsKeysToWhatHangsOnThePerson) {
    const Draft draft = discovered(english());
    const Entity& contact = *entity(draft, "contacts");
    const auto activity = places(contact, Role::activity);
    EXPECT_EQ(activity,
              (Places{"contracts.contact_id=id>start_date", "emails.contact_id=id>sent_at[campaign_id][campaign_id]",
                      "meeting_attendees.contact_id=id>meetings.id=meeting_id>start_date",
                      "tickets.contact_id=id>created_at"}));
    EXPECT_EQ(places(contact, Role::tracked), Places{"email_opens.contact_id=id>[opened_at]"});
    EXPECT_EQ(places(contact, Role::relationship), Places{"contracts.contact_id=id>[end_date]"});
    EXPECT_EQ(places(contact, Role::marketing_sent), Places{"emails.contact_id=id>sent_at[campaign_id][campaign_id]"});
    const Path* meetings = contact.path("meeting_attendees meetings");
    ASSERT_NE(meetings, nullptr);
    EXPECT_EQ(meetings->joins.back().where, negate({OneOf{column("deleted"), {"1"}}}));
}

TEST(DiscoverEnglish, SaysWhatItDoesNotKnow) {
    const Draft draft = discovered(english());
    EXPECT_TRUE(notes(draft, "contacts", {"tickets.contact_id", "not mapped as relationship"}));
    EXPECT_TRUE(notes(draft, "contacts", {"not found:", "notice", "tracking_granted"}));
    EXPECT_TRUE(notes(draft, "leads", {"active", "all rows are judged"}));
    EXPECT_EQ(entity(draft, "leads")->live, Condition{});
    EXPECT_TRUE(entity(draft, "leads")->in_role(Role::deleted).empty());
    EXPECT_EQ(places(*entity(draft, "leads"), Role::converted), Places{"[converted]"});
}

/// German, no foreign key anywhere.
CatalogBuilder german() {
    return catalog()
        .schema("erp")
        .table("KUNDEN")
        .column("KUNDENNR", "integer")
        .key("KUNDENNR")
        .column("NACHNAME", "varchar(40)")
        .column("VORNAME", "varchar(40)")
        .column("EMAIL", "varchar(80)")
        .column("ANLAGEDATUM", "date")
        .column("HERKUNFT", "varchar(20)")
        .column("WERBESPERRE", "boolean")
        .column("GELOESCHT", "boolean")
        .table("AUFTRAEGE")
        .column("AUFTRAGSNR", "integer")
        .key("AUFTRAGSNR")
        .column("KUNDENNR", "integer")
        .column("AUFTRAGSDATUM", "date")
        .column("LIEFERDATUM", "date")
        .column("STATUS", "varchar(10)")
        .table("ANRUFE")
        .column("ID", "integer")
        .key("ID")
        .column("KUNDENNR", "integer")
        .column("ANRUFDATUM", "date")
        .table("BESUCHSBERICHTE")
        .column("ID", "integer")
        .key("ID")
        .column("KUNDENNR", "integer")
        .column("BESUCHSDATUM", "date")
        .column("BERICHT", "text")
        .table("MITARBEITER")
        .column("PERSNR", "integer")
        .key("PERSNR")
        .column("NAME", "varchar(40)")
        .column("EMAIL", "varchar(80)")
        .table("ARTIKEL")
        .column("ARTIKELNR", "integer")
        .key("ARTIKELNR")
        .column("BEZEICHNUNG", "varchar(40)");
}

TEST(DiscoverGerman, JoinsByNamesAloneAndSaysSo) {
    const Draft draft = discovered(german());
    EXPECT_EQ(entities(draft), Places{"KUNDEN"});
    const Entity& kunde = *entity(draft, "KUNDEN");
    EXPECT_EQ(places(kunde, Role::created), Places{"ANLAGEDATUM"});
    EXPECT_EQ(places(kunde, Role::source), Places{"HERKUNFT"});
    EXPECT_EQ(places(kunde, Role::activity),
              (Places{"ANRUFE.KUNDENNR=KUNDENNR>ANRUFDATUM", "AUFTRAEGE.KUNDENNR=KUNDENNR>AUFTRAGSDATUM"}));
    EXPECT_TRUE(notes(draft, "KUNDEN", {"BESUCHSBERICHTE", "dates whose meaning", "not mapped"}));
    const DraftNote* path = note_of(draft, "KUNDEN", "AUFTRAEGE");
    ASSERT_NE(path, nullptr);
    EXPECT_NE(path->text.find("by name alone"), std::string::npos);
    EXPECT_TRUE(binds(draft, german()));
}

TEST(DiscoverGerman, LeavesHalfAConsentOutAndOffersIt) {
    const Draft draft = discovered(german());
    const Entity& kunde = *entity(draft, "KUNDEN");
    EXPECT_TRUE(kunde.in_role(Role::marketing_refused).empty());
    EXPECT_TRUE(kunde.in_role(Role::marketing_granted).empty());
    EXPECT_TRUE(kunde.absent.empty());
    const auto offered = std::find_if(draft.notes.begin(), draft.notes.end(),
                                      [](const DraftNote& n) { return n.suggestion.has_value(); });
    ASSERT_NE(offered, draft.notes.end());
    EXPECT_EQ(offered->suggestion->role, Role::marketing_refused);
    EXPECT_TRUE(offered->doubtful);
    EXPECT_TRUE(kunde.in_role(Role::relationship).empty()) << "what the status means is not known";
}

/// camelCase as an object-relational mapper writes it.
CatalogBuilder camel() {
    return catalog()
        .schema("app")
        .table("Customer")
        .column("id", "uuid", ColumnKind::text)
        .key("id")
        .column("firstName", "varchar(50)")
        .column("lastName", "varchar(50)")
        .column("emailAddress", "varchar(90)")
        .column("passwordHash", "varchar(90)")
        .column("createdAt", "timestamp")
        .column("lastLoginAt", "timestamp")
        .column("isDeleted", "boolean")
        .column("marketingConsent", "boolean")
        .column("marketingConsentAt", "timestamp")
        .column("doNotEmail", "boolean")
        .column("trackingConsent", "boolean")
        .table("SupportTicket")
        .column("id", "uuid", ColumnKind::text)
        .key("id")
        .column("customerId", "uuid", ColumnKind::text)
        .column("createdAt", "timestamp")
        .column("isClosed", "boolean")
        .table("PhoneCall")
        .column("id", "integer")
        .key("id")
        .column("customerId", "integer")
        .column("calledAt", "timestamp")
        .table("Note")
        .column("id", "uuid", ColumnKind::text)
        .key("id")
        .column("createdByCustomerId", "uuid", ColumnKind::text)
        .column("createdAt", "timestamp");
}

TEST(DiscoverCamelCase, KeepsCustomersWhoCanLogIn) {
    const Draft draft = discovered(camel());
    EXPECT_EQ(entities(draft), Places{"Customer"});
    const Entity& customer = *entity(draft, "Customer");
    EXPECT_EQ(places(customer, Role::created), Places{"createdAt"});
    EXPECT_EQ(places(customer, Role::marketing_granted), Places{"[marketingConsent]"});
    EXPECT_EQ(places(customer, Role::marketing_refused), Places{"[doNotEmail]"});
    EXPECT_EQ(places(customer, Role::marketing_evidence), Places{"marketingConsentAt"});
    EXPECT_EQ(places(customer, Role::relationship), Places{"SupportTicket.customerId=id>[isClosed]"});
    EXPECT_EQ(places(customer, Role::activity), (Places{"lastLoginAt", "SupportTicket.customerId=id>createdAt"}));
    EXPECT_TRUE(customer.in_role(Role::tracking_granted).empty()) << "only one side of it is known";
}

TEST(DiscoverCamelCase, JoinsNoNumberWithATextAndNoAuthorWithAPerson) {
    const Draft draft = discovered(camel());
    for (const Path& path : entity(draft, "Customer")->paths) {
        EXPECT_NE(path.name, "PhoneCall");
        EXPECT_NE(path.name, "Note");
    }
}

TEST(DiscoverOneTable, MapsWhatOneRowSays) {
    const auto crm = catalog()
                         .schema("x")
                         .table("address_book")
                         .column("id", "integer")
                         .key("id")
                         .column("first_name", "varchar(40)")
                         .column("surname", "varchar(40)")
                         .column("email", "varchar(90)")
                         .column("birthday", "date")
                         .column("created", "date")
                         .column("last_contact", "date")
                         .column("opt_in", "char(1)")
                         .column("last_opened_at", "timestamp")
                         .column("newsletter", "boolean");
    const Draft draft = discovered(crm);
    ASSERT_EQ(entities(draft), Places{"address_book"});
    const Entity& person = *entity(draft, "address_book");
    EXPECT_EQ(places(person, Role::created), Places{"created"});
    EXPECT_EQ(places(person, Role::activity), Places{"last_contact"}) << "an opened mail is no activity";
    EXPECT_EQ(places(person, Role::tracked), Places{"[last_opened_at]"});
    EXPECT_EQ(places(person, Role::marketing_listed), Places{"[newsletter]"});
    EXPECT_TRUE(person.in_role(Role::marketing_granted).empty());
    EXPECT_TRUE(notes(draft, "address_book", {"opt_in", "which of its values"}));
}

TEST(DiscoverAddresses, FindsAddressesAndSubscriptionsBesideThePerson) {
    const auto crm = catalog()
                         .schema("x")
                         .table("persons")
                         .column("person_id", "integer")
                         .key("person_id")
                         .column("first_name", "varchar(40)")
                         .column("last_name", "varchar(40)")
                         .column("created_on", "date")
                         .table("email_addresses")
                         .column("id", "integer")
                         .key("id")
                         .column("person_id", "integer")
                         .refers("person_id", "persons", "person_id")
                         .column("email", "varchar(90)")
                         .column("opt_out", "boolean")
                         .table("newsletter_subscriptions")
                         .column("id", "integer")
                         .key("id")
                         .column("person_id", "integer")
                         .refers("person_id", "persons", "person_id")
                         .column("subscribed_at", "timestamp")
                         .column("confirmed_at", "timestamp")
                         .column("unsubscribed_at", "timestamp")
                         .table("consents")
                         .column("id", "integer")
                         .key("id")
                         .column("person_id", "integer")
                         .refers("person_id", "persons", "person_id")
                         .column("purpose", "varchar(20)")
                         .column("granted", "boolean")
                         .column("granted_at", "timestamp");
    const Draft draft = discovered(crm);
    ASSERT_EQ(entities(draft), Places{"persons"});
    const Entity& person = *entity(draft, "persons");
    EXPECT_EQ(places(person, Role::email), Places{"email_addresses.person_id=person_id>[email]"});
    EXPECT_EQ(places(person, Role::marketing_refused),
              (Places{"email_addresses.person_id=person_id>[opt_out]",
                      "newsletter_subscriptions.person_id=person_id>[unsubscribed_at]"}));
    EXPECT_EQ(places(person, Role::marketing_granted),
              Places{"newsletter_subscriptions.person_id=person_id>[confirmed_at][unsubscribed_at]"});
    EXPECT_EQ(places(person, Role::marketing_listed),
              Places{"newsletter_subscriptions.person_id=person_id>[unsubscribed_at]"});
    EXPECT_TRUE(notes(draft, "persons", {"consents.person_id", "several purposes"}));
    EXPECT_TRUE(binds(draft, crm));
}

TEST(DiscoverNothing, SaysThatThereAreNoPersons) {
    const Draft draft = discovered(catalog()
                                       .schema("w")
                                       .table("measurements")
                                       .column("id", "integer")
                                       .key("id")
                                       .column("sensor", "varchar(20)")
                                       .column("temperature", "real")
                                       .column("taken_at", "timestamp"));
    EXPECT_TRUE(draft.profile.entities.empty());
    EXPECT_TRUE(notes(draft, "", {"no table of persons with a key"}));
    EXPECT_FALSE(draft.profile.signatures.empty());
}

}  // namespace
}  // namespace crmaudit::testing
