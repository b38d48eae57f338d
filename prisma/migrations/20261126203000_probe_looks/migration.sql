-- A window gives its place up between two looks: what it has seen so far waits in the row until the next one is due.
ALTER TABLE "probe_attempt"
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  ADD COLUMN "looks" JSONB,
  -- The host and port that it asks, set while it runs: bounds how many ask one target at once, over all workers.
  ADD COLUMN "target" TEXT,
  -- How often its worker was gone before it ended.
  ADD COLUMN "strikes" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "probe_attempt_state_due_at_idx" ON "probe_attempt"("state", "due_at");
