CREATE TABLE "key_policy" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"expiry_required" boolean DEFAULT false NOT NULL,
	"longest_lifetime" integer,
	"most_keys_per_user" integer,
	"default_rate_limit" integer,
	"default_rate_window" integer DEFAULT 60 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "key_policy_id" CHECK (id),
	CONSTRAINT "key_policy_longest_lifetime" CHECK (longest_lifetime between 1 and 3650),
	CONSTRAINT "key_policy_most_keys_per_user" CHECK (most_keys_per_user between 1 and 1000000),
	CONSTRAINT "key_policy_default_rate_limit" CHECK (default_rate_limit between 1 and 1000000),
	CONSTRAINT "key_policy_default_rate_window" CHECK (default_rate_window in (1, 60, 3600))
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_metadata" CHECK (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 16384);