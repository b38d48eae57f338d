-- A probe in shadow stands apart, so that every rule sees an item without a probe. A person's claim has a shelf life of its own; those of
-- runs from before keep the one that they had.
ALTER TABLE "run_item"
  ADD COLUMN "shadow_hash" TEXT,
  ADD COLUMN "claim_shelf_seconds" INTEGER;
UPDATE "run_item" SET "claim_shelf_seconds" = "shelf_life_seconds";
ALTER TABLE run_item ADD CONSTRAINT run_item_one_probe CHECK (probe_hash IS NULL OR shadow_hash IS NULL);

-- What the worker repeats by itself and sees unchanged is in the log and not among a run's news.
CREATE INDEX audit_event_news ON audit_event (stream, seq) WHERE action NOT IN ('run.probe_confirmed', 'run.probes_repeated');

ALTER TABLE "probe_attempt" ADD COLUMN "cause" TEXT;
ALTER TABLE probe_attempt ADD CONSTRAINT probe_attempt_cause CHECK (cause IN ('opening', 'schedule', 'gate'));
