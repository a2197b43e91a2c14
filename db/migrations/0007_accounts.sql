CREATE TABLE "recovery_code" (
	"user_id" uuid NOT NULL,
	"mac" "bytea" NOT NULL,
	CONSTRAINT "recovery_code_user_id_mac_pk" PRIMARY KEY("user_id","mac"),
	CONSTRAINT "recovery_code_mac_length" CHECK (octet_length(mac) = 32)
);
--> statement-breakpoint
CREATE TABLE "second_factor" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "second_factor_sealed_secret_length" CHECK (octet_length(sealed_secret) = 48)
);
--> statement-breakpoint
CREATE TABLE "pending_sign_in" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pending_sign_in_id_hash_length" CHECK (octet_length(id_hash) = 32)
);
--> statement-breakpoint
ALTER TABLE "directory_user" ADD COLUMN "one_time_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "handle" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_directory_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_user_id_directory_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_sign_in" ADD CONSTRAINT "pending_sign_in_user_id_directory_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pending_sign_in_user" ON "pending_sign_in" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_handle_unique" ON "session" USING btree ("handle");--> statement-breakpoint
ALTER TABLE "directory_user" ADD CONSTRAINT "directory_user_one_time_password" CHECK (one_time_until is null or password_hash is not null);