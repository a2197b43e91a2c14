CREATE TABLE "key_source" (
	"key_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"address" text NOT NULL,
	"last_seen" timestamp with time zone NOT NULL,
	"calls" bigint NOT NULL,
	CONSTRAINT "key_source_key_id_version_address_pk" PRIMARY KEY("key_id","version","address"),
	CONSTRAINT "key_source_address_length" CHECK (char_length(address) <= 45),
	CONSTRAINT "key_source_calls" CHECK (calls > 0)
);
--> statement-breakpoint
ALTER TABLE "key_usage" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "key_usage" DROP CONSTRAINT "key_usage_key_id_hour_code_pk";--> statement-breakpoint
ALTER TABLE "key_usage" ADD CONSTRAINT "key_usage_key_id_hour_code_version_pk" PRIMARY KEY("key_id","hour","code","version");--> statement-breakpoint
ALTER TABLE "former_secret" ADD COLUMN "issued_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "former_secret" ADD COLUMN "stops_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "former_secret_overlap" ON "former_secret" USING btree ("key_id") WHERE stops_at is not null;