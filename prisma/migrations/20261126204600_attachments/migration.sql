-- Files and links that people put behind an item. Name, address and note stand in the side table of texts.
CREATE TABLE attachment (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL,
  run_id uuid NOT NULL,
  item_id uuid NOT NULL,
  kind text NOT NULL,
  label_text_id uuid NOT NULL,
  note_text_id uuid,
  file_id uuid,
  sha256 text,
  bytes integer,
  media_type text,
  at timestamptz(3) NOT NULL,
  UNIQUE (team_id, id),
  CONSTRAINT attachment_kind CHECK (kind IN ('file', 'link')),
  CONSTRAINT attachment_file_facts CHECK ((kind = 'file') = (file_id IS NOT NULL AND sha256 IS NOT NULL AND bytes IS NOT NULL AND media_type IS NOT NULL)),
  CONSTRAINT attachment_item FOREIGN KEY (team_id, item_id) REFERENCES run_item (team_id, id),
  CONSTRAINT attachment_file FOREIGN KEY (team_id, file_id) REFERENCES stored_file (team_id, id)
);
CREATE INDEX attachment_run_id_idx ON attachment (run_id);
CREATE INDEX attachment_item_id_idx ON attachment (item_id);
CREATE INDEX attachment_file_id_idx ON attachment (file_id);
CREATE TRIGGER attachment_append_only BEFORE UPDATE OR DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Of an attached or withdrawn one: which it is.
ALTER TABLE evidence
  ADD COLUMN attachment_id uuid,
  ADD CONSTRAINT evidence_attachment FOREIGN KEY (team_id, attachment_id) REFERENCES attachment (team_id, id);

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT SELECT, INSERT ON attachment TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
