ALTER TABLE "hand_over" ADD COLUMN "made_by" uuid;--> statement-breakpoint
ALTER TABLE "hand_over" ADD COLUMN "told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "hand_over" ADD CONSTRAINT "hand_over_made_by_directory_user_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."directory_user"("id") ON DELETE no action ON UPDATE no action;