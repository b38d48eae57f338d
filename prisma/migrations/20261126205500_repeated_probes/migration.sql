-- When a person last did something in a run: probes are repeated only while somebody does.
CREATE INDEX evidence_by_people ON evidence (run_id, at DESC) WHERE member_id IS NOT NULL;
