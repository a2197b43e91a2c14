CREATE TABLE "audit_log_position" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "audit_log_position_id" CHECK (id),
	CONSTRAINT "audit_log_position_seq" CHECK (seq >= 0)
);
--> statement-breakpoint
ALTER TABLE "notice_message" DROP CONSTRAINT "notice_message_type";--> statement-breakpoint
ALTER TABLE "webhook" ADD COLUMN "types" text[] DEFAULT '{key.expiring,key.dead_in_use,key.leaked,account.failed_sign_ins}' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook" ADD COLUMN "after_seq" bigint;--> statement-breakpoint
ALTER TABLE "notice_message" ADD CONSTRAINT "notice_message_type" CHECK (type ~ '^[a-z]+([._-][a-z]+)*$');--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_types" CHECK (cardinality(types) between 1 and 200 and array_position(types, null) is null);--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_after_seq" CHECK (after_seq >= 0);