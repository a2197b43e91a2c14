CREATE TABLE "idle_digest" (
	"person_id" uuid NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "idle_digest_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
CREATE TABLE "idle_notice" (
	"key_id" uuid NOT NULL,
	"unused_since" timestamp with time zone NOT NULL,
	"days" integer NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "idle_notice_key_id_unused_since_days_pk" PRIMARY KEY("key_id","unused_since","days"),
	CONSTRAINT "idle_notice_days" CHECK (days in (1, 14))
);
--> statement-breakpoint
CREATE TABLE "idle_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"due" integer NOT NULL,
	"active" integer NOT NULL,
	"allowed" integer NOT NULL,
	"switched_off" integer DEFAULT 0 NOT NULL,
	"held" boolean NOT NULL,
	"approved" boolean DEFAULT false NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "idle_run_counts" CHECK (due > 0 and active >= 0 and allowed >= 0),
	CONSTRAINT "idle_run_limit" CHECK (switched_off between 0 and allowed),
	CONSTRAINT "idle_run_held" CHECK (not held or finished_at is null)
);
--> statement-breakpoint
CREATE TABLE "lifetime_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"days" integer NOT NULL,
	"grace_until" timestamp with time zone NOT NULL,
	"total" integer NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"after_id" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "lifetime_run_days" CHECK (days between 1 and 3650),
	CONSTRAINT "lifetime_run_counts" CHECK (total > 0 and changed >= 0)
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "revived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "directory_user" ADD COLUMN "enabled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "key_policy" ADD COLUMN "idle_days" integer;--> statement-breakpoint
ALTER TABLE "key_policy" ADD COLUMN "idle_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "idle_digest" ADD CONSTRAINT "idle_digest_person_id_directory_user_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."directory_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idle_notice" ADD CONSTRAINT "idle_notice_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idle_digest_day" ON "idle_digest" USING btree ("day");--> statement-breakpoint
CREATE INDEX "idle_notice_day" ON "idle_notice" USING btree ("day");--> statement-breakpoint
CREATE UNIQUE INDEX "idle_run_day" ON "idle_run" USING btree ("day");--> statement-breakpoint
CREATE UNIQUE INDEX "idle_run_going" ON "idle_run" USING btree ((finished_at is null)) WHERE finished_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "lifetime_run_going" ON "lifetime_run" USING btree ((finished_at is null)) WHERE finished_at is null;--> statement-breakpoint
ALTER TABLE "key_policy" ADD CONSTRAINT "key_policy_idle" CHECK ((idle_days is null) = (idle_since is null) and idle_days between 30 and 365);--> statement-breakpoint
-- Before each row: it is written anyway, so that this costs no second version of it.
create function note_revived() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  new.revived_at := now();
  return new;
end
$$;--> statement-breakpoint
create trigger api_key_revived before update on api_key for each row
  when ((new.active and not old.active)
    or (new.deleted_at is null and old.deleted_at is not null)
    or new.owner_id <> old.owner_id
    or (old.expires_at <= now() and (new.expires_at is null or new.expires_at > now())))
  execute function note_revived();--> statement-breakpoint
create function note_enabled() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  new.enabled_at := now();
  return new;
end
$$;--> statement-breakpoint
create trigger directory_user_enabled before update on directory_user for each row
  when (new.active and not old.active) execute function note_enabled();
--> statement-breakpoint
-- Whoever receives all notices receives the new one.
update webhook set types = types || 'policy.idle_keys_held'::text
  where types @> '{key.expiring,key.dead_in_use,key.leaked,account.failed_sign_ins}' and not types @> '{*}';
