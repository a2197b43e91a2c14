CREATE TABLE "scope_tally" (
	"scope" text collate "C" NOT NULL,
	"keys" bigint NOT NULL,
	CONSTRAINT "scope_tally_keys" CHECK (keys <> 0)
);
--> statement-breakpoint
CREATE INDEX "scope_tally_scope" ON "scope_tally" USING btree ("scope");