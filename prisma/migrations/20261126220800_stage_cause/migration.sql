-- Probes of a stage are started when it opens.
ALTER TABLE probe_attempt DROP CONSTRAINT probe_attempt_cause;
ALTER TABLE probe_attempt ADD CONSTRAINT probe_attempt_cause CHECK (cause IN ('opening', 'stage', 'schedule', 'gate'));
