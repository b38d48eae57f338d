import { readFileSync } from 'node:fs'
import { send } from '#tests/support/signed-http.ts'
import { prepareGround } from './ground.ts'
import { httpTicks } from './ticking.ts'
import { rateOf } from './rate.ts'
import { paths } from '#lib/shared/paths.ts'
const ground = await prepareGround()
try {
const { url, pid } = await ground.server()
const cpu = () => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' '); return (Number(f[13]) + Number(f[14])) * 10 }
const ticks = await httpTicks(ground, url)
const touch = async (client: number) => {
    const { status } = await send(`${url}/api/session/touch`, {
      method: 'POST',
      cookie: ground.people[client]?.cookie ?? '',
      body: '{"agoSeconds":0}',
      headers: { 'content-type': 'application/json', origin: url, 'sec-fetch-site': 'same-origin' },
    })
    if (status !== 200) throw new Error(`touch answered ${status}`)
}
const page = (path: string) => async () => { await send(`${url}${path}`, { cookie: ground.people[0]!.cookie }) }
const { team, service } = ground.scene
const work: Record<string, (c: number) => Promise<void>> = { ticks, touch }
if (process.argv.includes('pages')) { work.board = page(paths.run({ team: team.slug, service, number: ground.runs[0]!.number })); work.me = page(paths.me()) }
for (const [name, w] of Object.entries(work)) await rateOf(w, { seconds: 2 })
for (const [name, w] of [["ticks", ticks]] as const) for (let k = 0; k < 2; k++) {
  const a = cpu(); const { rate, count } = await rateOf(w, { seconds: 3 }); const b = cpu()
  console.log(name, 'rate', rate.toFixed(0), 'server cpu ms each', ((b - a) / count).toFixed(2))
}
} finally { await ground.end() }
process.exit(0)
