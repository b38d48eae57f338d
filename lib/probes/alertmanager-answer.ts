import { z } from 'zod'
import { withoutControls } from './redact.ts'

const text = z.string().transform((said) => withoutControls(said.slice(0, 300)).toWellFormed())

/** The parts of Alertmanager's API v2 (api/v2/openapi.yaml) that are looked at. */
export const statusAnswer = z.object({
  cluster: z.object({ status: text, peers: z.array(z.unknown()).nullish() }),
  versionInfo: z.object({ version: text }),
  config: z.object({ original: z.string() }),
})
export const receiversAnswer = z.array(z.object({ name: text }))
export const alertsAnswer = z.array(
  z.object({ labels: z.record(z.string(), text), updatedAt: z.string().nullish() }),
)
export const silencesAnswer = z.array(z.object({ status: z.object({ state: z.string() }) }))

/** One matcher each, as the parameter `filter` wants it: split at the commas that stand outside quotes. */
export function matchersIn(written: string): string[] {
  const parts =
    written
      .trim()
      .replace(/^\{|\}$/g, '')
      .match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  const { alertname = '', ...rest } = labels
  return [alertname, ...Object.entries(rest).map(([key, value]) => `${key}=${value}`)]
    .join(' ')
    .slice(0, 200)
    .toWellFormed()
}

/** The newest of some alerts, in seconds before `at`; null where none says. */
export function newestAge(
  alerts: readonly { updatedAt?: string | null | undefined }[],
  at: Date,
): string | null {
  const times = alerts.map(({ updatedAt }) => Date.parse(updatedAt ?? '')).filter(Number.isFinite)
  return times.length === 0 ? null : String(Math.max(0, at.getTime() - Math.max(...times)) / 1000)
}

/** `alertmanager_config_last_reload_successful` of the server's own metrics. */
export function reloadedIn(metrics: string): boolean | null {
  const value = /^alertmanager_config_last_reload_successful ([01])$/m.exec(metrics)?.[1]
  return value === undefined ? null : value === '1'
}
