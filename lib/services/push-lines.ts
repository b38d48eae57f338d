import { paths } from '#lib/shared/paths.ts'

type Place = { publicUrl: string; service: string; environment: string }

/** A word as a shell takes it: what is more than letters, digits and harmless signs stands in single quotes. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The line that pushes a report with nothing but curl. The token stands in the pipeline's secret store, never in the line. */
export function reportLine({ publicUrl, name = null, ...place }: Place & { name?: string | null }): string {
  const url = `${publicUrl}${paths.api.reports({ ...place, ...(name === null ? {} : { name }) })}&commit=`
  return `curl --fail-with-body -sS -H "Authorization: Bearer $COUNTERSIGN_TOKEN" \\\n  -T report.xml "${url}$(git rev-parse HEAD)"`
}

/** The same with the command of this package, from a checkout of it or with it among the packages. */
export function reportCommand({ name = null, ...place }: Place & { name?: string | null }): string {
  const named = name === null ? '' : ` --name ${shellWord(name)}`
  return `npx --no countersign report report.xml \\\n  ${placeWords(place)}${named} --commit "$(git rev-parse HEAD)"`
}

function placeWords({ publicUrl, service, environment }: Place): string {
  return `--url ${publicUrl} --service ${service} --environment ${environment}`
}

/** The line with which a job says that it has ended well. */
export function heartbeatLine({ publicUrl, name, ...place }: Place & { name: string }): string {
  const url = `${publicUrl}${paths.api.heartbeat({ name, ...place })}`
  const said = `{"status": "ok", "sizeBytes": '$(stat -c %s FILE)'}`
  return `curl --fail-with-body -sS -H "Authorization: Bearer $COUNTERSIGN_TOKEN" -X POST \\\n  -d '${said}' "${url}"`
}

export function heartbeatCommand({ name, ...place }: Place & { name: string }): string {
  return `npx --no countersign heartbeat ${name} --status ok --size-of FILE \\\n  ${placeWords(place)}`
}
