-- What was counted before there were totals. A service key is counted where it asks, not where it is
-- asked for: such calls are no answers.
insert into usage_total (hour, code, count)
select hour, code, sum(count) from key_usage u
where not exists (
  select from api_key k, unnest(k.scopes) scope where k.id = u.key_id and scope like 'keydesk:%')
group by 1, 2;
