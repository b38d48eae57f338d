-- Calls of jobs: a machine table; what is concluded from one stands in the observation that quotes it.
CREATE TABLE heartbeat (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL,
  environment_id uuid NOT NULL,
  name text NOT NULL,
  received_at timestamptz(3) NOT NULL,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  size_bytes bigint,
  status text,
  message text,
  by_name text NOT NULL,
  CONSTRAINT heartbeat_environment FOREIGN KEY (team_id, environment_id) REFERENCES environment (team_id, id),
  CONSTRAINT heartbeat_status CHECK (status IN ('ok', 'failed'))
);
CREATE INDEX heartbeat_environment_id_name_idx ON heartbeat (environment_id, name, received_at DESC, id DESC);

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT SELECT, INSERT, DELETE ON heartbeat TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
