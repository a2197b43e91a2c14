CREATE TABLE "key_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"administrator_id" uuid,
	"line_count" integer NOT NULL,
	"bad_count" integer NOT NULL,
	"reserved" boolean NOT NULL,
	"file_digest" "bytea" NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "key_import_line_count" CHECK (line_count between 1 and 1000000),
	CONSTRAINT "key_import_bad_count" CHECK (bad_count between 0 and line_count),
	CONSTRAINT "key_import_progress" CHECK (progress between 0 and line_count),
	CONSTRAINT "key_import_file_digest_length" CHECK (octet_length(file_digest) = 32)
);
--> statement-breakpoint
CREATE TABLE "key_import_line" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"key_id" uuid NOT NULL,
	"username" text NOT NULL,
	"username_folded" text GENERATED ALWAYS AS (lower(username collate "und-x-icu")) STORED NOT NULL,
	"name" text NOT NULL,
	"active" boolean NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"mac" "bytea",
	"pepper" integer NOT NULL,
	"older_macs" "bytea"[] DEFAULT '{}' NOT NULL,
	"secret_prefix" text NOT NULL,
	"secret_first" text NOT NULL,
	"secret_last" text NOT NULL,
	"problem" text,
	"verdict" text,
	CONSTRAINT "key_import_line_import_id_line_pk" PRIMARY KEY("import_id","line"),
	CONSTRAINT "key_import_line_mac" CHECK (mac is not null or problem is not null),
	CONSTRAINT "key_import_line_mac_length" CHECK (octet_length(mac) = 32)
);
--> statement-breakpoint
ALTER TABLE "api_key" DROP CONSTRAINT "api_key_secret_hint_length";--> statement-breakpoint
ALTER TABLE "key_import" ADD CONSTRAINT "key_import_administrator_id_directory_user_id_fk" FOREIGN KEY ("administrator_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_import_administrator" ON "key_import" USING btree ("administrator_id");--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_secret_hint_length" CHECK ((char_length(secret_first) = 4 and char_length(secret_last) = 4)
        or (secret_prefix = '' and secret_first = '' and secret_last = ''));