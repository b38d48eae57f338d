import { OUTCOME_WORDS } from '#lib/shared/words.ts'
import { curlOf } from './curl.ts'
import type { JudgedLook } from './judged-looks.ts'
import type { Look, WindowObservation } from './observation.ts'
import { byHand, readable, type Shown, type ShownBlock, type ShownPart } from './shown-fact.ts'

/** Each look with what it came to, the last one whole as `shownOf` shows a look, and those before it whole behind their own line. */
export function ofWindow(
  { samples }: WindowObservation,
  looks: readonly JudgedLook[],
  shownOf: (look: Look) => Shown,
): Shown {
  const lines = samples.map(({ at, error, phases }, index) => ({
    term: `Look ${index + 1}`,
    text: `${readable(at)}, ${told(looks[index]) ?? error?.message ?? `${phases.total ?? '?'} ms`}`,
  }))
  const before = samples
    .slice(0, -1)
    .map((look, index) => lookPart(look, { judged: looks[index], number: index + 1, shownOf }))
  const last = samples.at(-1)
  const { facts, blocks, parts = [] } = last === undefined ? { facts: [], blocks: [] } : shownOf(last)
  return { facts: [...lines, ...facts], blocks, parts: [...before, ...parts] }
}

type Whole = { judged: JudgedLook | undefined; number: number; shownOf: (look: Look) => Shown }

function told(look: JudgedLook | undefined): string | null {
  return look === undefined ? null : `${OUTCOME_WORDS[look.outcome]}: ${look.line}`
}

function lookPart(look: Look, { judged, number, shownOf }: Whole): ShownPart {
  const { facts, blocks, parts = [] } = shownOf(look)
  const curl = curlOf(look)
  const name = `look ${number}`
  const ofIt = (block: ShownBlock) => ({ ...block, label: `${block.label}, ${name}` })
  return {
    title: `Look ${number} whole${judged === undefined ? '' : `, ${OUTCOME_WORDS[judged.outcome]}`}`,
    isFolded: true,
    conditions: judged?.conditions ?? [],
    facts: [...(look.error === null ? [] : [{ term: 'Error', text: look.error.message }]), ...facts],
    blocks: [...blocks, ...(curl === null ? [] : [byHand(curl)])].map(ofIt),
    parts: parts.map((part) => ({
      ...part,
      title: `${part.title}, ${name}`,
      blocks: part.blocks.map(ofIt),
    })),
  }
}
