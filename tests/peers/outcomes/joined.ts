import { hostOf, type KindOutcomes, page, type Scene, type Setting, scene, stranger } from './scene.ts'

/** A composite of one page that answers 200 and a second part. */
async function joined(
  need: string,
  second: { url: string; expected: string; warn?: string },
): Promise<Setting> {
  const first = await page(200)
  const { url, expected } = second
  return {
    probe: `composite need ${need} part a http ${first}/ expect status == 200 part b http ${url}/ expect ${expected}`,
    allow: [hostOf(first), hostOf(url)],
  }
}
const all = (
  because: string,
  says: string,
  second: () => Promise<{ url: string; expected: string }>,
): Scene => scene(because, says, async () => joined('all', await second()))

export const composite: KindOutcomes = {
  pass: all('enough parts pass, and no veto is spoken', '2 of 2 parts pass', async () => ({
    url: await page(200),
    expected: 'status == 200',
  })),
  warn: all('it passes only with parts that warn', '2 of 2 parts pass', async () => ({
    url: await page(200),
    expected: 'status == 200, warn status == 204',
  })),
  fail: all('enough can no longer pass, or a veto is spoken', '“b”: status 503', async () => ({
    url: await page(503),
    expected: 'status == 200',
  })),
  inconclusive: all('undecided parts could change it', '1 undecided', async () => ({
    url: await page(200, {}, '{}'),
    expected: 'json db == "ok"',
  })),
  error: all('the same, and one of them is an error', 'the answer is not HTTP', async () => ({
    url: await stranger(),
    expected: 'status == 200',
  })),
}
