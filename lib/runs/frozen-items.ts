import { configHash, isLeftOut, shelfSecondsOf } from '#lib/probes/config.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import type { BoardItem } from './board-snapshot.ts'
import { EMPTY_FOLD } from './fold.ts'

/** Of a claim where a probe is there to show it; elsewhere claims do not age unless the item says so. */
const CLAIM_SHELF_SECONDS = 86_400
const FRESH = { version: 0, seq: 0, fold: EMPTY_FOLD } as const

/** The items and command steps that a run copies out of its template version, in document order. */
export function frozenItems({
  model,
  newId,
  isSet,
}: {
  model: TemplateModel
  newId: () => string
  /** Does the environment have a value for this variable? */
  isSet: (name: string) => boolean
}): BoardItem[] {
  const items = model.items.map((item): BoardItem => {
    const { probe } = item
    const hash = probe ? configHash(probe) : null
    const isLeft = probe !== null && isLeftOut(probe, isSet)
    const isShadow = probe?.shadow === true
    const isProbed = probe !== null && !isShadow && !isLeft
    const shelfLifeSeconds = item.shelfLifeSeconds ?? (isProbed ? shelfSecondsOf(probe) : null)
    const claimShelfSeconds = item.shelfLifeSeconds ?? (isProbed ? CLAIM_SHELF_SECONDS : null)
    // Without a hash a probe is only words: nothing starts it and nothing waits for it.
    const hashes = { probeHash: isProbed ? hash : null, shadowHash: isShadow && !isLeft ? hash : null }
    const told = item.notice ? { notice: item.notice } : {}
    const shown = {
      key: item.key,
      ordinal: item.ordinal,
      sectionKey: item.sectionKey,
      stage: item.stage,
      text: item.text,
      detail: item.detail,
      required: item.required,
      ownerRole: item.ownerRole,
      minGrade: item.minGrade,
      needsNote: item.needsNote,
      factKey: item.factKey,
      probe,
    }
    const keeps = { shelfLifeSeconds, claimShelfSeconds }
    return { ...FRESH, ...shown, ...hashes, ...keeps, ...told, id: newId(), kind: 'item', commands: null }
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
    const plain = { detail: null, shelfLifeSeconds: null, claimShelfSeconds: null, required: true } as const
    const hashes = { probeHash: null, shadowHash: null } as const
    return {
      ...FRESH,
      ...person,
      ...plain,
      ...hashes,
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
