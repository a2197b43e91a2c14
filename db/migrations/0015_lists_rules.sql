update api_key k set owner_folded = u.username_folded from directory_user u where u.id = k.owner_id;--> statement-breakpoint
-- The owner is locked as creating a key locks it: a change of name waits for us and then finds this row.
create function fold_key_owner() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  select username_folded into new.owner_folded from directory_user where id = new.owner_id for share;
  -- An owner that does not exist is refused by the foreign key, which says so better.
  new.owner_folded := coalesce(new.owner_folded, '');
  return new;
end
$$;--> statement-breakpoint
create trigger api_key_owner_folded before insert or update of owner_id, owner_folded on api_key
  for each row execute function fold_key_owner();--> statement-breakpoint
-- Deleted keys are in no list and keep the name that they had. In the order in which verification locks keys to note their use, so that neither waits for ever.
create function rename_key_owner() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  perform from api_key where owner_id = new.id and deleted_at is null order by id for no key update;
  update api_key set owner_folded = new.username_folded
    where owner_id = new.id and deleted_at is null;
  return null;
end
$$;--> statement-breakpoint
create trigger directory_user_renamed after update of username on directory_user
  for each row when (old.username_folded is distinct from new.username_folded)
  execute function rename_key_owner();
--> statement-breakpoint
insert into row_tally select 'api_key', 0, count(*) from api_key where deleted_at is null;--> statement-breakpoint
insert into row_tally select 'directory_user', 0, count(*) from directory_user where deleted_at is null;--> statement-breakpoint
-- A connection has one transaction at a time, so nobody else holds the row of its process.
create function add_to_tally(relation text, rows bigint) returns void language sql set search_path = pg_catalog, public as $$
  insert into row_tally (relation, slot, live) values (relation, pg_backend_pid(), rows)
    on conflict (relation, slot) do update set live = row_tally.live + excluded.live
$$;--> statement-breakpoint
create function tally_added() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  perform add_to_tally(tg_table_name::text, count(*)) from added where deleted_at is null;
  return null;
end
$$;--> statement-breakpoint
create function tally_removed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  perform add_to_tally(tg_table_name::text, -count(*)) from removed where deleted_at is null;
  return null;
end
$$;--> statement-breakpoint
create function tally_marked() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  perform add_to_tally(tg_table_name::text, case when new.deleted_at is null then 1 else -1 end);
  return null;
end
$$;--> statement-breakpoint
create trigger api_key_added after insert on api_key referencing new table as added
  for each statement execute function tally_added();--> statement-breakpoint
create trigger api_key_removed after delete on api_key referencing old table as removed
  for each statement execute function tally_removed();--> statement-breakpoint
create trigger api_key_marked after update of deleted_at on api_key for each row
  when ((old.deleted_at is null) <> (new.deleted_at is null)) execute function tally_marked();--> statement-breakpoint
create trigger directory_user_added after insert on directory_user referencing new table as added
  for each statement execute function tally_added();--> statement-breakpoint
create trigger directory_user_removed after delete on directory_user referencing old table as removed
  for each statement execute function tally_removed();--> statement-breakpoint
create trigger directory_user_marked after update of deleted_at on directory_user for each row
  when ((old.deleted_at is null) <> (new.deleted_at is null)) execute function tally_marked();
