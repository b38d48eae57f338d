-- Files of evidence, content-addressed inside a team, in chunks.
CREATE TABLE stored_file (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL REFERENCES team (id),
  -- Null while it is being written.
  sha256 text,
  bytes integer NOT NULL DEFAULT 0,
  media_type text,
  kept_at timestamptz(3) NOT NULL,
  UNIQUE (team_id, id),
  CONSTRAINT stored_file_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT stored_file_whole CHECK ((sha256 IS NULL) = (media_type IS NULL))
);
CREATE UNIQUE INDEX stored_file_content ON stored_file (team_id, sha256);
CREATE INDEX stored_file_kept_at_idx ON stored_file (kept_at);

CREATE TABLE stored_file_chunk (
  file_id uuid NOT NULL REFERENCES stored_file (id) ON DELETE CASCADE,
  n integer NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (file_id, n)
);
-- What is compressed already gains nothing from being compressed again.
ALTER TABLE stored_file_chunk ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE FUNCTION keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sha256 IS NOT NULL AND (to_jsonb(OLD) - 'kept_at') IS DISTINCT FROM (to_jsonb(NEW) - 'kept_at') THEN
    RAISE EXCEPTION 'a file that is whole never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stored_file_kept BEFORE UPDATE ON stored_file FOR EACH ROW EXECUTE FUNCTION keep_file();

CREATE FUNCTION keep_chunks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM stored_file WHERE id = NEW.file_id AND sha256 IS NOT NULL) THEN
    RAISE EXCEPTION 'a file that is whole never grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stored_file_chunk_kept BEFORE INSERT ON stored_file_chunk FOR EACH ROW EXECUTE FUNCTION keep_chunks();
CREATE TRIGGER stored_file_chunk_no_change BEFORE UPDATE ON stored_file_chunk FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A pipeline's token says what it may do: ask the gate, push evidence; and may be bound to one run.
ALTER TABLE gate_token
  ADD COLUMN scopes text[] NOT NULL DEFAULT ARRAY['gate'],
  ADD COLUMN run_id uuid,
  ADD CONSTRAINT gate_token_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['gate', 'evidence']),
  -- The gate answers for whichever run is live: a token of one run has no business there.
  ADD CONSTRAINT gate_token_one_run CHECK (run_id IS NULL OR NOT 'gate' = ANY(scopes)),
  ADD CONSTRAINT gate_token_run FOREIGN KEY (team_id, run_id) REFERENCES run (team_id, id);

-- What a pipeline reported about the commit of a run.
CREATE TABLE run_report (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL,
  run_id uuid NOT NULL,
  -- Null for the report of its meaning that has no name.
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
  CONSTRAINT run_report_run FOREIGN KEY (team_id, run_id) REFERENCES run (team_id, id),
  CONSTRAINT run_report_file FOREIGN KEY (team_id, file_id) REFERENCES stored_file (team_id, id)
);
CREATE INDEX run_report_run_id_at_idx ON run_report (run_id, at DESC, id DESC);
CREATE INDEX run_report_file_id_idx ON run_report (file_id);
CREATE TRIGGER run_report_append_only BEFORE UPDATE OR DELETE ON run_report FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Chunks go with their file alone, and a file that something refers to does not go.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON stored_file TO countersign_app;
    GRANT SELECT, INSERT ON stored_file_chunk, run_report TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
