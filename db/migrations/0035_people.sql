CREATE TABLE "owner_digest" (
	"person_id" uuid NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "owner_digest_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
CREATE TABLE "owner_event" (
	"seq" bigint NOT NULL,
	"owner_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"change" text NOT NULL,
	"bulk_id" uuid,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "owner_event_seq_owner_id_pk" PRIMARY KEY("seq","owner_id")
);
--> statement-breakpoint
CREATE TABLE "owner_expiry_notice" (
	"key_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"days" integer NOT NULL,
	CONSTRAINT "owner_expiry_notice_key_id_expires_at_days_pk" PRIMARY KEY("key_id","expires_at","days"),
	CONSTRAINT "owner_expiry_notice_days" CHECK (days in (0, 1, 3, 7, 14, 30))
);
--> statement-breakpoint
CREATE TABLE "owner_notice_position" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "owner_notice_position_id" CHECK (id),
	CONSTRAINT "owner_notice_position_seq" CHECK (seq >= 0)
);
--> statement-breakpoint
ALTER TABLE "expiry_notice" DROP CONSTRAINT "expiry_notice_days";--> statement-breakpoint
ALTER TABLE "key_policy" ADD COLUMN "responsible_required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "key_policy" ADD COLUMN "notice_days" integer[] DEFAULT '{30,7,1}' NOT NULL;--> statement-breakpoint
ALTER TABLE "key_policy" ADD COLUMN "tell_owners" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notice_delivery" ADD COLUMN "bounced" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "owner_digest" ADD CONSTRAINT "owner_digest_person_id_directory_user_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."directory_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_event" ADD CONSTRAINT "owner_event_owner_id_directory_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."directory_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_expiry_notice" ADD CONSTRAINT "owner_expiry_notice_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "owner_digest_day" ON "owner_digest" USING btree ("day");--> statement-breakpoint
CREATE INDEX "owner_event_change" ON "owner_event" USING btree ("change","seq");--> statement-breakpoint
CREATE INDEX "directory_user_by_kind" ON "directory_user" USING btree ("kind","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "directory_user_responsible_for" ON "directory_user" USING btree ("responsible_id") WHERE responsible_id is not null;--> statement-breakpoint
CREATE INDEX "notice_delivery_bounced" ON "notice_delivery" USING btree ("recipient") WHERE bounced;--> statement-breakpoint
ALTER TABLE "directory_user" ADD CONSTRAINT "directory_user_responsible_other" CHECK (responsible_id <> id);--> statement-breakpoint
ALTER TABLE "key_policy" ADD CONSTRAINT "key_policy_notice_days" CHECK (notice_days <@ '{30,14,7,3,1,0}' and cardinality(array_remove(notice_days, 0)) <= 4);--> statement-breakpoint
ALTER TABLE "expiry_notice" ADD CONSTRAINT "expiry_notice_days" CHECK (days in (0, 1, 3, 7, 14, 30));
--> statement-breakpoint
-- Only an active person answers for a service. The share lock makes the check hold until the commit.
create function check_responsible() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  perform from directory_user
    where id = new.responsible_id and kind = 'person' and active and deleted_at is null
    for share;
  if not found then
    raise exception 'Only an active person can be responsible for a service.'
      using errcode = 'check_violation', constraint = 'directory_user_responsible_active';
  end if;
  return new;
end $$;--> statement-breakpoint
create trigger directory_user_responsible before insert or update of responsible_id on directory_user
  for each row when (new.responsible_id is not null) execute function check_responsible();--> statement-breakpoint
-- Whoever is no active person any more answers for nothing, also where an older release disables them.
create function release_services() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  update directory_user set responsible_id = null where responsible_id = new.id;
  return null;
end $$;--> statement-breakpoint
create trigger directory_user_release_services after update of kind, active, deleted_at on directory_user
  for each row when (old.kind = 'person' and old.active
    and not (new.kind = 'person' and new.active and new.deleted_at is null))
  execute function release_services();--> statement-breakpoint
-- A new installation tells owners from the start. An existing one must not suddenly mail everybody.
insert into key_policy (tell_owners) select true where not exists (select from directory_user)
  on conflict do nothing;--> statement-breakpoint
insert into owner_notice_position (seq) select 0 from key_policy where tell_owners;
