CREATE TABLE "bulk_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"administrator_id" uuid NOT NULL,
	"verb" text NOT NULL,
	"total" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bulk_change_verb" CHECK (verb in ('activate', 'deactivate', 'delete')),
	CONSTRAINT "bulk_change_total" CHECK (total between 1 and 10000)
);
--> statement-breakpoint
CREATE TABLE "bulk_change_key" (
	"bulk_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"key_id" uuid NOT NULL,
	"outcome" text,
	CONSTRAINT "bulk_change_key_bulk_id_position_pk" PRIMARY KEY("bulk_id","position"),
	CONSTRAINT "bulk_change_key_outcome" CHECK (outcome in ('changed', 'unchanged', 'gone', 'needs-admin'))
);
--> statement-breakpoint
ALTER TABLE "bulk_change" ADD CONSTRAINT "bulk_change_administrator_id_directory_user_id_fk" FOREIGN KEY ("administrator_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_change_key" ADD CONSTRAINT "bulk_change_key_bulk_id_bulk_change_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "public"."bulk_change"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_change_key" ADD CONSTRAINT "bulk_change_key_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;