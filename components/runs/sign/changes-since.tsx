import { InlineText } from '#components/runs/item/inline-text.tsx'
import { DiffLine } from '#components/ui/diff-line.tsx'
import { Utc } from '#components/ui/utc.tsx'
import type { Manifest } from '#lib/runs/manifest.ts'
import type { SigningView } from '#lib/runs/read/signing.ts'
import type { ScopeEntry } from '#lib/runs/scope.ts'
import { GRADE_WORDS, ITEM_STATE_WORDS } from '#lib/shared/words.ts'

function entryWords(entry: ScopeEntry | null): string {
  if (!entry) return 'not in the checklist'
  const state = ITEM_STATE_WORDS[entry.state as keyof typeof ITEM_STATE_WORDS]
  if (entry.state !== 'passed') return entry.verdict === 'fail' ? `${state}, probe fails` : state
  return GRADE_WORDS[entry.grade as keyof typeof GRADE_WORDS]
}

function detail(before: ScopeEntry | null, after: ScopeEntry | null): string | undefined {
  if (entryWords(before) !== entryWords(after)) return undefined
  if (before?.tick?.noteHash !== after?.tick?.noteHash) return 'with another note'
  if (before?.tick?.by !== after?.tick?.by) return 'by another person'
  return 'its probe or its reason changed'
}

/** What moved in the signer's scope since the slot was last signed; first on the page, because it is all that is new. */
export function ChangesSince({
  since,
  manifest,
}: {
  since: NonNullable<SigningView['since']>
  manifest: Manifest
}) {
  const { items, release } = since.changes
  const texts = new Map(manifest.items.map((item) => [item.key, item.text]))
  const count = items.length + (release ? 1 : 0)
  if (count === 0) return null
  return (
    <section aria-labelledby="since" className="mb-6 rounded-xl border border-warn bg-warn-bg px-4 py-3.5">
      <h2 id="since" className="m-0 mb-2 text-sm font-bold text-warn">
        Since {since.name} signed at <Utc at={new Date(since.signedAt)} show="minute" />, {count}{' '}
        {count === 1 ? 'thing' : 'things'} changed in what this role covers
      </h2>
      <div className="grid gap-1.5">
        {release ? (
          <DiffLine
            label="Release"
            before={`${release.before.version} · ${release.before.commit}`}
            after={`${release.after.version} · ${release.after.commit}`}
          />
        ) : null}
        {items.map(({ key, before, after }) => (
          <DiffLine
            key={key}
            label={<InlineText text={texts.get(key) ?? key} />}
            before={entryWords(before)}
            after={entryWords(after)}
            note={detail(before, after)}
          />
        ))}
      </div>
    </section>
  )
}
