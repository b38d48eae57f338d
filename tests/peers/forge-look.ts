import type { startForge } from './forge-api.ts'
import { TOKEN } from './forge-api.ts'
import { allow, look } from './servers.ts'

type Variables = Record<string, string>

/** One look at a stand-in: `head` in front of the token and the address, `rest` behind them. */
export async function lookAt(
  forge: Awaited<ReturnType<typeof startForge>>,
  head: string,
  rest: string,
  variables: Variables = {},
  secrets: Variables = { FORGE_TOKEN: TOKEN },
) {
  const seen = await look(`forge ${head} token $\{FORGE_TOKEN} url ${forge.url} ${rest}`, {
    variables: { RUN_COMMIT: '8f3c2d1', ...variables },
    secrets,
    allowList: allow(forge.host),
  })
  if (seen.observation.kind !== 'forge') throw new Error(seen.observation.kind)
  return { observation: seen.observation, ...seen.judgement }
}
export type ForgeLook = (
  rest: string,
  variables?: Variables,
  secrets?: Variables,
) => ReturnType<typeof lookAt>
