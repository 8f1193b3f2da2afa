-- @numbers:N@ gives n from 1 to that number, @day:BASE:EXPR@ the day so many days after another: scripts/bench-audit puts
-- the words of each database in their place. Every 400th person is kept twice.
INSERT INTO bench_person
SELECT n, 'Given' || (m % 997), 'Family' || (m % 4999), CASE WHEN m % 17 > 0 THEN 'p' || m || '@example.org' END,
       CASE WHEN n % 3 > 0 THEN '+49 30 ' || n END, 'City' || (n % 2000), '1' || (1000 + n % 9000),
       CASE WHEN n % 4 = 0 THEN @day:1940-01-01:n % 24000@ END,
       CASE n % 6 WHEN 0 THEN 'website' WHEN 1 THEN 'fair' WHEN 2 THEN 'bought' WHEN 3 THEN 'Other' WHEN 4 THEN '' END,
       CASE n % 5 WHEN 0 THEN 'consent' WHEN 1 THEN 'contract' WHEN 2 THEN 'legitimate_interest' END,
       @day:2014-01-01:n % 4500@, @day:2015-01-01:n % 4100@, CASE WHEN n % 7 = 0 THEN @day:2014-01-20:n % 4500@ END,
       CASE WHEN n % 5 = 0 THEN 1 ELSE 0 END, CASE WHEN n % 10 = 0 THEN @day:2014-01-02:n % 4500@ END,
       CASE WHEN n % 11 = 0 THEN 1 ELSE 0 END, CASE WHEN n % 22 = 0 THEN @day:2016-01-02:n % 3700@ END,
       CASE WHEN n % 50 = 0 THEN 1 ELSE 0 END, CASE WHEN n % 40 = 0 THEN 1 ELSE 0 END,
       CASE WHEN n % 40 = 0 THEN @day:2016-01-02:n % 3700@ END
FROM (SELECT n, CASE WHEN n % 400 = 399 THEN n - 1 ELSE n END AS m FROM @numbers:persons@) p;
INSERT INTO bench_activity
SELECT n, 1 + n % (@persons@ * 4 / 5 - 1),
       CASE n % 10 WHEN 0 THEN 'call' WHEN 1 THEN 'mail_in' WHEN 2 THEN 'mail_out' WHEN 3 THEN 'open' WHEN 4 THEN 'click'
                   WHEN 5 THEN 'note' ELSE 'news' END,
       CASE WHEN n % 3 = 0 THEN 0 ELSE 1 END, @day:2016-01-01:n % 3800@
FROM @numbers:activities@;
INSERT INTO bench_deal
SELECT n, 1 + n * 31 % @persons@, CASE n % 4 WHEN 0 THEN 'open' WHEN 1 THEN 'won' ELSE 'lost' END
FROM @numbers:deals@;
CREATE INDEX bench_activity_person ON bench_activity (person_id);
CREATE INDEX bench_deal_person ON bench_deal (person_id);
