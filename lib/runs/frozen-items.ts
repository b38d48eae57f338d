import { configHash, shelfSecondsOf } from '#lib/probes/config.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import type { BoardItem } from './board-snapshot.ts'
import { EMPTY_FOLD } from './fold.ts'

const FRESH = { version: 0, seq: 0, fold: EMPTY_FOLD } as const

/** The items and command steps that a run copies out of its template version, in document order. */
export function frozenItems({ model, newId }: { model: TemplateModel; newId: () => string }): BoardItem[] {
  const items = model.items.map((item): BoardItem => {
    const {
      key,
      ordinal,
      sectionKey,
      stage,
      text,
      detail,
      required,
      ownerRole,
      minGrade,
      needsNote,
      factKey,
      probe,
    } = item
    const shelfLifeSeconds = item.shelfLifeSeconds ?? (probe ? shelfSecondsOf(probe) : null)
    const probeHash = probe ? configHash(probe) : null
    const shown = {
      key,
      ordinal,
      sectionKey,
      stage,
      text,
      detail,
      required,
      ownerRole,
      minGrade,
      needsNote,
      factKey,
      probe,
    }
    return { ...FRESH, ...shown, id: newId(), kind: 'item', commands: null, shelfLifeSeconds, probeHash }
  })
  const steps = model.steps.map((step): BoardItem => {
    const { key, ordinal, sectionKey, stage, title, commands } = step
    const person = {
      ownerRole: null,
      minGrade: 'unproven',
      needsNote: false,
      factKey: null,
      probe: null,
    } as const
    const plain = { detail: null, shelfLifeSeconds: null, probeHash: null, required: true } as const
    return {
      ...FRESH,
      ...person,
      ...plain,
      id: newId(),
      kind: 'step',
      key,
      ordinal,
      sectionKey,
      stage,
      text: title,
      commands,
    }
  })
  return [...items, ...steps].sort((one, other) => one.ordinal - other.ordinal)
}
