CREATE TABLE "sealed_secret" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"kek_version" integer NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"ciphertext" "bytea" NOT NULL,
	CONSTRAINT "sealed_secret_wrapped_key_length" CHECK (octet_length(wrapped_key) = 60),
	CONSTRAINT "sealed_secret_ciphertext_length" CHECK (octet_length(ciphertext) between 29 and 200)
);
--> statement-breakpoint
ALTER TABLE "sealed_secret" ADD CONSTRAINT "sealed_secret_key_id_api_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_key"("id") ON DELETE no action ON UPDATE no action;