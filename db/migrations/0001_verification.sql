CREATE UNLOGGED TABLE "key_rate" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"spent" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_usage" (
	"key_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"code" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "key_usage_key_id_hour_code_pk" PRIMARY KEY("key_id","hour","code"),
	CONSTRAINT "key_usage_count" CHECK (count > 0)
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "allowed_addresses" "cidr"[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "rate_limit" integer;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "rate_window" integer;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_allowed_addresses" CHECK (cardinality(allowed_addresses) <= 100 and array_position(allowed_addresses, null) is null);--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_rate" CHECK ((rate_limit is null) = (rate_window is null)
        and rate_limit between 1 and 1000000 and rate_window between 1 and 86400);