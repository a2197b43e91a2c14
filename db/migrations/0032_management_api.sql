CREATE TABLE "api_request" (
	"caller_id" uuid NOT NULL,
	"key_mac" "bytea" NOT NULL,
	"request_mac" "bytea" NOT NULL,
	"record_id" uuid NOT NULL,
	"sealed_answer" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_request_caller_id_key_mac_pk" PRIMARY KEY("caller_id","key_mac"),
	CONSTRAINT "api_request_mac_length" CHECK (octet_length(key_mac) = 32 and octet_length(request_mac) = 32)
);
--> statement-breakpoint
ALTER TABLE "directory_user" ADD COLUMN "kind" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "directory_user" ADD COLUMN "responsible_id" uuid;--> statement-breakpoint
ALTER TABLE "api_request" ADD CONSTRAINT "api_request_caller_id_api_key_id_fk" FOREIGN KEY ("caller_id") REFERENCES "public"."api_key"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_request_sealed" ON "api_request" USING btree ("created_at") WHERE sealed_answer is not null;--> statement-breakpoint
CREATE INDEX "api_request_created" ON "api_request" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "directory_user" ADD CONSTRAINT "directory_user_responsible_id_directory_user_id_fk" FOREIGN KEY ("responsible_id") REFERENCES "public"."directory_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory_user" ADD CONSTRAINT "directory_user_kind" CHECK (kind in ('person', 'service'));--> statement-breakpoint
ALTER TABLE "directory_user" ADD CONSTRAINT "directory_user_responsible" CHECK (responsible_id is null or kind = 'service');