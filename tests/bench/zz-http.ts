import { prepareGround } from './ground.ts'
import { rateOf } from './rate.ts'
import { httpTicks } from './ticking.ts'

const ground = await prepareGround()
try {
  const { url } = await ground.server()
  const work = await httpTicks(ground, url)
  await rateOf(work, { seconds: 2 })
  process.stderr.write(`${(await rateOf(work, { seconds: 6 })).rate}\n`)
} finally {
  await ground.end()
}
process.exit(0)
