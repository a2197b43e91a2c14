CREATE TABLE "leak_report" (
	"key_id" uuid NOT NULL,
	"secret_version" integer NOT NULL,
	"source" text NOT NULL,
	"url" text,
	"reported_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leak_report_key_id_secret_version_pk" PRIMARY KEY("key_id","secret_version"),
	CONSTRAINT "leak_report_secret_version" CHECK (secret_version >= 1),
	CONSTRAINT "leak_report_source_length" CHECK (char_length(source) between 1 and 100),
	CONSTRAINT "leak_report_url_length" CHECK (char_length(url) between 1 and 1000)
);
--> statement-breakpoint
ALTER TABLE "notice_message" DROP CONSTRAINT "notice_message_type";--> statement-breakpoint
ALTER TABLE "key_policy" ADD COLUMN "on_leak" text DEFAULT 'switch-off' NOT NULL;--> statement-breakpoint
ALTER TABLE "leak_report" ADD CONSTRAINT "leak_report_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_policy" ADD CONSTRAINT "key_policy_on_leak" CHECK (on_leak in ('switch-off', 'tell-only'));--> statement-breakpoint
ALTER TABLE "notice_message" ADD CONSTRAINT "notice_message_type" CHECK (type in ('key.expiring', 'key.dead_in_use', 'key.leaked', 'account.failed_sign_ins', 'test'));