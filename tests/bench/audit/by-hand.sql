-- What the rules of the policy gdpr count of bench_person, written by hand in the best form known: each related table
-- grouped once, each condition evaluated once, one pass for everything, a row for each year of the last contact.
-- @plus_month:X@ and @plus_day:X@ are moments; scripts/bench-audit sums the rows and compares the cells named here:
--= stale_person| 2 1
--= unknown_source| 3 1
--= marketing_without_consent| 5 4
--= bulk_mail_without_consent| 5 4
--= consent_without_evidence| 7 6
--= mailed_after_objection| 9 8
--= tracking_without_consent| 11 10
--= no_tracking_choice| 10 1
--= tracking_after_withdrawal| 13 12
--= soft_deleted_not_erased| 15 14
--= notice_overdue| 16 1
--= unnecessary_field|birth_date 17 1
--= missing_legal_basis| 18 1
--= legitimate_interest_without_reason| 19 19
--= contradictory_consent| 20 1
--= stale_consent| 21 6
SELECT year, SUM(live), SUM(stale), SUM(sourceless), SUM(mailed), SUM(unasked), SUM(granted), SUM(unproven), SUM(refused),
       SUM(after_objection), SUM(tracked), SUM(tracked_unasked), SUM(withdrawn), SUM(tracked_after), SUM(deleted),
       SUM(not_erased), SUM(untold), SUM(birthday), SUM(baseless), SUM(interest), SUM(contradictory), SUM(old_consent),
       SUM(live * (1 - granted) * (1 - refused)), SUM(tracking_ok), COUNT(*),
       SUM(CASE WHEN stale + sourceless + unasked + unproven + after_objection + tracked + tracked_after + not_erased
                     + untold + birthday + baseless + interest + contradictory + old_consent > 0 THEN 1 ELSE 0 END),
       SUM(CASE WHEN after_objection + tracked_unasked + tracked_after > 0 THEN 1 ELSE 0 END),
       SUM(CASE WHEN stale + unasked + unproven + tracked + not_erased + untold + birthday > 0 THEN 1 ELSE 0 END),
       SUM(CASE WHEN sourceless + baseless + interest + contradictory > 0 THEN 1 ELSE 0 END), SUM(old_consent),
       SUM(never_met), SUM(mailed_refused), SUM(mailed_unknown), SUM(undated_objection), SUM(undated_deletion),
       SUM(named), SUM(born_known), SUM(born_wrong), SUM(created_known), SUM(created_wrong), SUM(modified_known),
       SUM(modified_wrong), SUM(opted_known), SUM(opted_wrong), SUM(informed_known), SUM(informed_wrong),
       SUM(granted * opted_in), SUM(granted * (1 - opted_in)), SUM(refused * opted_out), SUM(refused * (1 - opted_out)),
       MIN(CASE WHEN stale = 1 THEN created END), MIN(CASE WHEN untold = 1 THEN created END),
       MIN(CASE WHEN not_erased = 1 THEN deleted_at END), MIN(CASE WHEN old_consent = 1 THEN opt_in_at END)
FROM (
    SELECT year, live, created, deleted_at, opt_in_at, live * refused AS refused, live * granted AS granted,
           CASE WHEN live = 1 AND tracking_ok = 1 THEN 1 ELSE 0 END AS tracking_ok,
           CASE WHEN opt_in = 1 THEN 1 ELSE 0 END AS opted_in, CASE WHEN opt_out = 1 THEN 1 ELSE 0 END AS opted_out,
           CASE WHEN live = 1 AND last_contact IS NULL AND created IS NULL THEN 1 ELSE 0 END AS never_met,
           CASE WHEN live = 1 AND news IS NOT NULL AND refused = 1 THEN 1 ELSE 0 END AS mailed_refused,
           CASE WHEN live = 1 AND news IS NOT NULL AND granted = 0 AND refused = 0 THEN 1 ELSE 0 END AS mailed_unknown,
           CASE WHEN live = 1 AND refused = 1 AND news IS NOT NULL AND opt_out_at IS NULL THEN 1 ELSE 0 END
               AS undated_objection,
           CASE WHEN live = 0 AND deleted_at IS NULL AND (TRIM(given_name) <> '' OR TRIM(family_name) <> ''
                     OR TRIM(email) <> '' OR TRIM(phone) <> '' OR TRIM(city) <> '' OR TRIM(postal_code) <> ''
                     OR birth_date IS NOT NULL) THEN 1 ELSE 0 END AS undated_deletion,
           CASE WHEN live = 1 AND TRIM(given_name) <> '' AND TRIM(family_name) <> '' AND TRIM(email) <> ''
                THEN 1 ELSE 0 END AS named,
           CASE WHEN live = 1 AND birth_date IS NOT NULL THEN 1 ELSE 0 END AS born_known,
           CASE WHEN live = 1 AND (birth_date < '1900-01-01' OR birth_date >= '2026-06-16') THEN 1 ELSE 0 END AS born_wrong,
           CASE WHEN live = 1 AND created IS NOT NULL THEN 1 ELSE 0 END AS created_known,
           CASE WHEN live = 1 AND (created < '1900-01-01' OR created >= '2026-06-16') THEN 1 ELSE 0 END AS created_wrong,
           CASE WHEN live = 1 AND modified IS NOT NULL THEN 1 ELSE 0 END AS modified_known,
           CASE WHEN live = 1 AND (modified < '1900-01-01' OR modified >= '2026-06-16') THEN 1 ELSE 0 END AS modified_wrong,
           CASE WHEN live = 1 AND opt_in_at IS NOT NULL THEN 1 ELSE 0 END AS opted_known,
           CASE WHEN live = 1 AND (opt_in_at < '1900-01-01' OR opt_in_at >= '2026-06-16') THEN 1 ELSE 0 END AS opted_wrong,
           CASE WHEN live = 1 AND informed IS NOT NULL THEN 1 ELSE 0 END AS informed_known,
           CASE WHEN live = 1 AND (informed < '1900-01-01' OR informed >= '2026-06-16') THEN 1 ELSE 0 END AS informed_wrong,
           CASE WHEN live = 1 AND (last_contact IS NOT NULL OR created < '2023-06-15')
                     AND (last_contact IS NULL OR last_contact < '2023-06-15') AND open_deal = 0 THEN 1 ELSE 0 END AS stale,
           CASE WHEN live = 1 AND (lead_source IS NULL OR LOWER(TRIM(lead_source)) IN
                ('', 'other', 'unknown', 'none', 'n/a', 'not specified', '-', '?', 'import', 'sonstige',
                 'sonstiges', 'andere', 'unbekannt', 'keine angabe', 'k. a.', 'k.a.')) THEN 1 ELSE 0 END
               AS sourceless,
           CASE WHEN live = 1 AND news IS NOT NULL THEN 1 ELSE 0 END AS mailed,
           CASE WHEN live = 1 AND news IS NOT NULL AND granted = 0 THEN 1 ELSE 0 END AS unasked,
           CASE WHEN live = 1 AND granted = 1 AND opt_in_at IS NULL THEN 1 ELSE 0 END AS unproven,
           CASE WHEN live = 1 AND refused = 1 AND news > opt_out_at THEN 1 ELSE 0 END AS after_objection,
           CASE WHEN live = 1 AND opened = 1 THEN 1 ELSE 0 END AS tracked,
           CASE WHEN live = 1 AND opened = 1 AND tracking_ok = 0 THEN 1 ELSE 0 END AS tracked_unasked,
           CASE WHEN live = 1 AND opt_out_at IS NOT NULL THEN 1 ELSE 0 END AS withdrawn,
           CASE WHEN live = 1 AND opened_at > opt_out_at THEN 1 ELSE 0 END AS tracked_after,
           1 - live AS deleted,
           CASE WHEN live = 0 AND (deleted_at IS NULL OR deleted_at < '2026-05-16')
                     AND (TRIM(given_name) <> '' OR TRIM(family_name) <> '' OR TRIM(email) <> '' OR TRIM(phone) <> ''
                          OR TRIM(city) <> '' OR TRIM(postal_code) <> '' OR birth_date IS NOT NULL)
                THEN 1 ELSE 0 END AS not_erased,
           CASE WHEN live = 1 AND (lead_source = 'website' OR first_mail IS NOT NULL OR created < '2026-05-15')
                     AND (informed IS NULL OR informed > @plus_month:created@
                          OR (lead_source = 'website' AND informed > @plus_day:created@)
                          OR (first_mail IS NOT NULL AND informed > @plus_day:first_mail@)) THEN 1 ELSE 0 END AS untold,
           CASE WHEN live = 1 AND birth_date IS NOT NULL THEN 1 ELSE 0 END AS birthday,
           CASE WHEN live = 1 AND (legal_basis IS NULL OR TRIM(legal_basis) = '') THEN 1 ELSE 0 END AS baseless,
           CASE WHEN live = 1 AND legal_basis = 'legitimate_interest' THEN 1 ELSE 0 END AS interest,
           CASE WHEN live = 1 AND opt_in = 1 AND opt_out = 1 THEN 1 ELSE 0 END AS contradictory,
           CASE WHEN live = 1 AND granted = 1 AND opt_in_at < '2024-06-15' AND (news IS NULL OR news < '2024-06-15')
                THEN 1 ELSE 0 END AS old_consent
    FROM (
        SELECT p.*, a.last_contact, a.news, a.first_mail, a.opened, a.opened_at, COALESCE(d.open_deal, 0) AS open_deal,
               CASE WHEN p.deleted = 0 THEN 1 ELSE 0 END AS live,
               @year:COALESCE(a.last_contact, p.created)@ AS year,
               CASE WHEN p.opt_out = 1 THEN 1 ELSE 0 END AS refused,
               CASE WHEN p.opt_out = 0 AND (p.opt_in = 1 OR p.opt_in_at IS NOT NULL) THEN 1 ELSE 0 END AS granted
        FROM bench_person p
        LEFT JOIN (
            SELECT person_id, MAX(CASE WHEN kind = 'call' AND held = 1 OR kind IN ('mail_in', 'mail_out') THEN happened END)
                       AS last_contact,
                   MAX(CASE WHEN kind = 'news' THEN happened END) AS news,
                   MIN(CASE WHEN kind IN ('news', 'mail_out') THEN happened END) AS first_mail,
                   MAX(CASE WHEN kind IN ('open', 'click') THEN 1 ELSE 0 END) AS opened,
                   MAX(CASE WHEN kind IN ('open', 'click') THEN happened END) AS opened_at
            FROM bench_activity GROUP BY person_id) a ON a.person_id = p.id
        LEFT JOIN (SELECT person_id, MAX(CASE WHEN stage = 'open' THEN 1 ELSE 0 END) AS open_deal
                   FROM bench_deal GROUP BY person_id) d ON d.person_id = p.id) facts) judged
GROUP BY year;
-- The inventory: how many are filled, and how many different values there are.
SELECT 'inventory', COUNT(*), @distinct_columns@ FROM bench_person;
SELECT 'inventory', COUNT(*), COUNT(person_id), (SELECT COUNT(*) FROM (SELECT DISTINCT person_id FROM bench_activity) d)
FROM bench_activity;
-- The same person twice.
SELECT 'duplicate_person', COALESCE(SUM(n), 0) FROM (
    SELECT COUNT(*) AS n FROM bench_person
    WHERE deleted = 0 AND TRIM(given_name) <> '' AND TRIM(family_name) <> '' AND TRIM(email) <> ''
    GROUP BY LOWER(TRIM(given_name)), LOWER(TRIM(family_name)), LOWER(TRIM(email)) HAVING COUNT(*) > 1) g;
