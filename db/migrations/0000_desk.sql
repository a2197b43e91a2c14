create extension if not exists pg_trgm;--> statement-breakpoint
CREATE TABLE "api_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"expires_at" timestamp with time zone,
	"secret_mac" "bytea" NOT NULL,
	"secret_pepper" integer NOT NULL,
	"secret_prefix" text NOT NULL,
	"secret_first" text NOT NULL,
	"secret_last" text NOT NULL,
	"secret_version" integer DEFAULT 1 NOT NULL,
	"secret_created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"request_id" uuid NOT NULL,
	"last_used_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "api_key_name_length" CHECK (char_length(name) <= 100),
	CONSTRAINT "api_key_secret_mac_length" CHECK (octet_length(secret_mac) = 32),
	CONSTRAINT "api_key_secret_hint_length" CHECK (char_length(secret_first) = 4 and char_length(secret_last) = 4),
	CONSTRAINT "api_key_secret_version" CHECK (secret_version >= 1),
	CONSTRAINT "api_key_scopes" CHECK (cardinality(scopes) <= 50 and array_position(scopes, null) is null)
);
--> statement-breakpoint
CREATE TABLE "former_secret" (
	"mac" "bytea" PRIMARY KEY NOT NULL,
	"key_id" uuid NOT NULL,
	"pepper" integer NOT NULL,
	"version" integer NOT NULL,
	"replaced_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "former_secret_mac_length" CHECK (octet_length(mac) = 32)
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_event_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor_id" uuid,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" uuid,
	"target" text NOT NULL,
	"outcome" text NOT NULL,
	"address" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "audit_event_outcome" CHECK (outcome in ('done', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "directory_user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"username_folded" text GENERATED ALWAYS AS (lower(username collate "und-x-icu")) STORED NOT NULL,
	"display_name" text DEFAULT '' NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"role" text,
	"password_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "directory_user_username_length" CHECK (char_length(username) between 1 and 64),
	CONSTRAINT "directory_user_username_trimmed" CHECK (username = btrim(username)),
	CONSTRAINT "directory_user_display_name_length" CHECK (char_length(display_name) <= 100),
	CONSTRAINT "directory_user_email_length" CHECK (char_length(email) <= 254),
	CONSTRAINT "directory_user_role" CHECK (role in ('viewer', 'operator', 'admin')),
	CONSTRAINT "directory_user_password_with_role" CHECK (password_hash is null or role is not null),
	CONSTRAINT "directory_user_deleted_has_no_access" CHECK (deleted_at is null or (role is null and not active))
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"address" text NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_id_hash_length" CHECK (octet_length(id_hash) = 32)
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"subject_hash" "bytea" PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_failure_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_owner_id_directory_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."directory_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_created_by_directory_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."directory_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_secret" ADD CONSTRAINT "former_secret_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_directory_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_secret_mac_unique" ON "api_key" USING btree ("secret_mac");--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_request_id_unique" ON "api_key" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "api_key_owner" ON "api_key" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "api_key_newest" ON "api_key" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "former_secret_key" ON "former_secret" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "audit_event_actor" ON "audit_event" USING btree ("actor","seq" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_event_action" ON "audit_event" USING btree ("action","seq" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_event_target" ON "audit_event" USING btree ("target_id","seq" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_event_at" ON "audit_event" USING btree ("at" DESC NULLS FIRST,"seq" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "directory_user_username_unique" ON "directory_user" USING btree ("username_folded") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "directory_user_username_search" ON "directory_user" USING gin ("username_folded" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");