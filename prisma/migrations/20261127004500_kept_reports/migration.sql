-- What pipelines pushed for a commit of which no run is open yet. A run that is opened takes a copy of the record, never of the file.
CREATE TABLE kept_report (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL,
  environment_id uuid NOT NULL,
  name text,
  format text NOT NULL,
  meaning text NOT NULL,
  commit text NOT NULL,
  file_id uuid NOT NULL,
  sha256 text NOT NULL,
  bytes integer NOT NULL,
  facts jsonb NOT NULL,
  token_id uuid NOT NULL REFERENCES gate_token (id),
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  CONSTRAINT kept_report_environment FOREIGN KEY (team_id, environment_id) REFERENCES environment (team_id, id),
  CONSTRAINT kept_report_file FOREIGN KEY (team_id, file_id) REFERENCES stored_file (team_id, id)
);
CREATE INDEX kept_report_environment_id_at_idx ON kept_report (environment_id, at DESC, id DESC);
CREATE INDEX kept_report_file_id_idx ON kept_report (file_id);
CREATE INDEX kept_report_at_idx ON kept_report (at);
CREATE TRIGGER kept_report_no_change BEFORE UPDATE ON kept_report FOR EACH ROW EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT SELECT, INSERT, DELETE ON kept_report TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
