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
