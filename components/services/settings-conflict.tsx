import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Time } from '#components/ui/time.tsx'
import { lineChanges } from './line-changes.ts'

export type Theirs = {
  by: string | null
  at: string | null
  variables: string
  allowList: string
  version: number
}

type Props = {
  message: string
  theirs: Theirs
  /** What the fields held before either of the two typed. */
  opened: { variables: string; allowList: string }
  onTakeTheirs: () => void
  onKeepMine: () => void
}

/** Two people saved the same settings: shows what the first one changed and leaves the second one's text alone. */
export function SettingsConflict({ message, theirs, opened, onTakeTheirs, onKeepMine }: Props) {
  const changes = [
    ...lineChanges({ from: opened.variables, to: theirs.variables }),
    ...lineChanges({ from: opened.allowList, to: theirs.allowList }),
  ]
  return (
    <Notice
      tone="warn"
      live
      title={message}
      action={
        <>
          <Button onClick={onTakeTheirs}>Replace my text with theirs</Button>
          <Button onClick={onKeepMine}>Save my text over theirs</Button>
        </>
      }
    >
      {theirs.at ? (
        <p className="my-1">
          Saved <Time at={theirs.at} show="second" />:
        </p>
      ) : null}
      <ul className="m-0 list-none p-0 font-mono text-xs">
        {changes.map(({ sign, line }) => (
          <li key={`${sign}${line}`} className="break-all">
            <span aria-hidden="true">{sign} </span>
            <span className="sr-only">{sign === '+' ? 'added' : 'removed'} </span>
            {line}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
