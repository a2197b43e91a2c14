CREATE TABLE "row_tally" (
	"relation" text NOT NULL,
	"slot" integer NOT NULL,
	"live" bigint NOT NULL,
	CONSTRAINT "row_tally_relation_slot_pk" PRIMARY KEY("relation","slot")
);
--> statement-breakpoint
DROP INDEX "api_key_owner";--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "owner_folded" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "api_key_by_owner" ON "api_key" USING btree ("owner_folded","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "api_key_by_status" ON "api_key" USING btree ("active",coalesce(expires_at, 'infinity'),"id","expires_at") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "api_key_by_expiry" ON "api_key" USING btree (coalesce(expires_at, 'infinity'),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "api_key_by_use" ON "api_key" USING btree (coalesce(last_used_at, '-infinity'),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "audit_event_actor_search" ON "audit_event" USING gin ((lower(actor collate "und-x-icu") collate "default") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "audit_event_target_search" ON "audit_event" USING gin ((lower(target collate "und-x-icu") collate "default") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "directory_user_by_username" ON "directory_user" USING btree (username_folded collate "C","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "directory_user_by_name" ON "directory_user" USING btree (lower(display_name),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "directory_user_by_email" ON "directory_user" USING btree (lower(email),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "directory_user_by_status" ON "directory_user" USING btree ("active","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "directory_user_by_created" ON "directory_user" USING btree ("created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "api_key_owner" ON "api_key" USING btree ("owner_id") WHERE deleted_at is null;