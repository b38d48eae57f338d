import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ALERTMANAGER, freePort, newFolder, PROMETHEUS, start } from './processes.ts'

type Started = { url: string; stop: () => Promise<void> }

/** An Alertmanager with two receivers. */
export async function startAlertmanager(...more: string[]): Promise<Started> {
  const port = await freePort()
  const folder = newFolder('alertmanager')
  const file = path.join(folder, 'alertmanager.yml')
  writeFileSync(file, 'route: { receiver: oncall }\nreceivers: [{ name: oncall }, { name: archive }]\n')
  const args = [
    `--config.file=${file}`,
    `--storage.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]
  const { stop } = await start({
    command: ALERTMANAGER ?? '',
    args: [...args, ...more],
    folder,
    ports: [port],
  })
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** A Prometheus whose configuration is `config`; its own files are `files`, by name. */
export async function startPrometheus({
  config,
  files = {},
  more = [],
}: {
  config: string
  files?: Record<string, string>
  more?: string[]
}): Promise<Started> {
  const port = await freePort()
  const folder = newFolder('prometheus')
  for (const [name, text] of Object.entries({ ...files, 'prometheus.yml': config }))
    writeFileSync(path.join(folder, name), text)
  const args = [
    `--config.file=${path.join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    ...more,
  ]
  const { stop } = await start({ command: PROMETHEUS ?? 'prometheus', args, folder, ports: [port] })
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** A Prometheus that does nothing but evaluate rules, once a second, and tells an Alertmanager where there is one. */
export function startRules({
  rules,
  alertmanager,
}: {
  rules: string
  alertmanager?: string
}): Promise<Started> {
  const told =
    alertmanager === undefined
      ? ''
      : `alerting: { alertmanagers: [{ static_configs: [{ targets: ['${new URL(alertmanager).host}'] }] }] }\n`
  return startPrometheus({
    config: `global: { evaluation_interval: 1s }\nrule_files: [rules.yml]\n${told}`,
    files: { 'rules.yml': rules },
    // What fires before the Alertmanager is discovered is dropped, and sent again after this.
    more: ['--rules.alert.resend-delay=1s'],
  })
}
