import { paths } from '#lib/shared/paths.ts'

type Place = { publicUrl: string; service: string; environment: string }

/** A word as a shell takes it: what is more than letters, digits and harmless signs stands in single quotes. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The line that pushes a report with nothing but curl. The token stands in the pipeline's secret store, never in the line. */
export function reportLine({ publicUrl, name, ...place }: Place & { name?: string }): string {
  const url = `${publicUrl}${paths.api.reports({ ...place, ...(name === undefined ? {} : { name }) })}&commit=`
  return `curl --fail-with-body -sS -H "Authorization: Bearer $COUNTERSIGN_TOKEN" \\\n  -T report.xml "${url}$(git rev-parse HEAD)"`
}

/** The same with the command of this package, from a checkout of it or with it among the packages. */
export function reportCommand({ publicUrl, service, environment, name }: Place & { name?: string }): string {
  const named = name === undefined ? '' : ` --name ${shellWord(name)}`
  return `npx --no countersign report report.xml \\\n  --url ${publicUrl} --service ${service} --environment ${environment}${named} --commit "$(git rev-parse HEAD)"`
}
