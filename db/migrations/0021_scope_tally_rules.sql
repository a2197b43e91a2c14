create function tally_scopes_added() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  insert into scope_tally (scope, keys)
    select scope, count(*) from added, unnest(scopes) scope where deleted_at is null group by scope;
  return null;
end
$$;--> statement-breakpoint
create function tally_scopes_removed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  insert into scope_tally (scope, keys)
    select scope, -count(*) from removed, unnest(scopes) scope where deleted_at is null group by scope;
  return null;
end
$$;--> statement-breakpoint
create function tally_scopes_changed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  insert into scope_tally (scope, keys)
    select scope, sum(n) from (
      select unnest(new.scopes) as scope, 1 as n where new.deleted_at is null
      union all
      select unnest(old.scopes), -1 where old.deleted_at is null
    ) changed group by scope having sum(n) <> 0;
  return null;
end
$$;--> statement-breakpoint
create trigger api_key_scopes_added after insert on api_key referencing new table as added
  for each statement execute function tally_scopes_added();--> statement-breakpoint
create trigger api_key_scopes_removed after delete on api_key referencing old table as removed
  for each statement execute function tally_scopes_removed();--> statement-breakpoint
create trigger api_key_scopes_changed after update of scopes, deleted_at on api_key for each row
  when (old.scopes is distinct from new.scopes or (old.deleted_at is null) <> (new.deleted_at is null))
  execute function tally_scopes_changed();--> statement-breakpoint
-- Last: the triggers hold writers off until the end of this.
insert into scope_tally (scope, keys)
  select scope, count(*) from api_key, unnest(scopes) scope where deleted_at is null group by scope;
