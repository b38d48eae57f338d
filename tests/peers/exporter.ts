import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { BLACKBOX, freePort, newFolder, type Process, start } from './processes.ts'

export type Exporter = Process & { port: number; ask: (module: string, target: string) => Promise<string> }

/** A blackbox_exporter with these modules; `ask` gives its metrics of one look at `target`. */
export async function startExporter(modules: Readonly<Record<string, object>>): Promise<Exporter> {
  const [port, folder] = [await freePort(), newFolder('exporter')]
  const file = path.join(folder, 'modules.yml')
  writeFileSync(file, JSON.stringify({ modules }))
  const started = await start({
    command: BLACKBOX ?? 'prometheus-blackbox-exporter',
    args: [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'],
    folder,
    ports: [port],
  })
  const ask = async (module: string, target: string) => {
    const query = new URLSearchParams({ module, target })
    return (await fetch(`http://127.0.0.1:${port}/probe?${query}`)).text()
  }
  return { ...started, port, ask }
}
