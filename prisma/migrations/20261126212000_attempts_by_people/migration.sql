-- When a person last started probes in a run: asked every few seconds, among many attempts that nobody asked for.
CREATE INDEX probe_attempt_by_people ON probe_attempt (run_id, requested_at) WHERE requested_by IS NOT NULL;
