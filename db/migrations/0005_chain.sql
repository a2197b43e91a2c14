ALTER TABLE "audit_event" ALTER COLUMN "seq" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "mac" "bytea";--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_seq" CHECK (seq >= 1);--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_mac_length" CHECK (octet_length(mac) = 32);