ALTER TABLE "key_policy" ADD COLUMN "own_keys" text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "own_keys" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "key_policy" ADD CONSTRAINT "key_policy_own_keys" CHECK (own_keys in ('off', 'switch-off', 'regenerate'));