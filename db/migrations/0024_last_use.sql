CREATE TABLE "key_last_use" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"used_at" timestamp with time zone DEFAULT '-infinity' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"active" boolean NOT NULL,
	"live" boolean NOT NULL
);
--> statement-breakpoint
create function note_keys_added() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  insert into key_last_use (key_id, created_at, active, live)
    select id, created_at, active, deleted_at is null from added order by id;
  return null;
end
$$;--> statement-breakpoint
-- Locked in the order in which verification notes uses, so that neither waits for ever.
create function note_keys_changed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if not exists (
    select from earlier e join later l using (id)
    where (e.created_at, e.active, e.deleted_at is null) is distinct from (l.created_at, l.active, l.deleted_at is null)
  ) then return null; end if;
  perform from key_last_use u join later l on l.id = u.key_id order by u.key_id for no key update of u;
  update key_last_use u set created_at = l.created_at, active = l.active, live = l.deleted_at is null
    from later l where l.id = u.key_id
    and (u.created_at, u.active, u.live) is distinct from (l.created_at, l.active, l.deleted_at is null);
  return null;
end
$$;--> statement-breakpoint
-- Before the copy: the triggers hold writers off until the end of this.
create trigger api_key_use_added after insert on api_key referencing new table as added
  for each statement execute function note_keys_added();--> statement-breakpoint
create trigger api_key_use_changed after update on api_key referencing old table as earlier new table as later
  for each statement execute function note_keys_changed();--> statement-breakpoint
insert into key_last_use (key_id, used_at, created_at, active, live)
  select id, coalesce(last_used_at, '-infinity'), created_at, active, deleted_at is null from api_key;--> statement-breakpoint
DROP INDEX "api_key_idle";--> statement-breakpoint
DROP INDEX "api_key_by_use";--> statement-breakpoint
ALTER TABLE "key_last_use" ADD CONSTRAINT "key_last_use_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_last_use_order" ON "key_last_use" USING btree ("used_at","key_id") WHERE live;--> statement-breakpoint
CREATE INDEX "key_last_use_idle" ON "key_last_use" USING btree ("used_at","created_at") WHERE live and active;--> statement-breakpoint
ALTER TABLE "api_key" DROP COLUMN "last_used_on";--> statement-breakpoint
ALTER TABLE "api_key" DROP COLUMN "last_used_at";
