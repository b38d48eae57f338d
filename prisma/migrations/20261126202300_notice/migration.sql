-- Notices: an item tells people, and is ticked when a named person acknowledges by link.
ALTER TABLE run_item ADD COLUMN notice jsonb;
ALTER TABLE evidence ADD COLUMN notice_id uuid;
-- Raised when a new secret is made: each number has its own, derived from the root key, and none is stored.
ALTER TABLE environment ADD COLUMN webhook_secret_number integer NOT NULL DEFAULT 0;

CREATE TABLE notice (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL,
    run_id uuid NOT NULL,
    item_id uuid NOT NULL,
    sent_by uuid NOT NULL,
    sent_by_name text NOT NULL,
    sent_at timestamptz(3) NOT NULL,
    need text NOT NULL CHECK (need IN ('one', 'all')),
    subject text NOT NULL,
    -- In the side table of texts.
    message_id uuid NOT NULL,
    -- The release that it names.
    version text NOT NULL,
    commit text NOT NULL,
    artifact_digest text,
    expires_at timestamptz(3) NOT NULL,
    UNIQUE (team_id, id)
);
CREATE INDEX notice_run_id_idx ON notice (run_id);

CREATE TABLE notice_receiver (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL,
    run_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    ordinal integer NOT NULL,
    channel text NOT NULL CHECK (channel IN ('mail', 'webhook')),
    -- Of a mail the address; of a webhook what the checklist writes, because the address behind it may be a secret.
    target text NOT NULL,
    -- What screens and the record show.
    label text NOT NULL,
    member_id uuid,
    token_hash bytea NOT NULL UNIQUE,
    acknowledged_at timestamptz(3),
    acknowledged_by text,
    acknowledged_member uuid,
    UNIQUE (team_id, id),
    UNIQUE (notice_id, ordinal),
    CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);

CREATE TABLE notice_delivery (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL,
    run_id uuid NOT NULL,
    receiver_id uuid NOT NULL,
    -- 1 for the first letter, 2 for the first reminder.
    number integer NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz(3) NOT NULL,
    lease_until timestamptz(3),
    fence integer NOT NULL DEFAULT 0,
    words text,
    ended_at timestamptz(3),
    UNIQUE (receiver_id, number)
);
CREATE INDEX notice_delivery_state_next_at_idx ON notice_delivery (state, next_at);
CREATE UNIQUE INDEX notice_delivery_one_active ON notice_delivery (receiver_id) WHERE state IN ('queued', 'sending');

-- A row can only point at rows of its own team.
ALTER TABLE notice ADD CONSTRAINT notice_run FOREIGN KEY (team_id, run_id) REFERENCES run (team_id, id);
ALTER TABLE notice ADD CONSTRAINT notice_item FOREIGN KEY (team_id, item_id) REFERENCES run_item (team_id, id);
ALTER TABLE notice ADD CONSTRAINT notice_sender FOREIGN KEY (team_id, sent_by) REFERENCES member (team_id, id);
ALTER TABLE notice_receiver ADD CONSTRAINT notice_receiver_notice FOREIGN KEY (team_id, notice_id) REFERENCES notice (team_id, id);
ALTER TABLE notice_receiver ADD CONSTRAINT notice_receiver_member FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, id);
ALTER TABLE notice_receiver ADD CONSTRAINT notice_receiver_acknowledged FOREIGN KEY (team_id, acknowledged_member) REFERENCES member (team_id, id);
ALTER TABLE notice_delivery ADD CONSTRAINT notice_delivery_receiver FOREIGN KEY (team_id, receiver_id) REFERENCES notice_receiver (team_id, id);

-- What was sent stays as it was sent; a receiver acknowledges once.
CREATE FUNCTION keep_acknowledgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.acknowledged_at IS NOT NULL
     OR (to_jsonb(OLD) - '{acknowledged_at,acknowledged_by,acknowledged_member}'::text[])
        IS DISTINCT FROM (to_jsonb(NEW) - '{acknowledged_at,acknowledged_by,acknowledged_member}'::text[]) THEN
    RAISE EXCEPTION 'an acknowledgement never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_append_only BEFORE UPDATE OR DELETE ON notice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notice_receiver_kept BEFORE UPDATE ON notice_receiver FOR EACH ROW EXECUTE FUNCTION keep_acknowledgement();
CREATE TRIGGER notice_receiver_no_delete BEFORE DELETE ON notice_receiver FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The notice that stands at an item now, as the board shows it; null when none does.
CREATE FUNCTION notice_of(i run_item) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', n.id, 'by', n.sent_by_name, 'at', (extract(epoch FROM n.sent_at) * 1000)::bigint,
    'expiresAt', (extract(epoch FROM n.expires_at) * 1000)::bigint, 'subject', n.subject, 'version', n.version,
    'receivers', (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'channel', r.channel, 'label', r.label,
        'state', d.state, 'attempts', d.attempts, 'words', d.words, 'number', d.number,
        'at', (extract(epoch FROM d.ended_at) * 1000)::bigint,
        'nextAt', CASE WHEN d.state = 'queued' THEN (extract(epoch FROM d.next_at) * 1000)::bigint END,
        'acknowledgedBy', r.acknowledged_by, 'acknowledgedAt', (extract(epoch FROM r.acknowledged_at) * 1000)::bigint) ORDER BY r.ordinal)
      FROM notice_receiver r
      LEFT JOIN LATERAL (SELECT * FROM notice_delivery WHERE receiver_id = r.id ORDER BY number DESC LIMIT 1) d ON true
      WHERE r.notice_id = n.id))
  FROM notice n WHERE n.id = (i.fold -> 'notice' ->> 'id')::uuid;
$$;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    GRANT SELECT, INSERT ON notice TO countersign_app;
    GRANT SELECT, INSERT, UPDATE ON notice_receiver TO countersign_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON notice_delivery TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to grant: append-only by trigger only';
END $$;
