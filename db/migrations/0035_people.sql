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
CREATE FUNCTION check_responsible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM directory_user
    WHERE id = new.responsible_id AND kind = 'person' AND active AND deleted_at IS NULL
    FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Only an active person can be responsible for a service.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'directory_user_responsible_active';
  END IF;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER directory_user_responsible BEFORE INSERT OR UPDATE OF responsible_id ON directory_user
  FOR EACH ROW WHEN (new.responsible_id IS NOT NULL) EXECUTE FUNCTION check_responsible();--> statement-breakpoint
-- Whoever is no active person any more answers for nothing, also where an older release disables them.
CREATE FUNCTION release_services() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE directory_user SET responsible_id = NULL WHERE responsible_id = new.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER directory_user_release_services AFTER UPDATE OF kind, active, deleted_at ON directory_user
  FOR EACH ROW WHEN (old.kind = 'person' AND old.active
    AND NOT (new.kind = 'person' AND new.active AND new.deleted_at IS NULL))
  EXECUTE FUNCTION release_services();--> statement-breakpoint
-- A new installation tells owners from the start. An existing one must not suddenly mail everybody.
INSERT INTO key_policy (tell_owners) SELECT true WHERE NOT EXISTS (SELECT FROM directory_user)
  ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO owner_notice_position (seq) SELECT 0 FROM key_policy WHERE tell_owners;
