CREATE TABLE "dead_notice" (
	"key_id" uuid NOT NULL,
	"day" date NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"calls" bigint NOT NULL,
	CONSTRAINT "dead_notice_key_id_day_pk" PRIMARY KEY("key_id","day"),
	CONSTRAINT "dead_notice_calls" CHECK (calls > 0)
);
--> statement-breakpoint
CREATE TABLE "expiry_notice" (
	"key_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"days" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "expiry_notice_key_id_expires_at_days_pk" PRIMARY KEY("key_id","expires_at","days"),
	CONSTRAINT "expiry_notice_days" CHECK (days in (1, 7, 30))
);
--> statement-breakpoint
CREATE TABLE "notice_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message_id" uuid NOT NULL,
	"webhook_id" uuid,
	"recipient" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tried_at" timestamp with time zone,
	"status" integer,
	"milliseconds" integer,
	"problem" text,
	CONSTRAINT "notice_delivery_to_one" CHECK ((webhook_id is null) <> (recipient is null)),
	CONSTRAINT "notice_delivery_state" CHECK (state in ('waiting', 'delivered', 'failed')),
	CONSTRAINT "notice_delivery_attempts" CHECK (attempts >= 0)
);
--> statement-breakpoint
CREATE TABLE "notice_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_message_type" CHECK (type in ('key.expiring', 'key.dead_in_use', 'test'))
);
--> statement-breakpoint
CREATE TABLE "notice_recipients" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"addresses" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "notice_recipients_id" CHECK (id),
	CONSTRAINT "notice_recipients_addresses" CHECK (cardinality(addresses) <= 20 and array_position(addresses, null) is null)
);
--> statement-breakpoint
CREATE TABLE "webhook" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"refused" boolean DEFAULT false NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"former_secret" "bytea",
	"former_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_url_length" CHECK (char_length(url) between 8 and 2000),
	CONSTRAINT "webhook_sealed_secret_length" CHECK (octet_length(sealed_secret) = 60),
	CONSTRAINT "webhook_former_secret_length" CHECK (octet_length(former_secret) = 60),
	CONSTRAINT "webhook_former" CHECK ((former_secret is null) = (former_until is null)),
	CONSTRAINT "webhook_refused" CHECK (not (active and refused))
);
--> statement-breakpoint
ALTER TABLE "dead_notice" ADD CONSTRAINT "dead_notice_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expiry_notice" ADD CONSTRAINT "expiry_notice_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_message_id_notice_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."notice_message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_webhook_id_webhook_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhook"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_delivery_webhook_unique" ON "notice_delivery" USING btree ("message_id","webhook_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_delivery_recipient_unique" ON "notice_delivery" USING btree ("message_id","recipient");--> statement-breakpoint
CREATE INDEX "notice_delivery_due" ON "notice_delivery" USING btree ("webhook_id","next_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "notice_delivery_of_webhook" ON "notice_delivery" USING btree ("webhook_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notice_message_created" ON "notice_message" USING btree ("created_at");