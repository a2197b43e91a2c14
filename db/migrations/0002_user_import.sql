CREATE TABLE "user_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"administrator_id" uuid NOT NULL,
	"lines" jsonb NOT NULL,
	"line_count" integer NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_import_line_count" CHECK (line_count between 1 and 10000),
	CONSTRAINT "user_import_progress" CHECK (progress between 0 and line_count)
);
--> statement-breakpoint
ALTER TABLE "user_import" ADD CONSTRAINT "user_import_administrator_id_directory_user_id_fk" FOREIGN KEY ("administrator_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "user_import_administrator" ON "user_import" USING btree ("administrator_id");