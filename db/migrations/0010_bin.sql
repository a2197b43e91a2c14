ALTER TABLE "api_key" ADD COLUMN "purged_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "api_key_deleted" ON "api_key" USING btree ("deleted_at" DESC NULLS FIRST) WHERE deleted_at is not null and purged_at is null;--> statement-breakpoint
CREATE INDEX "key_usage_hour" ON "key_usage" USING brin ("hour");--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_purged" CHECK (purged_at is null or deleted_at is not null);