import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import type { Outcome } from '#lib/shared/codes.ts'
import type { ConnectionState } from './use-connections.ts'

const TONES: Partial<Record<Outcome, string>> = { pass: 'text-go', fail: 'text-no', skipped: 'text-soft' }
const MARKS: Partial<Record<Outcome, string>> = { pass: '✓', fail: '✕', skipped: '–' }

/** What came of the last look at one address, beside it. `listed`: the entries of the allow-list in the form. */
export function ConnectionResult({
  state,
  listed,
  onAllow,
}: {
  state: ConnectionState | undefined
  listed: readonly string[]
  onAllow: (entry: string) => void
}) {
  const tried = state?.pending === false ? state.tried : null
  return (
    <div aria-live="polite" className="text-sm">
      {state?.pending ? <p className="m-0 text-soft">Looking…</p> : null}
      {tried ? (
        <p className={cx('m-0 wrap-anywhere', TONES[tried.outcome] ?? 'text-warn')}>
          <span aria-hidden="true">{MARKS[tried.outcome] ?? '!'} </span>
          {tried.words}
        </p>
      ) : null}
      {tried?.allow ? <Allow entry={tried.allow} listed={listed} onAllow={onAllow} /> : null}
    </div>
  )
}

function Allow({
  entry,
  listed,
  onAllow,
}: {
  entry: string
  listed: readonly string[]
  onAllow: (entry: string) => void
}) {
  if (listed.includes(entry))
    return <p className="m-0 text-soft">It stands in the list above. Save the settings and try again.</p>
  return (
    <Button
      size="sm"
      className="my-1 max-w-full wrap-anywhere whitespace-normal"
      onClick={() => onAllow(entry)}
    >
      Add {entry} to the allow-list
    </Button>
  )
}
