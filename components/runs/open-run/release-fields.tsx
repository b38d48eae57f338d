import { AuthorFields } from '#components/runs/author-fields.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { OpenDraft, TeamPerson } from '#lib/runs/open-form.ts'

type Change = (more: Partial<OpenDraft>) => void

/** The release that is signed for: changing any of it later makes every signature stale. */
export function ReleaseFields({
  value,
  people,
  fields,
  onChange,
}: {
  value: OpenDraft
  people: readonly TeamPerson[]
  fields: Readonly<Record<string, string>>
  onChange: Change
}) {
  return (
    <div className="grid gap-3.5 sm:grid-cols-2">
      <TextField
        name="version"
        label="Version"
        hint="Such as v2.14.0"
        value={value.version}
        error={fields.version}
        onChange={(event) => onChange({ version: event.target.value })}
        autoComplete="off"
        mono
      />
      <TextField
        name="commit"
        label="Commit"
        hint="7 to 40 hexadecimal digits"
        value={value.commit}
        error={fields.commit}
        onChange={(event) => onChange({ commit: event.target.value })}
        autoComplete="off"
        spellCheck={false}
        mono
      />
      <TextField
        name="artifactDigest"
        label="Artifact digest"
        optional
        hint="sha256:… of the image. A pipeline that asks the gate with a digest gets GO for this one alone."
        value={value.artifactDigest}
        error={fields.artifactDigest}
        onChange={(event) => onChange({ artifactDigest: event.target.value })}
        autoComplete="off"
        spellCheck={false}
        mono
        className="sm:col-span-2"
      />
      <AuthorFields
        value={value}
        people={people}
        fields={fields}
        onChange={({ author, authorName }) => onChange({ author, authorName })}
      />
      <TextField
        name="changeTicket"
        label="Change ticket"
        optional
        value={value.changeTicket}
        error={fields.changeTicket}
        onChange={(event) => onChange({ changeTicket: event.target.value })}
        autoComplete="off"
      />
    </div>
  )
}
