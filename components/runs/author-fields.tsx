import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { TeamPerson } from '#lib/runs/open-form.ts'
import { OUTSIDE, type TypedAuthor } from '#lib/runs/typed-author.ts'

/** People of the team by name; two of one name are told apart by their number. */
function optionsOf(people: readonly TeamPerson[]): { value: string; label: string }[] {
  return people.map(({ memberId, name }, place) => {
    const before = people.slice(0, place).filter((other) => other.name === name).length
    return { value: memberId, label: before === 0 ? name : `${name} (${before + 1})` }
  })
}

/** Who wrote the commit: somebody of the team, or outside of it by what is typed. */
export function AuthorFields({
  value,
  people,
  fields,
  onChange,
}: {
  value: TypedAuthor
  /** Undefined while they are being read. */
  people: readonly TeamPerson[] | undefined
  fields: Readonly<Record<string, string>>
  onChange: (next: TypedAuthor) => void
}) {
  const outside = value.author === OUTSIDE
  const error = fields.author ?? fields['author.memberId'] ?? fields['author.name']
  const gone =
    value.author !== '' && !outside && !(people ?? []).some(({ memberId }) => memberId === value.author)
  return (
    <>
      <Select
        name="author"
        label="Commit author"
        optional
        hint="May not approve as Reviewer or Security. Left out, the signatures say that nobody was named."
        value={value.author}
        error={outside ? undefined : error}
        onChange={(event) => onChange({ ...value, author: event.target.value })}
        placeholder="Nobody named"
        options={[
          ...(gone ? [{ value: value.author, label: people ? 'A former member' : 'Reading the team…' }] : []),
          { value: OUTSIDE, label: 'Somebody outside of the team…' },
          ...optionsOf(people ?? []),
        ]}
      />
      {outside ? (
        <TextField
          name="authorName"
          label="Author’s name or e-mail"
          hint="As git prints it: Kim Lee <kim@example.org>. The address of a member counts as the member."
          value={value.authorName}
          error={error}
          onChange={(event) => onChange({ ...value, authorName: event.target.value })}
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
    </>
  )
}
