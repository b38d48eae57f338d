import { writeFileSync } from 'node:fs'
import { send } from '#tests/support/signed-http.ts'
import { prepareGround } from './ground.ts'
import { paths } from '#lib/shared/paths.ts'
import { quantile } from './rate.ts'
const ground = await prepareGround()
try {
const { url } = await ground.server()
const { team, service } = ground.scene
const p = paths.run({ team: team.slug, service, number: ground.runs[0]!.number })
const get = (path: string) => send(`${url}${path}`, { cookie: ground.people[0]!.cookie })
const r = await get(p); writeFileSync('/tmp/w1-board.html', r.text); writeFileSync('/tmp/w1-me.html', (await get(paths.me())).text)
for (let i = 0; i < 30; i++) { await get(p); await get(paths.me()) }
const t: [number[], number[]] = [[], []]
const n = Number(process.env.N ?? 60)
for (let i = 0; i < n; i++) { let s = performance.now(); await get(p); t[0].push(performance.now() - s); s = performance.now(); if (!process.env.ONLY) await get(paths.me()); t[1].push(performance.now() - s) }
console.log('board', quantile(t[0], .5).toFixed(1), 'p10', quantile(t[0], .1).toFixed(1), 'me', quantile(t[1], .5).toFixed(1), 'p10', quantile(t[1], .1).toFixed(1), 'ratio', (quantile(t[0], .5) / quantile(t[1], .5)).toFixed(2))
} finally { await ground.end() }
process.exit(0)
