import { Button } from '#components/ui/button.tsx'
import { maskUrlPasswords } from '#lib/probes/redact.ts'
import { type Connection, connectionsOf } from '#lib/services/connections.ts'
import type { EnvironmentView } from '#lib/services/read.ts'
import { ConnectionResult } from './connection-result.tsx'
import { connectionKey, useConnections } from './use-connections.ts'

type Props = {
  team: string
  service: string
  environment: Pick<EnvironmentView, 'slug' | 'name' | 'variables' | 'secrets' | 'allowList'>
  /** What the form holds is not saved: what is tried is what is saved. */
  isTyped: boolean
  /** The allow-list as it stands in the form. */
  typedList: string
  onAllow: (entry: string) => void
}

function shownOf({ of, shows }: Connection): string {
  if (shows !== null) return maskUrlPasswords(shows)
  return of === 'entry' ? 'on the allow-list' : 'secret'
}

/** Whether the saved addresses of an environment can be reached from here: one guarded look at each, whenever somebody asks. */
export function ConnectionTests({ team, service, environment, isTyped, typedList, onAllow }: Props) {
  const { states, all, tryOne, tryAll, cancel } = useConnections({
    team,
    service,
    environment: environment.slug,
  })
  const connections = connectionsOf(environment)
  if (connections.length === 0) return null
  const listed = typedList.split('\n').map((line) => line.trim())
  return (
    <section className="grid gap-1.5" aria-label={`Connections of ${environment.name}`}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="m-0 text-sm font-strong">Connections</h3>
        {all ? (
          <span className="flex items-center gap-2 text-sm text-soft tabular-nums">
            {all.done} of {all.of} tried
            <Button key="cancel" size="sm" onClick={cancel}>
              Cancel
            </Button>
          </span>
        ) : (
          <Button key="all" size="sm" onClick={() => void tryAll(connections)}>
            Try all
          </Button>
        )}
      </div>
      <p className="m-0 max-w-prose text-sm text-soft">
        One small look at each address, as probes take it. It is written to the log.
        {isTyped ? ' What is tried is what is saved, not what you type.' : ''}
      </p>
      <ul className="m-0 grid list-none divide-y divide-hair p-0">
        {connections.map((connection) => {
          const key = connectionKey(connection)
          const state = states[key]
          const isPending = state?.pending === true
          return (
            <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 py-1.5">
              <div className="min-w-0">
                <p className="m-0 flex flex-wrap items-baseline gap-x-2">
                  <span className="font-mono text-sm break-all">{connection.name}</span>
                  <span className="font-mono text-xs break-all text-faint">{shownOf(connection)}</span>
                </p>
                <ConnectionResult state={state} listed={listed} onAllow={onAllow} />
              </div>
              <Button
                size="sm"
                pending={isPending}
                aria-label={`Try ${connection.name}`}
                onClick={() => void tryOne(connection)}
              >
                Try
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
