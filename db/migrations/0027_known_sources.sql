ALTER TABLE "notice_message" DROP CONSTRAINT "notice_message_type";--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "failed_proofs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_failure" ADD COLUMN "kept_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notice_message" ADD CONSTRAINT "notice_message_type" CHECK (type in ('key.expiring', 'key.dead_in_use', 'account.failed_sign_ins', 'test'));