CREATE TABLE "usage_total" (
	"hour" timestamp with time zone NOT NULL,
	"code" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "usage_total_hour_code_pk" PRIMARY KEY("hour","code"),
	CONSTRAINT "usage_total_count" CHECK (count > 0)
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "last_used_on" date GENERATED ALWAYS AS ((last_used_at at time zone 'UTC')::date) STORED;--> statement-breakpoint
CREATE INDEX "api_key_idle" ON "api_key" USING btree ("last_used_on","created_at") WHERE deleted_at is null and active;--> statement-breakpoint
CREATE INDEX "api_key_expiring" ON "api_key" USING btree ("expires_at") WHERE deleted_at is null and active;--> statement-breakpoint
CREATE INDEX "api_key_lifetime" ON "api_key" USING btree ((expires_at - created_at)) WHERE deleted_at is null and active;--> statement-breakpoint
CREATE INDEX "directory_user_disabled" ON "directory_user" USING btree ("id") WHERE not active and deleted_at is null;--> statement-breakpoint
CREATE INDEX "key_usage_busiest" ON "key_usage" USING btree ("hour","count");--> statement-breakpoint
CREATE INDEX "key_usage_dead" ON "key_usage" USING btree ("hour","key_id") WHERE code = 'NOT_FOUND';