CREATE TABLE "database_identity" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"system" text NOT NULL,
	"database_oid" bigint NOT NULL,
	"table_oid" bigint NOT NULL,
	"timeline" text NOT NULL,
	"mark" uuid DEFAULT gen_random_uuid() NOT NULL,
	"missing_anchor" text,
	"accepted_anchor" text,
	"kept_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "database_identity_id" CHECK (id),
	CONSTRAINT "database_identity_timeline" CHECK (timeline ~ '^[0-9A-F]{8}$')
);
