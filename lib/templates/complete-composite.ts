/**
 * Where in the text of a composite its end stands: at one of a few words, in a name that is being thought up (`words` is empty), or in a
 * part, whose own text `body` is completed as a probe by itself would be.
 */
export type CompositePlace = { words: readonly string[]; isKind?: true } | { body: string }

const PART = /[\s,]part\s+(?:"[^"]*"|[^\s"]+)\s/g
const OF_WHOLE = ['part', 'timeout', 'shelf', 'allow', 'window'] as const

/** `body`: what stands behind `probe:`, up to the cursor. */
export function placeInComposite(body: string): CompositePlace {
  const part = [...body.matchAll(PART)].at(-1)
  if (part !== undefined) return placeInPart(body.slice(part.index + part[0].length), isWeighed(body))
  const said = body.replace(/^\s*composite\s+/, '')
  if (/^\S*$/.test(said)) return { words: ['need'] }
  if (/^need\s+\S*$/.test(said)) return { words: ['all', 'any', 'weight', '2'] }
  if (/^need\s+weight\s+\S*$/.test(said) || /[\s,]part\s+("[^"]*|\S*)$/.test(said)) return { words: [] }
  return { words: OF_WHOLE }
}

function isWeighed(body: string): boolean {
  return /^\s*composite\s+need\s+weight\s/.test(body)
}

function placeInPart(said: string, mayWeigh: boolean): CompositePlace {
  const [lead = '', weight, veto] = /^\s*(weight\s+\d*\s+)?(veto\s+)?/.exec(said) ?? []
  const body = said.slice(lead.length)
  if (/^weight\s+\d*$/.test(body)) return { words: [] }
  if (!/^\S*$/.test(body)) return { body }
  const words = [
    ...(mayWeigh && weight === undefined && veto === undefined ? ['weight'] : []),
    ...(veto === undefined ? ['veto'] : []),
  ]
  return { words, isKind: true }
}
