#include "tests/support/value_sets.h"

namespace crmaudit::test {
namespace {

void add(std::vector<LabelledNote>& notes, Category category, const char* language,
         const std::vector<std::string>& texts) {
    for (const std::string& text : texts) notes.push_back({category, language, text});
}

void add_german(std::vector<LabelledNote>& notes) {
    add(notes, Category::health, "de",
        {"Herr M. ist seit Montag krankgeschrieben, Rückruf erst im Juni.",
         "Kundin erwartet Zwillinge, sie ist schwanger und geht bald in Mutterschutz.",
         "Hat nach einem Schlaganfall Mühe beim Sprechen, bitte langsam reden.",
         "Ist Diabetiker, beim Catering beachten.", "Er ist schwerbehindert und braucht einen Parkplatz am Eingang.",
         "Seine Frau hat Brustkrebs, Termin bitte verschieben.", "War wegen Burnout drei Monate weg.",
         "Sitzt im Rollstuhl, Treffen nur im Erdgeschoss.", "Liegt nach einem Unfall mit gebrochenem Bein daheim.",
         "Wird nächste Woche am Knie operiert.", "Nimmt Tabletten gegen Bluthochdruck.", "Hat eine Nussallergie."});
    add(notes, Category::religion, "de",
        {"Ist streng katholisch, sonntags nicht anrufen.", "Familie fastet im Ramadan, Essen erst abends.",
         "Sie ist Muslima und gibt Männern nicht die Hand.", "Er ist letztes Jahr aus der Kirche ausgetreten.",
         "Zahlt keine Kirchensteuer mehr.", "Zeuge Jehovas, feiert keinen Geburtstag.",
         "Geht jeden Freitag in die Moschee."});
    add(notes, Category::union_membership, "de",
        {"Ist im Betriebsrat und entscheidet mit.", "Mitglied der Gewerkschaft, sehr aktiv.",
         "Arbeitet ehrenamtlich für die IG Metall.", "Bei ver.di organisiert.", "War letzte Woche im Streik."});
    add(notes, Category::political, "de",
        {"Kandidiert für die SPD im Gemeinderat.", "Ist Parteimitglied und oft auf Veranstaltungen.",
         "Politisch aktiv, bitte nicht auf die Wahl ansprechen.", "Er ist AfD-Mitglied.",
         "Sitzt für die Freien Wähler im Kreistag."});
    add(notes, Category::sexual_orientation, "de",
        {"Ist schwul und bringt seinen Partner mit.", "Lebt in einer eingetragenen Lebenspartnerschaft mit Frau K.",
         "Sie ist lesbisch.", "Hat sich geoutet als bisexuell.", "Kommt mit seinem Ehemann zum Fest."});
    add(notes, Category::criminal, "de",
        {"Ist vorbestraft, deshalb keine Bürgschaft.", "Gegen ihn läuft ein Strafverfahren.",
         "Wurde wegen Betrugs verurteilt.", "Saß zwei Jahre im Gefängnis.", "Führungszeugnis mit Eintrag.",
         "Hat eine Anzeige am Hals."});
}

void add_english(std::vector<LabelledNote>& notes) {
    add(notes, Category::health, "en",
        {"He is off sick until the end of the month.", "She is pregnant and will be on leave from June.",
         "Has diabetes, order sugar-free catering.", "Had a heart attack in spring, keep calls short.",
         "Uses a wheelchair, book a room with a lift.", "Was diagnosed with multiple sclerosis last year.",
         "Out for knee surgery, back in three weeks.", "On sick leave because of burnout.",
         "His wife has breast cancer.", "Allergic to peanuts.", "Taking antidepressants since the divorce.",
         "Broke his leg while skiing."});
    add(notes, Category::religion, "en",
        {"He is Catholic and will not take calls on Sundays.", "Family fasts during Ramadan.",
         "She is Muslim, no pork at dinner.", "Jehovah's Witness, does not celebrate birthdays.",
         "Left the church last year.", "Observes shabbat, no meetings on Friday evening.",
         "Sings in the choir of her parish."});
    add(notes, Category::union_membership, "en",
        {"He is a shop steward at the plant.", "Trade union member, very vocal.",
         "Asked about a discount for union members.", "Works council chair, has a veto.",
         "Organises for the teamsters."});
    add(notes, Category::political, "en",
        {"Republican voter, avoid the subject.", "He is politically active in his town.",
         "Ran for the Labour Party in the last election.", "Strong political views, be careful.",
         "Campaigned against the mayor."});
    add(notes, Category::sexual_orientation, "en",
        {"He is gay and comes with his partner.", "Same-sex marriage in May, send flowers.",
         "She came out as bisexual at work.", "Lesbian couple, address both.", "Brings his husband to events."});
    add(notes, Category::criminal, "en",
        {"Has a criminal record, no credit.", "Was convicted of fraud in 2015.", "Spent two years in prison.",
         "Got arrested for drunk driving.", "Currently on parole.", "Is awaiting trial."});
}

/// What sales people really write: none of it is special.
void add_business(std::vector<LabelledNote>& notes) {
    add(notes, Category::none, "de",
        {"Kunde wünscht Rückruf am Donnerstag wegen des Angebots.",
         "Krankenhaus Projekt als Kunde gewonnen, Vertrag folgt.",
         "Die Partei hat fristgerecht gekündigt.",
         "Gesunde Pipeline, gute Marge im dritten Quartal.",
         "Lieferung an die Pflegeeinrichtung in Halle 4.",
         "Angebot über 20 Rollstuhlrampen für das Rathaus.",
         "Die Gruppe Grün übernimmt den Versand.",
         "Rechnung ist überfällig, Mahnung zwei geschickt.",
         "Der Server ist wieder operativ.",
         "Ansprechpartner wechselt zum Monatsende.",
         "Christian ruft morgen zurück.",
         "Union Investment prüft das Angebot noch.",
         "Der Bewährungstest der Maschine läuft.",
         "Hat Interesse an der Krankenversicherung für Mitarbeiter.",
         "Evangelische Stiftung bestellt zwölf Lizenzen.",
         "Reagiert allergisch auf Werbung.",
         "Tagung im Kloster, 40 Personen.",
         "Der Wahlkreis der Tabelle ist falsch gesetzt.",
         "Neue Linke Spalte im Bericht gewünscht.",
         "Haftung im Vertrag klären.",
         "Trennung der Konten bis Freitag.",
         "Er hat die OP-Nummer im System nicht gefunden.",
         "Schwangere Auster als Treffpunkt in Berlin.",
         "Messe am Stand der IG Bau besucht."});
    add(notes, Category::none, "en",
        {"Customer asks for a call on Thursday about the quote.",
         "Healthy pipeline with a good margin this quarter.",
         "The hospital signed the contract for imaging software.",
         "Third party integration is blocked by their firewall.",
         "Credit union wants a demo next week.",
         "Western Union transfer did not arrive.",
         "He is in the office on Mondays.",
         "European Union tender, deadline in May.",
         "Party of eight for the dinner.",
         "Christian will follow up next week.",
         "The project is on probation until June.",
         "Conviction in the product is low.",
         "Wants to charge by card.",
         "Green light from procurement.",
         "The depression in the market hurts sales.",
         "Cancer research institute, 40 seats.",
         "The record is a duplicate, please merge.",
         "Straight answer needed from legal.",
         "Disabled the old account.",
         "Church Street office moved.",
         "Prison service is a reference customer.",
         "Sick of waiting for an answer.",
         "Gay & Sons Ltd ordered two pallets.",
         "Labour costs are too high."});
}

}  // namespace

std::vector<LabelledNote> labelled_notes() {
    std::vector<LabelledNote> notes;
    add_german(notes);
    add_english(notes);
    add_business(notes);
    return notes;
}

}  // namespace crmaudit::test
