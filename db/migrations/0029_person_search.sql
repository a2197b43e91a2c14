-- Users are found by display name and email as well.
CREATE INDEX "directory_user_person_search" ON "directory_user" USING gin (name_part("display_name") gin_trgm_ops,name_part("email") gin_trgm_ops) WHERE deleted_at is null;
