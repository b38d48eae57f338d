-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "token_hash" BYTEA NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_team_id_idx" ON "api_token"("team_id");

-- By hand: the maker belongs to the token's team, and a token holds what the code knows and nothing else.
ALTER TABLE api_token ADD CONSTRAINT api_token_creator FOREIGN KEY (team_id, created_by) REFERENCES member (team_id, id);
ALTER TABLE api_token ADD CONSTRAINT api_token_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['templates:write']);
ALTER TABLE api_token ADD CONSTRAINT api_token_expires CHECK (expires_at > created_at);

-- The first migration granted what there was; a token is revoked, never deleted.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT SELECT, INSERT, UPDATE ON api_token TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
