-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "audit_stream" (
    "id" UUID NOT NULL,
    "team_id" UUID,
    "kind" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL,
    "seq" INTEGER NOT NULL,
    "head" BYTEA NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "stream" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "prev" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("stream","seq")
);

-- CreateTable
CREATE TABLE "audit_text" (
    "id" UUID NOT NULL,
    "team_id" UUID,
    "stream" UUID NOT NULL,
    "salt" BYTEA NOT NULL,
    "body" TEXT,

    CONSTRAINT "audit_text_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "probe_attempt" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "probe_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "item_key" TEXT,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("principal","key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "stream" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "password_changed_at" TIMESTAMPTZ(3) NOT NULL,
    "instance_admin" BOOLEAN NOT NULL DEFAULT false,
    "deactivated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "absolute_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "reset_link" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "reset_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "template_version_id" UUID NOT NULL,
    "template_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "commit" TEXT NOT NULL,
    "artifact_digest" TEXT,
    "change_ticket" TEXT,
    "window_start" TIMESTAMPTZ(3),
    "window_end" TIMESTAMPTZ(3),
    "facts" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "opened_by" UUID NOT NULL,
    "opened_by_name" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "deployed_at" TIMESTAMPTZ(3),
    "rollback_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "reason_id" UUID,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_item" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "section_key" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "detail" TEXT,
    "commands" TEXT,
    "required" BOOLEAN NOT NULL,
    "owner_role" TEXT,
    "min_grade" TEXT NOT NULL,
    "shelf_life_seconds" INTEGER,
    "needs_note" BOOLEAN NOT NULL,
    "fact_key" TEXT,
    "probe" JSONB,
    "probe_hash" TEXT,
    "state" TEXT NOT NULL DEFAULT 'open',
    "grade" TEXT NOT NULL DEFAULT 'unproven',
    "version" INTEGER NOT NULL DEFAULT 0,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "fold" JSONB NOT NULL,

    CONSTRAINT "run_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "member_id" UUID,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text_id" UUID,
    "text_hash" TEXT,
    "observation_id" UUID,
    "verdict" TEXT,
    "line" TEXT,
    "config_hash" TEXT,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "observation" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "config_hash" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "judgement" JSONB NOT NULL,
    "observation" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_slot" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "scope" TEXT[],

    CONSTRAINT "run_slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signoff" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "member_name" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "reason_id" UUID,
    "manifest" TEXT NOT NULL,
    "manifest_hash" TEXT NOT NULL,
    "scope_digest" TEXT NOT NULL,
    "scope_text" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "stale_at" TIMESTAMPTZ(3),
    "stale_reason" TEXT,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "signoff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "next_run_number" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environment" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "variables" JSONB NOT NULL,
    "allow_list" TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "environment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gate_token" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "environment_id" UUID,
    "name" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "gate_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "stream_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "account_role" TEXT NOT NULL,
    "deactivated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signoff_role" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signoff_role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member_role" (
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,

    CONSTRAINT "member_role_pkey" PRIMARY KEY ("member_id","role_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account_role" TEXT NOT NULL,
    "roles" TEXT[],
    "token_hash" BYTEA NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template_version" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "template_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "source_hash" TEXT NOT NULL,
    "model" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "published_by" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "template_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_stream_prev_key" ON "audit_event"("stream", "prev");

-- CreateIndex
CREATE INDEX "audit_text_stream_idx" ON "audit_text"("stream");

-- CreateIndex
CREATE INDEX "member_role_role_id_idx" ON "member_role"("role_id");

-- CreateIndex
CREATE INDEX "probe_attempt_run_id_state_idx" ON "probe_attempt"("run_id", "state");

-- CreateIndex
CREATE INDEX "probe_attempt_state_requested_at_idx" ON "probe_attempt"("state", "requested_at");

-- CreateIndex
CREATE INDEX "presence_run_id_idx" ON "presence"("run_id");

-- CreateIndex
CREATE INDEX "idempotency_at_idx" ON "idempotency"("at");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "reset_link_token_hash_key" ON "reset_link"("token_hash");

-- CreateIndex
CREATE INDEX "run_team_id_opened_at_id_idx" ON "run"("team_id", "opened_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "run_service_id_number_key" ON "run"("service_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "run_team_id_id_key" ON "run"("team_id", "id");

-- CreateIndex
CREATE INDEX "run_item_run_id_ordinal_idx" ON "run_item"("run_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "run_item_run_id_key_key" ON "run_item"("run_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "run_item_team_id_id_key" ON "run_item"("team_id", "id");

-- CreateIndex
CREATE INDEX "evidence_run_id_idx" ON "evidence"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_item_id_n_key" ON "evidence"("item_id", "n");

-- CreateIndex
CREATE UNIQUE INDEX "observation_attempt_id_key" ON "observation"("attempt_id");

-- CreateIndex
CREATE INDEX "observation_item_id_at_idx" ON "observation"("item_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "run_slot_run_id_role_key" ON "run_slot"("run_id", "role");

-- CreateIndex
CREATE INDEX "signoff_run_id_idx" ON "signoff"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_team_id_slug_key" ON "service"("team_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "service_team_id_id_key" ON "service"("team_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "environment_service_id_slug_key" ON "environment"("service_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "environment_team_id_id_key" ON "environment"("team_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "gate_token_token_hash_key" ON "gate_token"("token_hash");

-- CreateIndex
CREATE INDEX "gate_token_team_id_service_id_idx" ON "gate_token"("team_id", "service_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_slug_key" ON "team"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "member_team_id_user_id_key" ON "member"("team_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_team_id_id_key" ON "member"("team_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "signoff_role_team_id_name_key" ON "signoff_role"("team_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "signoff_role_team_id_id_key" ON "signoff_role"("team_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_team_id_idx" ON "invitation"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "template_team_id_slug_key" ON "template"("team_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "template_team_id_id_key" ON "template"("team_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "template_version_template_id_number_key" ON "template_version"("template_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "template_version_team_id_id_key" ON "template_version"("team_id", "id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reset_link" ADD CONSTRAINT "reset_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_item" ADD CONSTRAINT "run_item_team_id_run_id_fkey" FOREIGN KEY ("team_id", "run_id") REFERENCES "run"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_slot" ADD CONSTRAINT "run_slot_team_id_run_id_fkey" FOREIGN KEY ("team_id", "run_id") REFERENCES "run"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "environment" ADD CONSTRAINT "environment_team_id_service_id_fkey" FOREIGN KEY ("team_id", "service_id") REFERENCES "service"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_role" ADD CONSTRAINT "member_role_team_id_member_id_fkey" FOREIGN KEY ("team_id", "member_id") REFERENCES "member"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_role" ADD CONSTRAINT "member_role_team_id_role_id_fkey" FOREIGN KEY ("team_id", "role_id") REFERENCES "signoff_role"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_team_id_template_id_fkey" FOREIGN KEY ("team_id", "template_id") REFERENCES "template"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- Codes are closed sets in the database too.
ALTER TABLE member ADD CONSTRAINT member_account_role CHECK (account_role IN ('owner','admin','member','manager','auditor'));
ALTER TABLE run ADD CONSTRAINT run_state CHECK (state IN ('preparing','deploying','verifying','closed','rolling_back','rolled_back','aborted'));
ALTER TABLE run_item ADD CONSTRAINT run_item_state CHECK (state IN ('open','passed','failed','not_applicable','waived'));
ALTER TABLE run_item ADD CONSTRAINT run_item_grade CHECK (grade IN ('unproven','claimed','witnessed','observed'));
ALTER TABLE run_item ADD CONSTRAINT run_item_stage CHECK (stage IN ('prepare','deploy','verify','rollback'));
ALTER TABLE run_item ADD CONSTRAINT run_item_kind CHECK (kind IN ('item','step'));
ALTER TABLE signoff ADD CONSTRAINT signoff_decision CHECK (decision IN ('go','conditional_go','no_go','recuse'));
ALTER TABLE user_account ADD CONSTRAINT user_account_email_lower CHECK (email = lower(email));
ALTER TABLE probe_attempt ADD CONSTRAINT probe_attempt_state CHECK (state IN ('queued','running','done','cancelled','lost'));

-- One live run per service and environment.
CREATE UNIQUE INDEX run_one_live ON run (service_id, environment_id)
  WHERE state IN ('preparing','deploying','verifying','rolling_back');
-- One standing sign-off per role, and one slot per person.
CREATE UNIQUE INDEX signoff_one_per_role ON signoff (run_id, role) WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX signoff_one_per_person ON signoff (run_id, member_id) WHERE superseded_at IS NULL AND decision <> 'recuse';
-- One attempt of a probe at a time.
CREATE UNIQUE INDEX probe_attempt_one_active ON probe_attempt (item_id) WHERE state IN ('queued','running');
-- History: filters by service, environment, state; text search over the release.
CREATE INDEX run_by_service ON run (service_id, opened_at DESC, id DESC);
CREATE INDEX run_by_state ON run (team_id, state, opened_at DESC, id DESC);

-- The rest of the tenancy: a row can only point at rows of its own team.
ALTER TABLE run ADD CONSTRAINT run_service FOREIGN KEY (team_id, service_id) REFERENCES service (team_id, id);
ALTER TABLE run ADD CONSTRAINT run_environment FOREIGN KEY (team_id, environment_id) REFERENCES environment (team_id, id);
ALTER TABLE run ADD CONSTRAINT run_template FOREIGN KEY (team_id, template_version_id) REFERENCES template_version (team_id, id);
ALTER TABLE run ADD CONSTRAINT run_opener FOREIGN KEY (team_id, opened_by) REFERENCES member (team_id, id);
ALTER TABLE evidence ADD CONSTRAINT evidence_item FOREIGN KEY (team_id, item_id) REFERENCES run_item (team_id, id);
ALTER TABLE evidence ADD CONSTRAINT evidence_member FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, id);
ALTER TABLE observation ADD CONSTRAINT observation_item FOREIGN KEY (team_id, item_id) REFERENCES run_item (team_id, id);
ALTER TABLE signoff ADD CONSTRAINT signoff_run FOREIGN KEY (team_id, run_id) REFERENCES run (team_id, id);
ALTER TABLE signoff ADD CONSTRAINT signoff_member FOREIGN KEY (team_id, member_id) REFERENCES member (team_id, id);
ALTER TABLE gate_token ADD CONSTRAINT gate_token_service FOREIGN KEY (team_id, service_id) REFERENCES service (team_id, id);
ALTER TABLE gate_token ADD CONSTRAINT gate_token_environment FOREIGN KEY (team_id, environment_id) REFERENCES environment (team_id, id);
ALTER TABLE probe_attempt ADD CONSTRAINT probe_attempt_item FOREIGN KEY (team_id, item_id) REFERENCES run_item (team_id, id);
ALTER TABLE template ADD CONSTRAINT template_team FOREIGN KEY (team_id) REFERENCES team (id);
ALTER TABLE signoff_role ADD CONSTRAINT signoff_role_team FOREIGN KEY (team_id) REFERENCES team (id);
ALTER TABLE invitation ADD CONSTRAINT invitation_team FOREIGN KEY (team_id) REFERENCES team (id);

-- Columns read out of the canonical envelope, for filters; never written apart from it.
ALTER TABLE audit_event
  ADD COLUMN at_ms bigint GENERATED ALWAYS AS ((canonical::jsonb ->> 'at')::bigint) STORED,
  ADD COLUMN action text GENERATED ALWAYS AS (canonical::jsonb ->> 'action') STORED,
  ADD COLUMN actor jsonb GENERATED ALWAYS AS (canonical::jsonb -> 'actor') STORED;
ALTER TABLE audit_event ADD CONSTRAINT audit_event_stream FOREIGN KEY (stream) REFERENCES audit_stream (id);

-- Records are append-only, for the owner of the tables too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER observation_append_only BEFORE UPDATE OR DELETE ON observation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER template_version_append_only BEFORE UPDATE OR DELETE ON template_version FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(OLD) - '{stale_at,stale_reason,superseded_at}'::text[]) IS DISTINCT FROM (to_jsonb(NEW) - '{stale_at,stale_reason,superseded_at}'::text[])
     OR (OLD.stale_at IS NOT NULL AND NEW.stale_at IS DISTINCT FROM OLD.stale_at)
     OR (OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at) THEN
    RAISE EXCEPTION 'a signature never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signoff_kept BEFORE UPDATE ON signoff FOR EACH ROW EXECUTE FUNCTION keep_signature();
CREATE TRIGGER signoff_no_delete BEFORE DELETE ON signoff FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The log's own door. SECURITY DEFINER: the app's role may read the log and call these, nothing else.
CREATE FUNCTION open_stream(p_id uuid, p_team uuid, p_kind text, p_sample boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO audit_stream (id, team_id, kind, sample, seq, head, last_at, opened_at)
  VALUES (p_id, p_team, p_kind, p_sample, 0, decode(repeat('00', 32), 'hex'), 'epoch', clock_timestamp());
$$;

-- Locks the stream and reads the clock after the lock: never below the stream's last time. `p_supplied` counts only in
-- streams opened as sample, and in databases named test_….
CREATE FUNCTION stream_clock(p_stream uuid, p_supplied timestamptz DEFAULT NULL)
RETURNS TABLE (seq integer, at_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s audit_stream; v_now timestamptz;
BEGIN
  SELECT * INTO s FROM audit_stream WHERE id = p_stream FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no stream %', p_stream; END IF;
  IF p_supplied IS NOT NULL AND (s.sample OR starts_with(current_database(), 'test_')) THEN
    v_now := p_supplied;
  ELSE
    v_now := clock_timestamp();
  END IF;
  v_now := greatest(date_trunc('milliseconds', v_now), s.last_at);
  RETURN QUERY SELECT s.seq, (extract(epoch FROM v_now) * 1000)::bigint;
END $$;

-- Appends whole envelopes, each linked to its predecessor: SHA-256("auditv1\n" || prev || canonical). Last in the transaction.
CREATE FUNCTION append_events(p_stream uuid, p_canonical text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s audit_stream; c text; j jsonb; h bytea; v_at timestamptz;
BEGIN
  SELECT * INTO s FROM audit_stream WHERE id = p_stream FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no stream %', p_stream; END IF;
  FOREACH c IN ARRAY p_canonical LOOP
    j := c::jsonb;
    IF (j ->> 'stream')::uuid IS DISTINCT FROM p_stream OR (j ->> 'seq')::int IS DISTINCT FROM s.seq + 1 THEN
      RAISE EXCEPTION 'stream % is at %, cannot append %', p_stream, s.seq, j ->> 'seq' USING ERRCODE = 'serialization_failure';
    END IF;
    v_at := to_timestamp((j ->> 'at')::bigint / 1000.0);
    IF v_at < s.last_at THEN RAISE EXCEPTION 'stream % would run backwards', p_stream; END IF;
    h := sha256(convert_to(E'auditv1\n', 'UTF8') || s.head || convert_to(c, 'UTF8'));
    s.seq := s.seq + 1;
    INSERT INTO audit_event (stream, seq, canonical, prev, hash) VALUES (p_stream, s.seq, c, s.head, h);
    INSERT INTO outbox (stream, seq) VALUES (p_stream, s.seq);
    s.head := h;
    s.last_at := v_at;
  END LOOP;
  UPDATE audit_stream SET seq = s.seq, head = s.head, last_at = s.last_at WHERE id = p_stream;
  RETURN s.seq;
END $$;

-- The system's own stream: sign-ins, set-up, the console.
INSERT INTO audit_stream (id, team_id, kind, sample, seq, head, last_at, opened_at)
VALUES ('00000000-0000-7000-8000-000000000001', NULL, 'system', false, 0, decode(repeat('00', 32), 'hex'), 'epoch', clock_timestamp());

-- The app's role: may insert records, may not change them. Without the right to create roles the triggers alone protect.
DO $$
DECLARE owned boolean := true;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    BEGIN
      CREATE ROLE countersign_app NOLOGIN;
    EXCEPTION
      WHEN insufficient_privilege THEN owned := false;
      WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF owned THEN
    EXECUTE format('GRANT countersign_app TO %I', current_user);
    GRANT USAGE ON SCHEMA public TO countersign_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO countersign_app;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO countersign_app;
    REVOKE INSERT, UPDATE, DELETE ON audit_stream, audit_event FROM countersign_app;
    REVOKE UPDATE, DELETE ON evidence, observation, template_version, audit_text FROM countersign_app;
    REVOKE DELETE ON signoff, run, run_item, user_account, team, member FROM countersign_app;
    REVOKE ALL ON FUNCTION open_stream, stream_clock, append_events FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION open_stream, stream_clock, append_events TO countersign_app;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'no right to set up countersign_app: append-only by trigger only';
END $$;
