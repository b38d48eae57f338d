import { maskUrlPasswords } from '#lib/probes/redact.ts'
import type { EnvironmentView } from '#lib/services/read.ts'
import { SecretRows } from './secret-rows.tsx'

/** An environment's settings for those who may read and not change them. */
export function EnvironmentSettings({ environment }: { environment: EnvironmentView }) {
  const parts = [
    { title: 'Variables', text: maskUrlPasswords(environment.variables), empty: 'None yet.' },
    { title: 'Probes may reach', text: environment.allowList, empty: 'Nothing yet: every probe is blocked.' },
  ]
  return (
    <div className="grid gap-3">
      {parts.map(({ title, text, empty }) => (
        <div key={title}>
          <h3 className="m-0 mb-1 text-sm font-strong">{title}</h3>
          {text === '' ? (
            <p className="m-0 text-sm text-soft">{empty}</p>
          ) : (
            <p className="m-0 rounded-md border border-line px-3 py-2 font-mono text-xs break-all whitespace-pre-wrap">
              {text}
            </p>
          )}
        </div>
      ))}
      {environment.secrets.length > 0 ? (
        <div>
          <h3 className="m-0 mb-1 text-sm font-strong">Secrets</h3>
          <SecretRows secrets={environment.secrets} />
        </div>
      ) : null}
    </div>
  )
}
