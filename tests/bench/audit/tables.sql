-- What scripts/bench-audit fills: one table of persons, one of what happened with them, one of deals.
CREATE TABLE bench_person (
    id integer PRIMARY KEY, given_name varchar(40), family_name varchar(40), email varchar(80), phone varchar(30),
    city varchar(40), postal_code varchar(10), birth_date date, lead_source varchar(30), legal_basis varchar(30),
    created @moment@, modified @moment@, informed @moment@, opt_in integer, opt_in_at @moment@,
    opt_out integer, opt_out_at @moment@, tracking_ok integer, deleted integer, deleted_at @moment@);
CREATE TABLE bench_activity (
    id integer PRIMARY KEY, person_id integer, kind varchar(12), held integer, happened @moment@);
CREATE TABLE bench_deal (id integer PRIMARY KEY, person_id integer, stage varchar(10));
