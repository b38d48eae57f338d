import type { Refusal } from '#lib/shared/result.ts'

type Texts = Readonly<Record<string, string>>

/** Gives, for one text of a draft, what its field shows and does: its label, what is typed, the refusal's word about it. */
export function draftFields<T extends Texts, L extends Texts>({
  draft,
  labels,
  refusal,
}: {
  draft: { value: T; set: (next: T) => void }
  labels: L
  refusal: Refusal | null
}) {
  return (name: keyof T & keyof L & string) => ({
    name,
    label: labels[name],
    value: draft.value[name],
    error: refusal?.fields?.[name],
    onChange: (event: { target: { value: string } }) =>
      draft.set({ ...draft.value, [name]: event.target.value }),
  })
}
