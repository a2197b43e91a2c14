CREATE TABLE "hand_over" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_id" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"replaces" boolean NOT NULL,
	"activates" boolean NOT NULL,
	"secret_version" integer NOT NULL,
	"proof_hash" "bytea" NOT NULL,
	"code_mac" "bytea",
	"wrong_codes" integer DEFAULT 0 NOT NULL,
	"sealed_secret" "bytea",
	"secret_mac" "bytea",
	"secret_pepper" integer,
	"secret_prefix" text,
	"secret_first" text,
	"secret_last" text,
	"overlap" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"collected_from" text,
	CONSTRAINT "hand_over_state" CHECK (state in ('open', 'collected', 'ended', 'expired')),
	CONSTRAINT "hand_over_closed_at" CHECK ((state = 'open') = (closed_at is null) and (state = 'collected') = (collected_from is not null)),
	CONSTRAINT "hand_over_seal" CHECK ((state = 'open') = (sealed_secret is not null)),
	CONSTRAINT "hand_over_sealed_secret_length" CHECK (octet_length(sealed_secret) between 29 and 300),
	CONSTRAINT "hand_over_replacement" CHECK (replaces = (num_nonnulls(secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, overlap) = 6)
        and replaces = (num_nulls(secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, overlap) < 6)
        and not (replaces and activates)),
	CONSTRAINT "hand_over_digests" CHECK (octet_length(proof_hash) = 32 and octet_length(code_mac) = 32 and octet_length(secret_mac) = 32),
	CONSTRAINT "hand_over_wrong_codes" CHECK (wrong_codes between 0 and 5),
	CONSTRAINT "hand_over_secret_version" CHECK (secret_version >= 1)
);
--> statement-breakpoint
ALTER TABLE "bulk_change_key" DROP CONSTRAINT "bulk_change_key_outcome";--> statement-breakpoint
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "hand_over_open" ON "hand_over" USING btree ("key_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "hand_over_key" ON "hand_over" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "hand_over_due" ON "hand_over" USING btree ("expires_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "hand_over_closed" ON "hand_over" USING btree ("closed_at") WHERE state <> 'open';--> statement-breakpoint
ALTER TABLE "bulk_change_key" ADD CONSTRAINT "bulk_change_key_outcome" CHECK (outcome in ('changed', 'unchanged', 'gone', 'needs-admin', 'waiting'));