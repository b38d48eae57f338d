-- CreateTable
CREATE TABLE "environment_secret" (
    "environment_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "team_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "set_by" UUID,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "environment_secret_pkey" PRIMARY KEY ("environment_id","name")
);

-- CreateIndex
CREATE INDEX "environment_secret_team_id_idx" ON "environment_secret"("team_id");

-- By hand: a secret stays in its team, is set by one of its members, and never stands there unsealed.
ALTER TABLE environment_secret ADD CONSTRAINT environment_secret_environment FOREIGN KEY (team_id, environment_id) REFERENCES environment (team_id, id);
ALTER TABLE environment_secret ADD CONSTRAINT environment_secret_setter FOREIGN KEY (team_id, set_by) REFERENCES member (team_id, id);
ALTER TABLE environment_secret ADD CONSTRAINT environment_secret_sealed CHECK (sealed ~ '^v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}$');

-- The first migration granted what there was.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON environment_secret TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
