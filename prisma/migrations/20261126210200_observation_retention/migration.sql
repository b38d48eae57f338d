-- What the worker repeated by itself and found unchanged need not be kept whole for ever. Its evidence row and its line in the log stay, with
-- the digest of what was seen.
ALTER TABLE "observation" ADD COLUMN "repeated" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX observation_repeated ON observation (item_id, config_hash) WHERE repeated;

-- The rule of retention, in one place: for the worker that sweeps, and for the trigger that lets nothing else go.
CREATE FUNCTION may_sweep_observation(o observation) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT o.repeated
    AND o.verdict <> 'fail'
    -- Not among the last hundred of its item and probe.
    AND (SELECT count(*) FROM (SELECT FROM observation n WHERE n.item_id = o.item_id AND n.config_hash = o.config_hash AND n.at > o.at LIMIT 100) newer) = 100
    -- Not what the item stands on.
    AND NOT EXISTS (SELECT FROM run_item i WHERE i.id = o.item_id
      AND o.id::text IN (i.fold #>> '{seen,id}', i.fold #>> '{attempt,id}', i.fold #>> '{shadow,id}'))
    -- Not what somebody signed.
    AND NOT EXISTS (SELECT FROM signoff s WHERE s.run_id = o.run_id AND position(o.id::text IN s.manifest) > 0)
    -- Not what the deployment was started on.
    AND NOT EXISTS (SELECT FROM run r WHERE r.id = o.run_id AND o.at <= r.started_at
      AND NOT EXISTS (SELECT FROM observation n WHERE n.item_id = o.item_id AND n.at > o.at AND n.at <= r.started_at AND n.verdict <> 'inconclusive'))
$$;

CREATE FUNCTION keep_observation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT may_sweep_observation(OLD) THEN
    RAISE EXCEPTION 'observation is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;

DROP TRIGGER observation_append_only ON observation;
CREATE TRIGGER observation_append_only BEFORE UPDATE ON observation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER observation_kept BEFORE DELETE ON observation FOR EACH ROW EXECUTE FUNCTION keep_observation();
CREATE TRIGGER observation_no_truncate BEFORE TRUNCATE ON observation EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT DELETE ON observation TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
