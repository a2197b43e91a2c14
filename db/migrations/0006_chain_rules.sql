-- A seat belt for installs with one role: an owner can take it off, but nobody does so by accident.
-- What an attacker must not get past is that the application's own role has no such rights at all.
create function refuse_audit_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'audit events are only ever added' using errcode = 'restrict_violation';
end
$$;--> statement-breakpoint
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function refuse_audit_change();--> statement-breakpoint
alter table audit_event enable always trigger audit_event_append_only;
