CREATE TABLE "federated_identity" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "federated_identity_issuer_subject_pk" PRIMARY KEY("issuer","subject"),
	CONSTRAINT "federated_identity_subject_length" CHECK (char_length(subject) between 1 and 255)
);
--> statement-breakpoint
ALTER TABLE "pending_sign_in" ADD COLUMN "by" text DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE "federated_identity" ADD CONSTRAINT "federated_identity_user_id_directory_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."directory_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "federated_identity_user" ON "federated_identity" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "pending_sign_in" ADD CONSTRAINT "pending_sign_in_by" CHECK (by in ('password', 'single sign-on'));