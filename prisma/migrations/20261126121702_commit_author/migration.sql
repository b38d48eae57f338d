-- Who wrote the commit of a run: a member, or somebody outside by what was typed of them.
ALTER TABLE run
  ADD COLUMN author_id uuid,
  ADD COLUMN author_name text,
  ADD COLUMN author_email text,
  ADD CONSTRAINT run_author FOREIGN KEY (team_id, author_id) REFERENCES member (team_id, id),
  ADD CONSTRAINT run_author_named CHECK (author_name IS NOT NULL OR (author_id IS NULL AND author_email IS NULL));

-- The member who wrote the commit. Somebody who was outside when the run was opened is known again, once they have
-- joined, by the e-mail address that was typed.
CREATE FUNCTION author_of(r run) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT coalesce(r.author_id, (SELECT m.id FROM member m JOIN user_account u ON u.id = m.user_id
                                WHERE m.team_id = r.team_id AND u.email = r.author_email));
$$;
