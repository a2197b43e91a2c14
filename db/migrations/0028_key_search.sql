-- A name, or a part of one, as it is searched: folded as usernames are. Names of ASCII, which most are,
-- need no more than lower, blanks within them included.
create function name_part(part text) returns text language sql immutable parallel safe
return case when part ~ '^([!-~]+( [!-~]+)*)?$' then lower(part collate "C") else public.level_i(public.fold_name(part)) end;--> statement-breakpoint
CREATE INDEX "api_key_name_search" ON "api_key" USING gin (name_part(name) gin_trgm_ops) WHERE deleted_at is null and name <> '';--> statement-breakpoint
CREATE INDEX "api_key_by_first" ON "api_key" USING btree ("secret_first") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "api_key_by_last" ON "api_key" USING btree ("secret_last") WHERE deleted_at is null;
